/** What a person has beside the password: an app that makes codes (RFC 6238), and codes for the day it is lost. */
export interface SecondFactor {
  /** The secret that hub and app share, sealed with the hub's key. */
  readonly sealed: string;
  /** The half minute of the last code that was taken: that one and older ones are not taken again. */
  readonly lastStep: number;
  /** SHA-256 of each recovery code that is left. */
  readonly recovery: readonly string[];
  readonly since: number;
}

/** One-time codes by the clock. */
export interface OneTimeCodes {
  /** Random, in base32, as apps read it. */
  newSecret(): string;
  /** The half minute whose code this is, a half minute earlier or later included; null: it is none of them. */
  stepOf(secret: string, code: string, now: number): number | null;
}

/** How many recovery codes there are at first. */
export const RECOVERY_CODES = 10;

/** What the sealed secret is bound to. Not to the name: accounts can be renamed. */
export function secondFactorBinding(since: number): string {
  return `second factor of ${since}`;
}

/** A code as typed: blanks and dashes go, letters become small. */
export function tidyCode(typed: string): string {
  return typed.slice(0, 100).replace(/[\s-]/g, '').toLowerCase();
}
