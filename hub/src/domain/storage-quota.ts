/** What is done with a quota. */
export type QuotaAction = 'warn' | 'refuse' | 'hard';

export interface Quota {
  /** Bytes on a person's volume, or null. */
  readonly bytes: number | null;
  readonly action: QuotaAction;
}

/** How somebody's files stand against the quota. */
export interface QuotaStanding {
  readonly volume: string;
  /** Bytes; null: not measured yet. */
  readonly used: number | null;
  readonly quota: number;
  readonly over: boolean;
  /** Whether servers are refused while it is so. */
  readonly refuses: boolean;
}

/** Null where there is no quota or no volume yet. */
export function quotaStanding(
  { bytes, action }: Quota,
  volume: string | null,
  sizes: ReadonlyMap<string, number>,
): QuotaStanding | null {
  if (bytes === null || volume === null) return null;
  const used = sizes.get(volume) ?? null;
  const over = used !== null && used > bytes;
  // Where the engine keeps the limit there is nothing to refuse: it was full before it was over.
  return { volume, used, quota: bytes, over, refuses: over && action === 'refuse' };
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.5 GB`: in steps of 1024, as limits are written here. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
