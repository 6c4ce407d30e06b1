/** How a look at one thing went; the worst of all is how the house is. */
const PROBE_LEVELS = ['ok', 'warn', 'fail'] as const;
export type ProbeLevel = (typeof PROBE_LEVELS)[number];

/** What a probe found, in one sentence, and what to do about it; empty when nothing is to be done. */
export interface Finding {
  readonly level: ProbeLevel;
  readonly says: string;
  readonly next: string;
}

/** One look at one thing. It may throw: that is a failure with the error's words. */
export interface Probe {
  readonly code: ProbeCode;
  /** Milliseconds after which nobody waits for it any longer. */
  readonly deadline: number;
  readonly look: (signal: AbortSignal) => Promise<Finding> | Finding;
}

export interface ProbeResult extends Finding {
  readonly code: ProbeCode;
  readonly title: string;
  readonly ms: number;
}

/** Everything the doctor looks at, in the order in which it is shown. */
export const PROBES = {
  'CONF-01': 'The configuration’s files are in force',
  'CONF-03': 'Nobody else may read the secrets',
  'CONF-04': 'The public address is told',
  'CONF-06': 'There is an administrator',
  'DOCK-01': 'The container engine answers',
  'DOCK-02': 'Its storage driver is made for this',
  'DOCK-03': 'The notebooks’ network is there',
  'DOCK-04': 'The images of all profiles are on this machine',
  'DOCK-05': 'A container can be started and writes to a volume',
  'DOCK-06': 'The kernel keeps containers to their limits',
  'DOCK-07': 'A notebook container finds the hub’s name',
  'DOCK-08': 'A notebook container reaches the hub’s API',
  'DOCK-09': 'All machines of the Swarm answer',
  'PROXY-01': 'The proxy’s control API takes the token',
  'PROXY-02': 'The proxy leads to every running server',
  'PROXY-03': 'A WebSocket comes through the public address',
  'PROXY-04': 'The hub sees scheme and address of the browser',
  'TLS-01': 'The certificate is valid',
  'AUTH-01': 'Providers’ names are found',
  'AUTH-02': 'Providers send people back to this hub',
  'AUTH-03': 'Somebody may come in',
  'AUTH-04': 'Nobody comes in without a password of their own',
  'AUTH-05': 'The userlist can be read',
  'STORE-01': 'The store reaches the disk',
  'STORE-02': 'The store’s size',
  'STORE-03': 'The data lies on a volume',
  'STORE-04': 'There is a recent backup',
  'HOST-01': 'There is room on the disk',
  'HOST-02': 'There is memory for what runs',
  'HOST-03': 'The clocks agree',
  'HOST-04': 'The time zone is known',
  'HOST-05': 'The kernel remembers enough neighbours',
} as const satisfies Record<string, string>;

export type ProbeCode = keyof typeof PROBES;

export const PROBE_CODES = Object.keys(PROBES) as readonly ProbeCode[];

export function fine(says: string): Finding {
  return { level: 'ok', says, next: '' };
}

export function warn(says: string, next: string): Finding {
  return { level: 'warn', says, next };
}

export function fail(says: string, next: string): Finding {
  return { level: 'fail', says, next };
}

/** The worst level of all; `ok` of none. */
export function worstOf(results: readonly { readonly level: ProbeLevel }[]): ProbeLevel {
  const worst = Math.max(0, ...results.map(({ level }) => PROBE_LEVELS.indexOf(level)));
  return PROBE_LEVELS[worst] ?? 'fail';
}
