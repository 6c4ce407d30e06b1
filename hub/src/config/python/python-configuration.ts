import type { Known } from './value.ts';

/** A trait as the file leaves it. */
export interface Assigned {
  /** `DockerSpawner.image`. */
  readonly trait: string;
  /** The last line that had a say, from 1. */
  readonly line: number;
  readonly found: Known;
}

/** What could not be read, and why. Holds names only: what else stands in a file may be a secret. */
export interface LeftOut {
  readonly line: number;
  /** `c.Spawner.pre_spawn_hook`, `if`, `import`. */
  readonly what: string;
  /** Follows `what`: `is a function`. */
  readonly why: string;
}

export interface PythonConfiguration {
  readonly assigned: readonly Assigned[];
  readonly leftOut: readonly LeftOut[];
}
