/** Somebody who may not come in any more, and what of theirs is kept on this machine. */
export interface Departure {
  /** The name: the key. There may be no account of it any more. */
  readonly user: string;
  readonly at: number;
  readonly why: DepartureReason;
  /** Names of their volumes, as far as they ever had one. Nobody removes these but an administrator, by hand. */
  readonly volumes: readonly string[];
  /**
   * What opened the account: ids by provider, and `local` for a password. Nobody else gets the files with the name,
   * unless an administrator names the account anew. Absent: not known.
   */
  readonly owners?: Readonly<Record<string, string>> | undefined;
}

/** `lists`: nothing lets them in any more; `provider`: it refuses them; `removed`: an administrator did it. */
export type DepartureReason = 'lists' | 'provider' | 'removed';
