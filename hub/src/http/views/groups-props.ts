import type { Shell } from './props.ts';

export interface GroupRowProps {
  readonly name: string;
  readonly members: number;
  readonly roles: readonly string[];
  readonly created: number;
  readonly href: string;
}

export interface GroupsProps {
  readonly shell: Shell;
  readonly groups: readonly GroupRowProps[];
  /** Takes POST; null: groups are not made here, or not by this person. */
  readonly make: string | null;
  /** Groups are the provider's. */
  readonly managed: boolean;
  readonly notice: string | null;
  readonly error: string | null;
  /** What stood in the form, after an error. */
  readonly name: string;
}

/** What came of one pasted name. */
export interface MemberResult {
  readonly name: string;
  readonly result: 'joined' | 'member' | 'unknown' | 'bad';
}

export interface GroupProps {
  readonly shell: Shell;
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly takeOut: string | null }[];
  /** Both take POST; null: this person may not. */
  readonly add: string | null;
  readonly remove: string | null;
  readonly managed: boolean;
  readonly results: readonly MemberResult[];
  readonly notice: string | null;
  readonly error: string | null;
  readonly names: string;
  readonly back: string;
}

export interface OpenInvitationProps {
  readonly id: string;
  /** Null: the first administrator. */
  readonly user: string | null;
  readonly created: number;
  readonly expires: number;
  readonly over: boolean;
  /** Takes POST. */
  readonly revoke: string;
}

export interface InvitationsProps {
  readonly shell: Shell;
  readonly invitations: readonly OpenInvitationProps[];
  readonly notice: string | null;
}

export interface ServicesProps {
  readonly shell: Shell;
  readonly services: readonly {
    readonly name: string;
    readonly admin: boolean;
    readonly url: string | null;
    readonly lastActivity: number | null;
    readonly roles: readonly string[];
  }[];
  readonly roles: readonly {
    readonly name: string;
    readonly description: string;
    readonly scopes: readonly { readonly name: string; readonly sentence: string }[];
    /** Names of people, groups and services. */
    readonly holders: readonly string[];
  }[];
}
