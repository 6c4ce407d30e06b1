import type { ErrorText, Shell } from './props.ts';

/** What the pages of signing in, signing up and signing out are given. */

export interface LoginProps {
  readonly shell: Shell;
  /** Already safe; goes along in the form and to the providers. */
  readonly next: string | null;
  readonly username: string;
  readonly error?: ErrorText;
  readonly methods: {
    readonly passwords: boolean;
    /** What stands over the field for a one-time code, or null. */
    readonly otpPrompt: string | null;
    readonly signUp: boolean;
    readonly providers: readonly { readonly id: string; readonly label: string; readonly href: string }[];
  };
  /** The page came over plain HTTP from another machine. */
  readonly insecure: boolean;
}

/** The code that some accounts ask for after the password. */
export interface SecondStepProps {
  readonly shell: Shell;
  /** The word that stands for the first step. */
  readonly step: string;
  readonly next: string | null;
  readonly error?: ErrorText;
}

export interface SignUpProps {
  readonly shell: Shell;
  readonly name: string;
  /** Fewest characters of a password. */
  readonly least: number;
  /** No administrator is asked. */
  readonly open: boolean;
  readonly error?: ErrorText;
}

export interface SetupProps {
  readonly shell: Shell;
  /** Where the form goes: the one-time link itself. */
  readonly action: string;
  /** Whose password it sets; null: the first administrator, who chooses a name. */
  readonly person: string | null;
  readonly name: string;
  /** Fewest characters of a password. */
  readonly least: number;
  readonly error?: ErrorText;
}

export interface SignedOutProps {
  readonly shell: Shell;
  /** The provider's own sign-out, to which the page leads on; null: done. */
  readonly goOn: { readonly label: string; readonly href: string } | null;
  /** The provider where this browser may still be signed in, or null. */
  readonly still: string | null;
}

/** An OAuth client (a server) asks for the rights of somebody who is not its owner. */
export interface AccessProps {
  readonly shell: Shell;
  readonly label: string;
  readonly client: string;
  readonly owner: string;
  /** The authorize URL itself, query included: takes POST with `scopes` fields. */
  readonly action: string;
  readonly scopes: readonly { readonly name: string; readonly sentence: string }[];
}
