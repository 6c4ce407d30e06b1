/** Somebody asks for an account and waits for an administrator. */
export interface SignUp {
  /** Normalised, good, and nobody's: the key. */
  readonly name: string;
  /** The password they chose, as scrypt left it. */
  readonly hash: string;
  readonly created: number;
  /** Where from: all that an administrator can compare with. */
  readonly address: string;
}

/** More do not wait at once: the page is open to everybody. */
export const SIGN_UPS_MAX = 500;

/** Who has not been let in by then asks again. */
export const SIGN_UP_MS = 30 * 24 * 3600_000;
