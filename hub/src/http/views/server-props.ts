import type { Moved, ServerState, StopReason } from '../../domain/server.ts';
import type { QuotaStanding } from '../../domain/storage-quota.ts';
import type { MachineNote } from '../../usecases/machine-desk.ts';
import type { IdleProps } from './idle-props.ts';
import type { Messages } from './messages/en.ts';
import type { Shell } from './props.ts';
import type { SharedServerProps } from './share-props.ts';
import type { UsageNowProps } from './usage-props.ts';

/** What the pages about a server and its life are given. */

export interface ServerLinks {
  /** The notebook itself. */
  readonly open: string;
  /** Takes POST to start; GET leads to where the server is. */
  readonly start: string;
  /** Take POST. */
  readonly stop: string;
  readonly keep: string;
  /** Takes `?port=` and leads to the program there. */
  readonly port: string;
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
  readonly idle: IdleProps;
  readonly stopReason: StopReason | null;
  readonly failure: FailureProps | null;
  /** Whether there is something to choose before it starts. */
  readonly choose: boolean;
  readonly links: ServerLinks;
  readonly usage: UsageNowProps;
  /** Name of the machine that it runs on, where there are many. */
  readonly machine?: string | null;
  /** That machine closes soon. */
  readonly closing?: MachineNote | null;
  /** The hub moved it here by itself. */
  readonly moved?: Moved | null;
  /** Its page of charts. */
  readonly usagePage: string;
  /** Where it is shared, and how many have it; absent for who may not share it. */
  readonly share?: { readonly page: string; readonly count: number };
}

export interface HomeProps {
  readonly shell: Shell;
  readonly servers: readonly ServerCardProps[];
  /** Servers of others that they may open; absent: none. */
  readonly shared?: readonly SharedServerProps[];
  /** What was done just now. */
  readonly notice?: string | null;
  /** The event stream of what they use; null while nothing runs. */
  readonly live: string | null;
  /** How their files stand against the quota. */
  readonly standing: QuotaStanding | null;
  /** Whether saved environments are anything to them. */
  readonly environments: boolean;
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
  /** What it says meanwhile: its last lines, as text. */
  readonly log: readonly string[];
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
  /** Whose it is, for a visitor, who cannot start it. */
  readonly askOwner?: string;
  /** Whether there is something to choose before it starts. */
  readonly choose: boolean;
  /** Already safe: where to go once it runs. */
  readonly next: string | null;
  readonly stopReason: StopReason | null;
  readonly failure: FailureProps | null;
}
