import type { AuditEntry, AuditQuery } from './audit.ts';
import type { Fact } from './fact.ts';
import type { ForwarderSpec } from './port-forwarder.ts';
import type { MachineLoad } from './usage.ts';

/** Milliseconds since the epoch, and waiting. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** `bytes` random bytes, base64url. */
  word(bytes: number): string;
  /** `bytes` random bytes, hex: how Jupyter writes tokens. */
  hex(bytes: number): string;
}

/** Fast one-way digest for words that are random already: SHA-256, hex. */
export type Digest = (word: string) => string;

/** Slow one-way digest for passwords. Bounded: waits in line, and refuses when the line is long. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
  /** As much work as verify, for names that do not exist. */
  waste(password: string): Promise<void>;
}

/** Keeps secrets that have to be read again: on the disk they are nothing without the hub's key. */
export interface Sealer {
  /** `binding` names the one record that this belongs to: it opens as part of no other. */
  seal(text: string, binding: string): string;
  /** Null when no key of this hub opens it, or it belongs to another record. */
  open(sealed: string, binding: string): string | null;
}

/** Where the proxy sends a path. Paths have a slash at each end here; the adapter speaks the proxy's dialect. */
export interface Route {
  readonly path: string;
  readonly target: string;
  readonly user: string | null;
  readonly server: string | null;
  /** The service behind it; absent for servers and the hub's own. */
  readonly service?: string;
  /** When bytes last went through it, or null if the proxy does not say. */
  readonly lastActivity: number | null;
  /** As `lastActivity`, but only a person's doing; absent when the proxy cannot tell. */
  readonly lastPersonal?: number;
  /** Requests under way on it; absent: none that the proxy tells of. */
  readonly openRequests?: number;
  /** Its server sleeps: a person's requests wait at the proxy. */
  readonly asleep?: boolean;
  /** SHA-256 of the session ids and tokens of people who are out, though the server may remember them. */
  readonly barred?: readonly string[];
  /** Whatever comes wakes it, not only a person. */
  readonly sleepsLightly?: true;
  /** Leads to the programs on the server's ports, and not to the server. */
  readonly ports?: true;
  /** Opens the forwarder there; the proxy never tells it. */
  readonly portKey?: string;
  /** The proxy guards it; in its table only whether it does. Absent: whoever comes is let through. */
  readonly guarded?: GuardedWay | true;
}

