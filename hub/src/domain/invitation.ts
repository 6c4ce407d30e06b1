/** A one-time link with which somebody chooses a password, and the first one also a name. */
export interface Invitation {
  /** SHA-256 of the link's word: the key. */
  readonly hash: string;
  /** Whose password it sets; null: the first administrator, who chooses a name. */
  readonly user: string | null;
  readonly admin: boolean;
  readonly created: number;
  readonly expires: number;
}

/** An hour for the first administrator, who stands before the machine. */
export const SETUP_LINK_MS = 3600_000;

/** Three days for the others, who get theirs by mail. */
export const INVITATION_MS = 3 * 24 * 3600_000;
