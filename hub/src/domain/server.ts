import type { ProblemFacts } from './problem.ts';
import { usernameInUrl } from './user.ts';
import type { WebApplication } from './web-application.ts';

/**
 * The life of a server: `stopped → queued → … → ready → stopping → stopped`, `failed` from anywhere.
 * `ready ⇄ frozen`: its container is paused, with all that is in its memory.
 */
export type ServerState =
  | 'stopped'
  | 'queued'
  | 'pulling'
  | 'creating'
  | 'starting'
  | 'waiting'
  | 'ready'
  | 'frozen'
  | 'stopping'
  | 'failed';

/** Why a server is not running any more, for its owner's home page. */
export interface StopReason {
  readonly at: number;
  /**
   * `user` and `admin` asked for it; `idle` and `aged` were the culler, `schedule` the end of a class; `died` and
   * `removed` came from the engine; `away` and `drained`: the machine on which it ran went away, or was emptied.
   */
  readonly why:
    | 'user'
    | 'admin'
    | 'idle'
    | 'aged'
    | 'schedule'
    | 'died'
    | 'removed'
    | 'user-removed'
    | 'hub'
    | LeftMachine;
  /** One sentence, e.g. "idle for 60 minutes". */
  readonly detail: string;
}

/** How a server loses the machine on which it runs. */
export type LeftMachine = 'away' | 'drained';

/** That the hub started a server anew on another machine, for its owner's home page. */
export interface Moved {
  readonly at: number;
  /** Name of the machine that it left. */
  readonly from: string;
  readonly why: LeftMachine;
}

/** A failed start: the catalogue's code, what the engine said, the last lines of the log. */
export interface ServerFailure {
  readonly at: number;
  readonly code: string;
  /** What fills the sentences of that code. */
  readonly facts?: ProblemFacts | undefined;
  /** For the administrator: the engine's own words. Never shown as HTML. */
  readonly detail: string;
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  /** At most 200 lines, control characters removed. */
  readonly log: readonly string[];
}

/** What the machine has set aside for a server, from its start to its end. */
export interface Grant {
  /** Limit in bytes, or null. */
  readonly memory: number | null;
  /** Limit in cores, or null. */
  readonly cpus: number | null;
  /** Bytes and cores that are its own even when the machine is full; 0 for none. */
  readonly memoryGuarantee: number;
  readonly cpuGuarantee: number;
  /** Ids of its GPUs. */
  readonly gpus: readonly string[];
}

/** What its owner chose at the start; the API calls it `user_options`. */
export type UserOptions = Readonly<Record<string, unknown>>;

/** One server of one user. The default server has the empty name. */
export interface Server {
  readonly user: string;
  readonly name: string;
  readonly state: ServerState;
  /** Counts the starts; what belongs to an older start is ignored when it arrives late. */
  readonly generation: number;
  readonly started: number | null;
  readonly lastActivity: number | null;
  /** As `lastActivity`, but only a person's doing: not what an open page asks for by itself. Null when none is known. */
  readonly lastPersonal: number | null;
  /** Its owner asked that it be left alone until then, however idle; null when nobody did. */
  readonly keepUntil: number | null;
  /** The schedule that started it; null when somebody did. */
  readonly schedule: string | null;
  readonly options: UserOptions;
  /** A web application, guarded by the proxy; null: a notebook server, which guards itself. */
  readonly web: WebApplication | null;
  readonly image: string | null;
  readonly containerId: string | null;
  readonly containerName: string | null;
  /** Remembered once chosen, so that a later change of naming rules cannot lose somebody's files. */
  readonly volumeName: string | null;
  /** Where the notebook answers, as the proxy reaches it: `http://172.18.0.5:8888`. */
  readonly target: string | null;
  /** Null until it was let in from the line. */
  readonly grant: Grant | null;
  readonly stopReason: StopReason | null;
  readonly failure: ServerFailure | null;
  /** The hub moved it here; null when somebody started it. */
  readonly moved: Moved | null;
}

/** Which states may follow which. Anything not listed is a programming error, refused by {@link moveServer}. */
const NEXT: Readonly<Record<ServerState, readonly ServerState[]>> = {
  stopped: ['queued'],
  // An image that is on the machine is not fetched.
  queued: ['pulling', 'creating', 'stopping', 'failed'],
  pulling: ['creating', 'stopping', 'failed'],
  creating: ['starting', 'stopping', 'failed'],
  starting: ['waiting', 'stopping', 'failed'],
  waiting: ['ready', 'stopping', 'failed'],
  ready: ['frozen', 'stopping', 'failed'],
  frozen: ['ready', 'stopping', 'failed'],
  stopping: ['stopped', 'failed'],
  failed: ['queued', 'stopping', 'stopped'],
};

/** A server that has never been started. */
export function newServer(user: string, name = ''): Server {
  return {
    user,
    name,
    state: 'stopped',
    generation: 0,
    started: null,
    lastActivity: null,
    lastPersonal: null,
    keepUntil: null,
    schedule: null,
    options: {},
    web: null,
    image: null,
    containerId: null,
    containerName: null,
    volumeName: null,
    target: null,
    grant: null,
    stopReason: null,
    failure: null,
    moved: null,
  };
}

/**
 * The record after a step of its life.
 *
 * @throws RangeError when the step is not in the life of a server.
 */
export function moveServer(
  server: Server,
  state: ServerState,
  change: Partial<Omit<Server, 'state'>> = {},
): Server {
  if (!NEXT[server.state].includes(state)) {
    throw new RangeError(`a server cannot go from ${server.state} to ${state}`);
  }
  return { ...server, ...change, state };
}

/** On its way up: between the wish and the answer. */
export function isStarting(server: Server): boolean {
  return ['queued', 'pulling', 'creating', 'starting', 'waiting'].includes(server.state);
}

/**
 * Whoever comes is let in: it answers, or wakes first. Clients of the API know no difference: JupyterHub's have no
 * word for a server that sleeps.
 */
export function isOpen(server: Pick<Server, 'state'>): boolean {
  return server.state === 'ready' || server.state === 'frozen';
}

/** Holds, or may hold, a container: everything but `stopped` and `failed`. */
export function isActive(server: Server): boolean {
  return server.state !== 'stopped' && server.state !== 'failed';
}

/** What the REST API calls `pending`: `spawn`, `stop` or null. */
export function pendingOf(server: Server): 'spawn' | 'stop' | null {
  if (isStarting(server)) return 'spawn';
  return server.state === 'stopping' ? 'stop' : null;
}

/** Key of a server among all servers. `/` stands in no name, so `alice-prod` and alice's `prod` stay apart. */
export function serverKey(user: string, name: string): string {
  return `${user}/${name}`;
}

/** Path under which the proxy serves it, one slash at each end: `/jhub/user/alice/gpu/`. */
export function serverPath(baseUrl: string, user: string, name: string): string {
  const own = `${baseUrl}user/${usernameInUrl(user)}/`;
  return name === '' ? own : `${own}${usernameInUrl(name)}/`;
}
