import type { Messages } from './messages/en.ts';
import type { ErrorText, Shell } from './props.ts';

/** What the pages of one's own account are given: password, second step, sessions, tokens. */

/** One's own account: password and second step. */
export interface AccountProps {
  readonly shell: Shell;
  readonly least: number;
  readonly secondFactor: { readonly since: number; readonly recoveryLeft: number } | null;
  readonly notice: string | null;
  readonly error?: ErrorText | undefined;
}

/** A secret to be taken into an app. */
export interface SecondFactorProps {
  readonly shell: Shell;
  /** In groups of four letters. */
  readonly secret: string;
  /** The modules of a QR code, row by row. */
  readonly qr: readonly (readonly boolean[])[];
  readonly error?: ErrorText;
}

export interface RecoveryCodesProps {
  readonly shell: Shell;
  readonly codes: readonly string[];
}

/** A right that the person may hand on. */
export interface ScopeProps {
  /** As the API has it: `read:servers!user`. */
  readonly value: string;
  readonly sentence: string;
  /** What it is limited to, in words, or null. */
  readonly limit: string | null;
  readonly checked: boolean;
}

export interface ScopeGroupProps {
  readonly name: keyof Messages['tokens']['groups'];
  readonly scopes: readonly ScopeProps[];
}

/** How long a token works, in seconds; the empty word is for ever. */
export type TokenTerm = keyof Messages['tokens']['expiries'];

export interface TokenProps {
  /** `a7…`: how the API names it. */
  readonly id: string;
  readonly note: string;
  /** In a word, and its scopes one by one; those of a token that may do everything are left out. */
  readonly may: string;
  readonly scopes: readonly string[];
  readonly created: number;
  readonly lastActivity: number | null;
  readonly expires: number | null;
  /** Takes POST. */
  readonly revoke: string;
}

export interface TokensProps {
  readonly shell: Shell;
  /** Made by the person. */
  readonly own: readonly TokenProps[];
  /** Given to servers that the person opened. */
  readonly given: readonly TokenProps[];
  /** A fresh one: shown this once. */
  readonly issued: {
    readonly word: string;
    /** Address to try it at, whole. */
    readonly example: string;
  } | null;
  readonly notice: string | null;
  readonly error: string | null;
  /** What stood in the form, after an error. */
  readonly note: string;
  readonly expires: TokenTerm;
  /** Those that are allowed here. */
  readonly terms: readonly TokenTerm[];
  /** All that the person may hand on. */
  readonly scopes: readonly ScopeGroupProps[];
  readonly narrow: boolean;
  /** Takes POST. */
  readonly revokeAll: string;
}

export interface SessionProps {
  readonly id: string;
  /** In words: `Firefox on Linux`. */
  readonly browser: string;
  readonly address: string;
  readonly provider: string;
  readonly created: number;
  readonly lastSeen: number;
  /** The browser that looks at this page. */
  readonly current: boolean;
  /** Takes POST. */
  readonly end: string;
}

export interface SessionsProps {
  readonly shell: Shell;
  /** Whose, when an administrator looks; null: one's own. */
  readonly of: string | null;
  readonly sessions: readonly SessionProps[];
  /** Takes POST. */
  readonly endAll: string;
  readonly notice: string | null;
}
