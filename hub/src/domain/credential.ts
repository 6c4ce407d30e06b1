import type { SecondFactor } from './second-factor.ts';

/** A local password, as scrypt left it. */
export interface Credential {
  /** The user's name: the key. */
  readonly user: string;
  /** `scrypt$N$r$p$salt$key`, base64url. */
  readonly hash: string;
  readonly changed: number;
  /** Null: the password is enough. */
  readonly secondFactor: SecondFactor | null;
}

/** Fewest characters of a password, unless the settings say otherwise. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 1024;
