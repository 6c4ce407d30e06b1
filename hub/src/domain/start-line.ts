import type { Gpu } from './gpu-pool.ts';

/** How much there is. `Infinity` where nothing is limited. */
export interface LineLimits {
  /** JupyterHub's `concurrent_spawn_limit`. */
  readonly starts: number;
  /** JupyterHub's `active_server_limit`. */
  readonly servers: number;
  readonly gpus: readonly Gpu[];
  /** Memory in bytes and cores that guarantees may take together. Asked once somebody claims any. */
  readonly host: () => Promise<{ readonly memory: number; readonly cpus: number }>;
  /** Machines come and go: what is too much today waits, and is not refused. Absent: it is refused. */
  readonly elastic?: boolean;
}

/** What a start needs, and what is left for it. All starts need one place among those that start, and one server. */
export interface Amounts {
  /** Servers on their way up. */
  readonly starts: number;
  /** Servers that run or are on their way. */
  readonly servers: number;
  /** Bytes that are guaranteed. */
  readonly memory: number;
  /** Cores that are guaranteed. */
  readonly cpus: number;
  /** GPUs, or shares of them. */
  readonly gpus: number;
}

const KINDS = ['starts', 'servers', 'memory', 'cpus', 'gpus'] as const;
type Kind = (typeof KINDS)[number];

/** The kinds of room of which there is too little. */
export function lacking(need: Amounts, free: Amounts): readonly Kind[] {
  return KINDS.filter((kind) => need[kind] > 0 && need[kind] > free[kind]);
}

/**
 * Who of those in line may go in next, or null. First come, first served; somebody may overtake only one who
 * waits for a kind of room that the overtaker does not need at all. So a wait for a GPU holds up nobody else,
 * and whoever needs much memory is not passed for ever by those who need little.
 */
export function nextInLine(line: readonly Amounts[], free: Amounts): number | null {
  const awaited = new Set<Kind>();
  for (const [index, need] of line.entries()) {
    const lack = lacking(need, free);
    if (lack.length === 0 && !KINDS.some((kind) => need[kind] > 0 && awaited.has(kind))) return index;
    for (const kind of lack) awaited.add(kind);
    // Everybody needs these two.
    if (awaited.has('starts') || awaited.has('servers')) return null;
  }
  return null;
}

/** `1st`, `2nd`, `3rd`, `4th`, `11th`, `22nd`. */
export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')}`;
}
