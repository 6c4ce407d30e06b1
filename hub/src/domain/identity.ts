/** Who somebody is, in the words of whoever vouches for them. `null` always means: nothing is said of it. */
export interface Identity {
  /** Which way of signing in: `github`, `generic-oauth`, `pam`, `local`, `dummy`. */
  readonly provider: string;
  /** The provider's own unchanging id, or null where the name is all there is. */
  readonly id: string | null;
  /** The name there, not yet normalised. */
  readonly login: string;
  /** Names of the groups there, or null: the person's groups stay as they are. */
  readonly groups: readonly string[] | null;
  /** Whether the provider's own rules (`admin_groups`) make an administrator. */
  readonly admin: boolean | null;
  /** Whether the provider's own rules (an organisation, a group) let this person in. Only `true` adds to the lists. */
  readonly admitted: boolean | null;
  /** What is needed to ask again or to sign out over there. Secret: it is kept encrypted or not at all. */
  readonly authState: AuthState | null;
  /** The provider's name for this sign-in (OIDC's `sid`), by which it can end it from its side. */
  readonly providerSession: string | null;
}

/** Tokens and claims of one sign-in, as the provider gave them. JSON. */
export type AuthState = Readonly<Record<string, unknown>>;

/** What a door says that knows a name and nothing more. */
export function plainIdentity(provider: string, login: string, id: string | null): Identity {
  return {
    provider,
    id,
    login,
    groups: null,
    admin: null,
    admitted: null,
    authState: null,
    providerSession: null,
  };
}

/**
 * A provider that signs people in somewhere else and sends them back. `visitor` is the random word of this
 * browser's cookie: what was begun in one browser cannot be finished in another.
 */
export interface SignInProvider {
  readonly id: string;
  readonly label: string;
  /** Where to send the browser. The `state` begins with {@link id} and a dot: there is one callback for all. */
  begin(visitor: string, next: string): Promise<string>;
  /** @throws Problem AUTH-005 to AUTH-007, AUTH-020. Answers within ten seconds whatever the provider does. */
  finish(visitor: string, query: URLSearchParams): Promise<{ identity: Identity; next: string }>;
  /**
   * Asks again whether this person still may come in. Absent: the provider cannot be asked.
   *
   * @returns the identity of now; null: the provider refuses this person, who is treated as one that left
   * the lists; or `expired`: its own session or token has run out, so that they only have to sign in again.
   * @throws Problem AUTH-007 when it cannot be reached, which is no refusal.
   */
  refresh?(authState: AuthState): Promise<Identity | null | 'expired'>;
  /**
   * Where to send the browser so that the provider's own session ends, or null: there is no such place. It
   * comes back to the callback address with `state=signed-out`.
   *
   * @throws Problem AUTH-007 when the provider cannot be asked where that is.
   */
  signOutUrl?(authState: AuthState | null): Promise<string | null>;
  /**
   * Reads what the provider sends by itself when somebody signed out over there.
   *
   * @returns whose sign-ins end: of one person (as in {@link Identity.id}), of one session there, or both.
   * @throws Problem AUTH-021 when the word is not the provider's, AUTH-007 when its keys cannot be read.
   */
  readLogoutToken?(token: string): Promise<SignedOutThere>;
  /** Scheme and host of every page of the provider that a form of ours may lead on to, as far as known. */
  origins?(): readonly string[];
}

/** At least one of the two is told. */
export interface SignedOutThere {
  readonly id: string | null;
  readonly providerSession: string | null;
}

/** A name and a password (and a one-time code) that somebody else knows: PAM, a global password. */
export interface PasswordProvider {
  readonly id: string;
  readonly label: string;
  /** What to call the field of the one-time code (`otp_prompt`), or null: none is asked for. */
  readonly otpPrompt: string | null;
  /**
   * @returns null when name, password or code are wrong.
   * @throws Problem AUTH-007 when it cannot be asked. Answers within ten seconds.
   */
  check(attempt: {
    readonly name: string;
    readonly password: string;
    readonly otp: string;
    readonly address: string;
  }): Promise<Identity | null>;
}
