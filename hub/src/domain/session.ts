/** One signed-in browser. The cookie holds a random word; the store only its SHA-256. */
export interface Session {
  /** SHA-256 of the cookie's word, hex: the key. */
  readonly idHash: string;
  readonly user: string;
  /** Value of `jupyterhub-session-id`: what notebooks bind their tokens to. Not a secret of the hub's. */
  readonly sharedId: string;
  /** Which door: `local`, `github`. */
  readonly provider: string;
  readonly created: number;
  readonly lastSeen: number;
  /** Where from, for the list of sessions. */
  readonly address: string;
  readonly userAgent: string;
  /** What the provider gave at sign-in, sealed with the hub's key; null: nothing, or no key to seal it with. */
  readonly authState: string | null;
  /** The provider's name for this sign-in (OIDC's `sid`), by which it can end it from its side. */
  readonly providerSession: string | null;
  /** When the provider was last asked whether this person still may come in. Absent: not since {@link created}. */
  readonly refreshed?: number | undefined;
}

/** JupyterHub's `cookie_max_age_days`: a session ends after a fortnight whatever happens. */
export const SESSION_MAX_AGE_MS = 14 * 24 * 3600 * 1000;

/** A machine's clock that is put right goes back by minutes or hours; by more than this, no date of a session is believed. */
const FUTURE_MS = 24 * 3600 * 1000;

export function isSessionAlive(session: Session, now: number): boolean {
  // Who signed in before the clock was put back stays in, for a day longer at most; one from a far future would never end.
  return now - session.created < SESSION_MAX_AGE_MS && session.created <= now + FUTURE_MS;
}
