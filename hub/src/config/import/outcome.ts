/** Something of a former configuration that now stands in `config.yaml`. */
export interface Carried {
  /** Line of the former file, from 1. */
  readonly line: number;
  /** As it was called there: `DockerSpawner.image`. */
  readonly name: string;
  /** Where it stands now: `singleuser.image`, `hub.config.Authenticator.admin_users`, or `.env`. */
  readonly to: string;
  readonly note?: string;
}

/** Something that does not stand in `config.yaml`, and why. Follows the name; never holds a value. */
export interface Left {
  readonly line: number;
  readonly name: string;
  readonly reason: string;
}

/** A value and the place that it goes to. */
export interface Placing {
  readonly line: number;
  readonly name: string;
  readonly path: readonly string[];
  readonly value: unknown;
  readonly note?: string;
}

/** What became of one trait: one line each. */
export type Step =
  | ({ readonly kind: 'placed' } & Placing)
  | ({ readonly kind: 'carried' } & Carried)
  | ({ readonly kind: 'meaningless' } & Left)
  | ({ readonly kind: 'left' } & Left);

export interface Imported {
  /** A `config.yaml` that the hub takes. */
  readonly yaml: string;
  readonly carried: readonly Carried[];
  /** Known, and without use on this hub. */
  readonly meaningless: readonly Left[];
  readonly notCarried: readonly Left[];
  /** What has to be said elsewhere (`.env`) before the hub starts with it. */
  readonly missing: readonly string[];
}
