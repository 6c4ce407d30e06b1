/** Pictures of README and manual that `npm run pictures` makes of the views of `npm run look`; a fixed list keeps the repository small. */
export const VIEW_PICTURES = [
  ['login-several', 'light', 1280],
  ['home-running', 'light', 1280],
  ['home-running', 'dark', 375],
  ['home-failed', 'light', 1280],
  ['spawn', 'light', 1280],
  ['tokens', 'light', 1280],
  ['admin', 'light', 1280],
  ['servers', 'light', 1280],
  ['servers', 'dark', 375],
  ['usage-machine', 'dark', 1280],
  ['stop-servers', 'light', 1280],
] as const;

/** On a telephone a long page's point is not on its first screen: pictures that begin at an element. */
export const BEGINS_AT: Readonly<Record<string, string>> = {
  'pages/servers-dark-375.png': '.servers-table tbody tr',
};

/** Pictures of the tutorials that `MANUAL_PICTURES=docs npm run manual` takes while it follows them. */
export const TUTORIAL_PICTURES = ['setup', 'home', 'starting', 'lab', 'people', 'choice'] as const;

/** Plots, by the program that draws them from what it has measured. */
export const PLOTS: Readonly<Record<string, readonly string[]>> = {
  'test/load/write-performance.ts': ['starts', 'processor', 'memory', 'files', 'loop'].map(
    (name) => `performance/${name}.svg`,
  ),
  'test/faults/write-table.ts': ['faults/away.svg'],
  'test/load/write-long-run.ts': ['memory', 'descriptors', 'store'].map((name) => `long-run/${name}.svg`),
};

export function pictureName([view, scheme, width]: (typeof VIEW_PICTURES)[number]): string {
  return `pages/${view}-${scheme}-${width}.png`;
}
