/** A person (or a script that acts as one) who may have servers. */
export interface User {
  /** Normalised name, the key; see {@link normalizeUsername}. */
  readonly name: string;
  readonly admin: boolean;
  readonly groups: readonly string[];
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly lastActivity: number | null;
  /**
   * Who this is at each provider, e.g. `{ github: '583231' }`. Bound at the first sign-in: a name that the
   * provider later gives to somebody else does not inherit the account.
   */
  readonly identities: Readonly<Record<string, string>>;
  /** Made by a one-time link or by an administrator: may sign in whatever the userlist says. */
  readonly invited: boolean;
  /**
   * Whom each provider's own rule (an organisation) let in, and when it last said so. Absent: none did.
   * Taken back by the provider's next word, or a fortnight after its last.
   */
  readonly vouched?: Readonly<Record<string, number>> | undefined;
}

/** An account as it is before anything is said of it. */
export function newUser(name: string, created: number): User {
  return { name, admin: false, groups: [], created, lastActivity: null, identities: {}, invited: false };
}

/** Longest name accepted; longer ones would not fit into container names and log lines. */
export const USERNAME_MAX = 64;

// ASCII only on purpose: Kelvin signs, full-width and Cyrillic look-alikes must not become somebody's twin.
const USERNAME = /^[a-z0-9](?:[a-z0-9._@-]*[a-z0-9])?$/;

/** JupyterHub's normalisation: outer spaces go, letters become small. Does not make a bad name good. */
export function normalizeUsername(raw: string): string {
  return raw.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether a normalised name may be a user's: whole match, no `..`, ASCII, at most {@link USERNAME_MAX}. */
export function isUsername(name: string): boolean {
  return name.length <= USERNAME_MAX && USERNAME.test(name) && !name.includes('..');
}

/** Python's `quote(name, safe="@~")`: how JupyterHub writes a name into a URL path. */
export function usernameInUrl(name: string): string {
  return encodeURIComponent(name).replaceAll('%40', '@');
}
