import type { AuditEntry, AuditQuery } from '../../domain/audit.ts';
import type { Departure } from '../../domain/departure.ts';
import type { ProbeResult } from '../../domain/probe.ts';
import type { ServerState } from '../../domain/server.ts';
import type { Shell } from './props.ts';
import type { ServerLinks } from './server-props.ts';

/** What the pages of administrators are given. */

export type AdminFilter = 'all' | 'running' | 'admins' | 'failed';
export type AdminSort = 'name' | 'server' | 'activity';

/** The whole state of the list; it stands in the URL. */
export interface AdminQuery {
  readonly q: string;
  readonly show: AdminFilter;
  readonly sort: AdminSort;
  readonly order: 'asc' | 'desc';
  /** From 1. */
  readonly page: number;
}

export interface AdminServerProps {
  /** Empty for the default server. */
  readonly name: string;
  readonly label: string;
  readonly state: ServerState;
  readonly image: string | null;
  readonly links: ServerLinks;
  /** Where its limits are changed while it runs. */
  readonly limits: string;
  /** Where it is shared, and how many have it; absent for who may not share it. */
  readonly share?: { readonly page: string; readonly count: number };
}

export interface AdminRowProps {
  readonly name: string;
  readonly admin: boolean;
  readonly you: boolean;
  readonly lastActivity: number | null;
  /** The default server first. */
  readonly servers: readonly AdminServerProps[];
  readonly remove: string;
  /** Takes POST: makes their one-time link. Null: there are no local accounts. */
  readonly invite: string | null;
  /** Takes POST: takes their second step away. Null: they have none. */
  readonly dropSecondStep: string | null;
  /** Where they are signed in. */
  readonly sessions: string;
}

/** Somebody who asked for an account. */
export interface WaitingProps {
  readonly name: string;
  readonly created: number;
  readonly address: string;
  /** Both take POST. */
  readonly approve: string;
  readonly reject: string;
}

export interface AdminProps {
  readonly shell: Shell;
  readonly waiting: readonly WaitingProps[];
  readonly query: AdminQuery;
  readonly rows: readonly AdminRowProps[];
  readonly totals: { readonly people: number; readonly running: number; readonly matching: number };
  readonly pageSize: number;
  readonly notice: string | null;
  readonly error: string | null;
  /** What stood in the form, after an error. */
  readonly names: string;
}

export interface InvitationProps {
  readonly shell: Shell;
  readonly name: string;
  /** Whole, as it is to be sent on. */
  readonly link: string;
  readonly days: number;
}

export interface RemoveUserProps {
  readonly shell: Shell;
  readonly name: string;
  readonly running: number;
  readonly action: string;
  /** Names of their volumes, which are kept unless it is asked for. */
  readonly volumes: readonly string[];
}

export interface DepartedProps {
  readonly shell: Shell;
  readonly departures: readonly Departure[];
}

export interface AuditProps {
  readonly shell: Shell;
  readonly query: AuditQuery;
  /** The latest first. */
  readonly entries: readonly AuditEntry[];
  readonly limit: number;
}

export interface HealthProps {
  readonly shell: Shell;
  /** When it was looked at. */
  readonly at: number;
  readonly results: readonly ProbeResult[];
}
