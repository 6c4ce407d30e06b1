/**
 * What the views are given: small, plain values. Pages fill them; nothing here knows a request.
 * Times are milliseconds since the epoch. Links are paths that are ready to use.
 */
import type { AuditEntry, AuditQuery } from '../../domain/audit.ts';
import type { Departure } from '../../domain/departure.ts';
import type { ServerState, StopReason } from '../../domain/server.ts';
import type { Messages } from './messages/en.ts';

export type Theme = 'system' | 'light' | 'dark';

/** Around every page. */
export interface Shell {
  readonly t: Messages;
  /** `/` or `/jhub/`. */
  readonly baseUrl: string;
  /** Asset's plain name → its address with the content hash. */
  readonly assets: Readonly<Record<string, string>>;
  readonly person: { readonly name: string; readonly admin: boolean } | null;
  /** Goes into the hidden field `_xsrf` of every form. */
  readonly xsrf: string;
  readonly theme: Theme;
  /** Path and query of this page: what the appearance form returns to. */
  readonly here: string;
  readonly now: number;
  /** One password, or none, opens every account here. */
  readonly unsafe: boolean;
  /** Whether the person has a password here that they can change. */
  readonly account: boolean;
}

export interface ErrorText {
  readonly title: string;
  readonly user: string;
}

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

export interface ServerLinks {
  /** The notebook itself. */
  readonly open: string;
  /** Takes POST to start; GET leads to where the server is. */
  readonly start: string;
  /** Takes POST. */
  readonly stop: string;
  readonly progress: string;
  /** The event stream of a start or stop. */
  readonly stream: string;
}

/** A failed start, in words for the one who looks. */
export interface FailureProps {
  readonly at: number;
  readonly code: string;
  readonly title: string;
  readonly user: string;
  /** Null for people who are no administrators. */
  readonly admin: {
    readonly sentence: string;
    readonly detail: string;
    readonly exitCode: number | null;
    readonly outOfMemory: boolean;
  } | null;
  readonly log: readonly string[];
}

export interface ServerCardProps {
  readonly label: string;
  readonly state: ServerState;
  readonly image: string | null;
  readonly started: number | null;
  readonly lastActivity: number | null;
  /** When the culler would stop it if nothing happens any more; null when it would not. */
  readonly stopsAt: number | null;
  readonly stopReason: StopReason | null;
  readonly failure: FailureProps | null;
  /** Whether there is something to choose before it starts. */
  readonly choose: boolean;
  readonly links: ServerLinks;
}

export interface HomeProps {
  readonly shell: Shell;
  readonly servers: readonly ServerCardProps[];
}

export type StepName = 'queued' | 'pulling' | 'creating' | 'starting' | 'waiting';

export interface StepProps {
  readonly name: StepName;
  readonly status: 'done' | 'now' | 'todo';
  readonly began: number | null;
  readonly ended: number | null;
}

/** The part of the progress page that changes: sent whole with every event. */
export interface ProgressLiveProps {
  readonly t: Messages;
  readonly now: number;
  readonly steps: readonly StepProps[];
  readonly percent: number;
  readonly message: string;
  readonly since: number;
  /** Where to go, once it is ready. */
  readonly ready: string | null;
}

export interface ProgressProps {
  readonly shell: Shell;
  readonly label: string;
  readonly live: ProgressLiveProps;
  /** The event stream that feeds it. */
  readonly stream: string;
  /** Takes POST: the stop of this very server. */
  readonly cancel: string;
}

export interface StoppingProps {
  readonly shell: Shell;
  readonly label: string;
  readonly stream: string;
}

export interface NotRunningProps {
  readonly shell: Shell;
  readonly label: string;
  /** Takes POST; a form that asks is there on GET. */
  readonly start: string;
  /** Whether there is something to choose before it starts. */
  readonly choose: boolean;
  /** Already safe: where to go once it runs. */
  readonly next: string | null;
  readonly stopReason: StopReason | null;
  readonly failure: FailureProps | null;
}

export interface ErrorProps {
  readonly shell: Shell;
  readonly status: number;
  readonly title: string;
  readonly user: string;
  /** Null for people who are no administrators. */
  readonly admin: string | null;
  /** The request's id, which the log knows; null when a page of the proxy's stands for many requests. */
  readonly number: string | null;
  /** Whether the way on leads home, or to the sign-in page. */
  readonly home: boolean;
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
