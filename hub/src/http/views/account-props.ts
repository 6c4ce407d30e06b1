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

export interface TokenProps {
  /** `a7…`: how the API names it. */
  readonly id: string;
  readonly note: string;
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
  readonly issued: { readonly word: string; readonly note: string } | null;
  readonly notice: string | null;
  readonly error: string | null;
  /** What stood in the form, after an error. */
  readonly note: string;
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
