/** When a server is not left alone any more: seconds; null is never. */
export interface CullPolicy {
  /** Without activity until it is stopped. */
  readonly timeout: number | null;
  /** Without a person's doing until it is put to sleep. */
  readonly freezeTimeout: number | null;
  /** From its start until it is stopped, whatever it does. */
  readonly maxAge: number | null;
}

/** Another policy for members of a group. */
export interface GroupPolicy {
  readonly group: string;
  readonly policy: Partial<CullPolicy>;
}

export interface CullSettings extends CullPolicy {
  /** False: nothing is stopped, whatever the policies say. */
  readonly enabled: boolean;
  /** Whose doing keeps a server from being stopped: any request's, or a person's only. */
  readonly activity: 'any' | 'person';
  /** Seconds between looks. */
  readonly every: number;
  /** How many servers are asked, and stopped, at once. */
  readonly concurrency: number;
  /** Cores: a container that has used more than this since the last look is at work. */
  readonly busyCores: number;
  /** Seconds before a stop at which its owner is told. */
  readonly warning: number;
  /** Seconds for which an owner may keep a server, each time. */
  readonly keep: number;
  /** The first one that the owner belongs to counts. */
  readonly groups: readonly GroupPolicy[];
  /** Whether accounts go too, once nothing of theirs runs; those of administrators only with `adminUsers`. */
  readonly users: boolean;
  readonly adminUsers: boolean;
  /** Whether a named server is forgotten once it is stopped for idleness. */
  readonly removeNamedServers: boolean;
}