/** What the proxy must know to guard a web application, and to lead to it. */
export interface GuardedWay {
  /** With which visits are checked: an Ed25519 public key, base64url. */
  readonly key: string;
  /** The path that visits are for. */
  readonly audience: string;
  /** Visits that began then or before must be renewed. */
  readonly notBefore: number;
  /** Paths of the hub: where people are let in, and where the proxy has visits renewed. */
  readonly door: string;
  readonly renew: string;
  /** People come over https only. */
  readonly secure: boolean;
  readonly stripPrefix: boolean;
  /** Set on every request to the program; secret. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The proxy's table. Every call has a deadline; failures throw Problem SPAWN-170. */
export interface Routes {
  list(): Promise<readonly Route[]>;
  add(route: Omit<Route, 'lastActivity'>): Promise<void>;
  /** Removing what is not there is no error. With `cut` its open WebSockets end within seconds, too. */
  remove(path: string, how?: { readonly cut: boolean }): Promise<void>;
}

/** Who waits at the proxy for servers that sleep. Every call has a deadline; failures throw Problem SPAWN-170. */
export interface Sleepers {
  /** Whether the proxy holds requests to sleeping servers at all: configurable-http-proxy does not. */
  canSleep(): Promise<boolean>;
  /** Paths of the servers that somebody waits for; answers as soon as there is one, or after a while. */
  awaited(): Promise<readonly string[]>;
}

/** Makes what leads to a server's ports. Failures throw Problem SPAWN-1xx. */
export interface Forwarders {
  /** Makes and starts the container; its id. @throws Problem SPAWN-141 when there is one already. */
  start(spec: ForwarderSpec): Promise<string>;
}

/** Talking to what leads to ports. Nothing here throws. */
export interface PortsClient {
  /** Requests and WebSockets that are open, and milliseconds since the last began; null: our forwarder is not there. */
  use(target: string, key: string): Promise<{ readonly open: number; readonly idle: number } | null>;
  /** Whether a notebook server leads to its ports by itself: jupyter-server-proxy is in it. */
  forwardsItself(target: string, path: string, token: string): Promise<boolean>;
}

/** What a notebook server says about itself. */
export interface NotebookStatus {
  readonly kernels: number;
  readonly busyKernels: number;
  readonly terminals: number;
  /** The later of its kernels' and its own last activity, or null. */
  readonly lastActivity: number | null;
  /** Of its kernels and terminals only: an open page makes its server active to Jupyter. Null when there are none. */
  readonly lastWork: number | null;
  /** Of which Jupyter says that they are idle; which it gets wrong (decision 6). */
  readonly idleKernels: readonly IdleKernel[];
}

export interface IdleKernel {
  readonly id: string;
  /** WebSockets that are open to it. */
  readonly connections: number;
  /** When it last said something, or null. */
  readonly lastActivity: number | null;
}

/** What came of a question to a kernel: one that executes is silent. `refused`: it could not be asked. */
export type KernelWord = 'answered' | 'silent' | 'refused';

/** Talking to a notebook server directly, not through the proxy. */
export interface Notebook {
  /** Whether anything below 500 comes back from `<target><path>api` (contract §2.8). Never throws. */
  answers(target: string, path: string, signal: AbortSignal): Promise<boolean>;
  /** Whether a web application answers there without an error, or asks who is there (401, 403). Never throws. */
  isWell(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<boolean>;
  /** Null when the server does not say. `token` is a token that the server accepts. */
  status(target: string, path: string, token: string): Promise<NotebookStatus | null>;
  /**
   * Asks a kernel whether it listens. Takes seconds at most, and never throws. Jupyter then forgets what it kept for a
   * page that lost its line to this kernel, unless another WebSocket to it is open.
   */
  askKernel(target: string, path: string, token: string, kernel: string): Promise<KernelWord>;
}

/** Who signed in and out, and what administrators did. */
export interface AuditTrail {
  /** The latest first. */
  read(query: AuditQuery): Promise<readonly AuditEntry[]>;
}

/** Where facts go. Listeners must not throw; one that does is reported and does not stop the others. */
export interface Facts {
  tell(fact: Fact): void;
  /** Returns the way to stop listening. */
  listen(listener: (fact: Fact) => void): () => void;
}

/** Work of the hub's own that is timed, by JupyterHub's names. */
export type TimedWork =
  | 'hub_startup'
  | 'init_spawners'
  | 'check_routes'
  | 'proxy_poll'
  | 'proxy_add'
  | 'proxy_delete'
  | 'server_poll';

/** How many programs want each core of the machine, over the last minute; at least 1. */
export type Crowd = () => number;

/** The machine that everything runs on. */
export interface Machine {
  load(): Promise<MachineLoad>;
}

/** Numbers for whoever watches the hub. */
export interface Metrics {
  /** `handler` is the route's pattern, never an address: addresses hold names, and there are too many. */
  request(of: {
    readonly method: string;
    readonly handler: string;
    readonly code: number;
    readonly seconds: number;
  }): void;
  took(work: TimedWork, seconds: number, status?: 'success' | 'failure'): void;
  /** Does the work, and notes how long it took and whether it threw. */
  timed<T>(work: TimedWork, run: () => Promise<T>): Promise<T>;
  /** In the text format of Prometheus. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** One line a happening; never a secret. */
export interface Log {
  info(what: Readonly<Record<string, unknown>>, message: string): void;
  warn(what: Readonly<Record<string, unknown>>, message: string): void;
  error(what: Readonly<Record<string, unknown>>, message: string): void;
}
