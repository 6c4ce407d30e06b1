/** A value that somebody wrote down, and where. */
export interface Given {
  readonly value: unknown;
  /** As it is called there: `MEM_LIMIT`, `singleuser.memory.limit`, `--Spawner.mem_limit`. */
  readonly name: string;
  /** `config.yaml:12`; null where the name says it all. */
  readonly place: string | null;
  /** The place of a part of the value, for faults inside lists and mappings. */
  readonly placeOf?: (path: readonly PropertyKey[]) => string;
}

/** Something wrong in the configuration. It never holds the value, which may be a secret. */
export interface Fault {
  readonly name: string;
  readonly place: string | null;
  /** Follows the name: `should be a number from 1 to 3600`. */
  readonly reason: string;
}

/** What one source gives to settings, by setting; and what is wrong or without effect in it. */
export interface Layer {
  readonly given: ReadonlyMap<string, Given>;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** One line: `config.yaml:12: cull.timeout should be a number from 1 to 31536000`. */
export function tellFault({ name, place, reason }: Fault): string {
  return [...(place === null ? [] : [`${place}:`]), name, reason].filter((part) => part !== '').join(' ');
}
