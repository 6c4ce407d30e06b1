import type { LeftMachine, Moved, ServerState, UserOptions } from './server.ts';

/** A step of a start, as the progress page and the progress stream show it. */
export interface SpawnStep {
  readonly at: number;
  /** When this state began; a download tells of many steps within one state. */
  readonly since?: number;
  readonly state: ServerState;
  /** 0 to 100, never falling within one start. */
  readonly percent: number;
  /** One sentence in plain text. */
  readonly message: string;
  /** Of the catalogue, when the start failed or was cancelled (`SPAWN-160`). */
  readonly code?: string;
  /** The last lines of the container's output, secrets removed, while it is waited for. */
  readonly log?: readonly string[];
}

/** Things that happened. They feed the progress stream, the log, the audit trail and the metrics. */
export type Fact =
  | { readonly kind: 'server-step'; readonly user: string; readonly server: string; readonly step: SpawnStep }
  | {
      readonly kind: 'server-moved';
      readonly user: string;
      readonly server: string;
      readonly state: ServerState;
    }
  | {
      /** A server was stopped because its machine went away or was emptied. */
      readonly kind: 'left-machine';
      readonly user: string;
      readonly server: string;
      readonly options: UserOptions;
      readonly why: LeftMachine;
      /** Name of the machine. */
      readonly from: string;
      /** When it had lost one before. */
      readonly before: Moved | null;
    }
  | { readonly kind: 'signed-in'; readonly user: string; readonly provider: string; readonly address: string }
  | {
      readonly kind: 'sign-in-refused';
      readonly name: string;
      readonly provider: string;
      readonly address: string;
      readonly code: string;
    }
  | {
      readonly kind: 'second-step';
      readonly user: string;
      readonly what: 'set-up' | 'removed' | 'recovery-code-used';
      /** Who did it: the person, or an administrator. */
      readonly by: string;
    }
  | {
      readonly kind: 'signed-up';
      readonly name: string;
      /** Asked, let in by itself, or what an administrator said. */
      readonly what: 'asked' | 'came-in' | 'approved' | 'rejected';
      /** Address of whoever asked, or the administrator's name. */
      readonly by: string;
    }
  | {
      readonly kind: 'signed-out';
      readonly user: string;
      readonly by: 'user' | 'admin' | 'removed' | 'password' | 'provider';
    }
  | {
      /** Somebody changed something that is not, or not only, theirs: an administrator, a service. */
      readonly kind: 'acted';
      readonly by: string;
      /** On whom; the empty string: on nobody in particular. */
      readonly on: string;
      /** The call as the table of endpoints or pages has it, with names and no other values. */
      readonly call: string;
      readonly address: string;
    }
  | {
      readonly kind: 'userlist-changed';
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: 'userlist-refused'; readonly reason: string };
