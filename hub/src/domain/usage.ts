/** What servers and the machine use, in bytes and cores. Times are milliseconds since the epoch. */

export const USAGE_SPANS = ['1h', '24h'] as const;
export type UsageSpan = (typeof USAGE_SPANS)[number];

/** What a server uses now. `cores` is null until there are two readings to compare. */
export interface UsageNow {
  readonly at: number;
  readonly cores: number | null;
  readonly memory: number;
}

/** Of a stretch of time that ends at `at`; null where nothing was measured. */
export interface UsagePoint {
  readonly at: number;
  readonly cores: number | null;
  readonly memory: number | null;
}

/** The machine itself, whoever uses it. */
export interface MachineLoad {
  readonly memory: { readonly total: number; readonly used: number };
  /** `used` is null at the first look: it is told of the time since the one before. */
  readonly cores: { readonly total: number; readonly used: number | null };
}

/** One thing that there is so much of: what the servers may take, what is kept for them, what they take. */
export interface Shares {
  readonly total: number;
  /** In use by anybody on the machine; null when that is not known. */
  readonly used: number | null;
  /** In use by servers. */
  readonly servers: number;
  /** The sum of the servers' limits. */
  readonly committed: number;
  /** Servers without a limit, which the sum leaves out. */
  readonly unlimited: number;
  readonly guaranteed: number;
}

export interface MachineUsage {
  readonly at: number;
  readonly memory: Shares;
  readonly cores: Shares;
  readonly gpus: { readonly total: number; readonly leased: number };
  readonly running: number;
}

export interface MachinePoint {
  readonly at: number;
  /** Null where nothing was measured. */
  readonly usage: {
    readonly memoryUsed: number;
    readonly memoryServers: number;
    readonly memoryCommitted: number;
    readonly memoryGuaranteed: number;
    readonly coresUsed: number;
    readonly coresServers: number;
    readonly gpusLeased: number;
    readonly running: number;
  } | null;
}

/** What was measured, for whoever shows it. Reading never waits and never asks anybody. */
export interface Usage {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** By `serverKey`; null when it does not run, or was not looked at yet. */
  of(server: string): UsageNow | null;
  /** The oldest first, one for each stretch; empty when nothing is known. */
  series(server: string, span: UsageSpan): readonly UsagePoint[];
  machine(): MachineUsage | null;
  machineSeries(span: UsageSpan): readonly MachinePoint[];
  /** Calls back after each look. Returns the way to stop listening. */
  listen(listener: () => void): () => void;
}
