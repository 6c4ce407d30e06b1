import type { FaultsRun } from './play-all.ts';
import type { FaultRow } from './play-fault.ts';
import { DOORS } from './witness.ts';

/** Ended at the page on which people sign in. */
const SIGN_IN = /^200 at \/hub\/(?:login|oauth_login)/;

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, times]) => `${what} ×${times}`)
    .join(', ');

/** A row in lines for a terminal. */
export function sayRow(row: FaultRow): string {
  const doors = DOORS.map((door) => {
    const { away, codes, words } = row.doors[door];
    return `  ${door}: ${list(codes)}${away > 0 ? `, away ${away.toFixed(1)} s: ${words.join(' | ')}` : ''}`;
  });
  return [
    `${row.complaints.length === 0 ? 'ok' : 'FAILED'}  ${row.names.join(' + ')} (${row.lasted.toFixed(0)} s; healed after ${row.healed.toFixed(1)} s; ${row.kept} kept)`,
    ...doors,
    `  newcomer: ${row.newcomer.outcome} ${row.newcomer.words}`,
    `  script: ${list(row.script)} ${row.scriptWords.join(' | ')}`,
    `  class: ${row.done} acts done; failed: ${list(row.failed) || 'none'}; WebSockets cut: ${row.cut}`,
    ...row.complaints.map((complaint) => `  ! ${complaint}`),
  ].join('\n');
}

/** The page of the manual, from a run and from nothing else. */
export function writeTable({ date, cores, people, engine, rows }: FaultsRun): string {
  const singles = rows.filter(({ names }) => names.length === 1);
  const pairs = rows.filter(({ names }) => names.length > 1);
  const bad = rows.flatMap((row) =>
    row.complaints.map((complaint) => `- ${row.names.join(' and ')}: ${cell(complaint)}`),
  );
  return `# What breaks, and what people notice

Written by \`npm run faults\` on ${date}: the whole appliance behind nginx with TLS, on an engine of its own (Docker ${engine}, ${cores}
cores), while ${people} people run cells and save files, a script makes accounts and tokens, one looks at the pages all the
time, and somebody new signs in and starts a server in the middle of it. Each fault is done to the running programs of the
appliance. People's servers are the small stand-in that [how fast it is](performance.md) tells of, the identity provider is a test's,
and the class signs in by the dummy authenticator. Afterwards every file, account and token that was acknowledged is looked for.

“Healed” counts from the mending until everybody works again; “nothing of 71”: 71 were looked for, and none was missing.

![What each fault takes away, and for how long](../pictures/faults/away.svg)

${head(['fault', 'sign-in and home page', 'open notebooks', 'who starts meanwhile', 'healed', 'lost'])}
${singles.map(line).join('\n')}

How it was done, and who mended it:

${head(['fault', 'done', 'lasted', 'mended'])}
${singles.map((row) => `| ${[row.names.join(), row.what, `${row.lasted.toFixed(0)} s`, row.mended].map(cell).join(' | ')} |`).join('\n')}
${pairs.length === 0 ? '' : `\n## Two at once\n\n${head(['faults', 'lasted', 'healed', 'lost'])}\n${pairs.map(pairLine).join('\n')}\n`}
## What this does not show

- The clock is set for hub, proxy and notebook servers, by a library between them and the kernel (libfaketime), and only the
  time of day. The engine and nginx keep the true time, which on one machine would be set with the rest: this is the harder
  case. What a provider's clock does that is ahead or behind is tested with sign-ins.
- “As ever” says that every answer was the right one, not that it came at once: where packets are dropped, a page waits until
  the network is whole again, and pages over connections that are open already do not need names.
- A disk that answers wrongly, and memory that fails, are not played; the store that is damaged stands for both.
${bad.length === 0 ? '' : `\n## Not as it should be\n\n${bad.join('\n')}\n`}`;
}

function line(row: FaultRow): string {
  const pages = [row.doors['sign-in page'], row.doors['home page']];
  const away = Math.max(...pages.map((door) => door.away));
  const words = pages.flatMap((door) => door.words)[0];
  const seen = pages.some((door) => Object.keys(door.codes).some((code) => code !== '200'))
    ? `away for ${howLong(away)}${words === undefined ? '' : `: “${short(words)}”`}`
    : 'as ever';
  return `| ${[row.names.join(), seen, notebooks(row), newcomer(row), `after ${row.healed.toFixed(0)} s`, loss(row)].map(cell).join(' | ')} |`;
}

function notebooks(row: FaultRow): string {
  const saves = Object.entries(row.failed).filter(([what]) => what.startsWith('save'));
  const refused = saves.reduce((sum, [, times]) => sum + times, 0);
  const told = refused === 0 ? '' : `; ${refused} saves refused`;
  if (row.cut > 0)
    return `WebSockets of ${row.cut} closed, pages away for ${howLong(row.doors.notebook.away)}${told}`;
  if (Object.keys(row.doors.notebook.codes).some((code) => SIGN_IN.test(code)))
    return `open pages go on, no WebSocket closed; who loads one signs in again${told}`;
  if (row.doors.notebook.away > 0)
    return `the one that it was done to is away: “${short(row.doors.notebook.words[0] ?? '')}”`;
  return `go on; no WebSocket closed${told}`;
}

const newcomer = ({ newcomer: { outcome, words } }: FaultRow): string =>
  outcome === 'started' ? 'is served' : `${outcome}${words === '' ? '' : `: “${short(words)}”`}`;

const loss = (row: FaultRow): string =>
  row.complaints.some((complaint) => /file|account|token/.test(complaint))
    ? '**see below**'
    : `nothing of ${row.kept}`;

const pairLine = (row: FaultRow): string =>
  `| ${[row.names.join(' and '), `${row.lasted.toFixed(0)} s`, `after ${row.healed.toFixed(0)} s`, loss(row)].map(cell).join(' | ')} |`;

/** From the first look that saw it to the last. */
const howLong = (seconds: number): string => (seconds < 1 ? 'a moment' : `${seconds.toFixed(0)} s`);
const head = (cells: readonly string[]): string =>
  `| ${cells.join(' | ')} |\n|${' --- |'.repeat(cells.length)}`;
const short = (words: string): string => (words.length > 110 ? `${words.slice(0, 107)}…` : words);
const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
