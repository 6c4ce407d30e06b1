import type { Shell } from './props.ts';

/** With whom it is shared, one line of the list. */
export interface ShareRowProps {
  /** What goes into the form that takes it back. */
  readonly key: string;
  readonly kind: 'user' | 'group' | 'everyone';
  readonly name: string;
  /** Members of a group now. */
  readonly members: number;
  readonly since: number;
  readonly until: number | null;
  /** Null when its owner gave it. */
  readonly by: string | null;
  /** Scopes beyond entry; empty for what the page gives. */
  readonly more: string;
}

export interface ShareLinkProps {
  readonly id: string;
  readonly made: number;
  readonly until: number;
  readonly uses: number;
}

/** Whether a notebook server is shared, in which others run code, or an application that they only use. */
export type SharedKind = 'notebook' | 'web';

export type ShareTerm = '3600' | '86400' | '604800' | '2592000' | 'never' | 'date';

export interface ShareProps {
  readonly shell: Shell;
  readonly label: string;
  readonly kind: SharedKind;
  readonly rows: readonly ShareRowProps[];
  readonly links: readonly ShareLinkProps[];
  /** Names of groups that may be chosen. */
  readonly groups: readonly string[];
  /** Take POST. */
  readonly actions: {
    readonly give: string;
    readonly revoke: string;
    readonly link: string;
    readonly unlink: string;
  };
  /** The link that was made just now: shown this once. */
  readonly fresh: string | null;
  readonly form: {
    readonly names: string;
    readonly group: string;
    readonly everyone: boolean;
    readonly ends: ShareTerm;
    readonly date: string;
  };
  /** The first day that may be chosen, `2026-11-21`. */
  readonly today: string;
  readonly notice: string | null;
  readonly error: string | null;
}

export interface AcceptShareProps {
  readonly shell: Shell;
  readonly owner: string;
  readonly label: string;
  readonly kind: SharedKind;
  readonly running: boolean;
  readonly until: number | null;
  readonly action: string;
  readonly code: string;
}

/** A server of somebody else's, on the home page of whom it is shared with. */
export interface SharedServerProps {
  readonly label: string;
  readonly owner: string;
  readonly running: boolean;
  readonly until: number | null;
  readonly open: string;
  /** Takes POST; null when it came through a group or with everyone. */
  readonly leave: string | null;
}
