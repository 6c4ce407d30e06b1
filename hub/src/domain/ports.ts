import type { AuditEntry, AuditQuery } from './audit.ts';
import type { Credential } from './credential.ts';
import type { Departure } from './departure.ts';
import type { Fact } from './fact.ts';
import type { Group } from './group.ts';
import type { Invitation } from './invitation.ts';
import type { Server } from './server.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';
import type { Mount } from './settings.ts';
import type { SignUp } from './sign-up.ts';
import type { OAuthClient, OAuthCode, Token } from './token.ts';
import type { User } from './user.ts';

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

/** Records of one kind, in memory. Reading never waits and never scans unless `values` is used. */
export interface Table<T> {
  readonly size: number;
  get(key: string): T | undefined;
  values(): Iterable<T>;
}

/** A table with look-ups beside its key. Asking for an index that was not declared is a type error. */
export interface IndexedTable<T, Index extends string> extends Table<T> {
  where(index: Index, value: string): readonly T[];
}

export interface Draft<T> {
  put(record: T): void;
  delete(key: string): void;
}

export interface Tables {
  readonly users: IndexedTable<User, 'group'>;
  readonly servers: IndexedTable<Server, 'user'>;
  readonly sessions: IndexedTable<Session, 'user' | 'sharedId'>;
  readonly tokens: IndexedTable<Token, 'user' | 'sessionId' | 'clientId' | 'server'>;
  readonly clients: IndexedTable<OAuthClient, 'user'>;
  readonly codes: IndexedTable<OAuthCode, 'user' | 'clientId'>;
  readonly credentials: Table<Credential>;
  readonly signUps: Table<SignUp>;
  readonly invitations: Table<Invitation>;
  readonly groups: Table<Group>;
  readonly services: IndexedTable<Service, 'tokenHash' | 'clientId'>;
  readonly departures: Table<Departure>;
}

export type TableName = keyof Tables;
export type RecordOf<Name extends TableName> = Tables[Name] extends Table<infer T> ? T : never;
export type Drafts = { readonly [Name in TableName]: Draft<RecordOf<Name>> };

/**
 * The hub's memory. Records are never changed in place: `put` replaces.
 *
 * `change` applies all of its writes at once, resolves when they are on the disk, and when they cannot
 * be brought there takes them back and throws Problem STORE-001. `touch` is for what may be lost with
 * the last minute (activity): it reaches the disk with the next change, or within a minute.
 */
export interface Store extends Tables {
  change<T>(write: (drafts: Drafts) => T): Promise<T>;
  touch(write: (drafts: Drafts) => void): void;
  /** Brings everything to the disk and lets go of the lock. */
  close(): Promise<void>;
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
}

/** The proxy's table. Every call has a deadline; failures throw Problem SPAWN-170. */
export interface Routes {
  list(): Promise<readonly Route[]>;
  add(route: Omit<Route, 'lastActivity'>): Promise<void>;
  /** Removing what is not there is no error. With `cut` its open WebSockets end within seconds, too. */
  remove(path: string, how?: { readonly cut: boolean }): Promise<void>;
}

export interface PullProgress {
  /** Bytes of all layers known so far. */
  readonly total: number;
  readonly done: number;
  readonly message: string;
}

/** Everything the engine must know to make a container; built by a pure function, asserted whole in tests. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  /** Null: the image's own command. */
  readonly command: readonly string[] | null;
  /** Follow the command. */
  readonly args: readonly string[];
  /** Null: the image's own user. */
  readonly user: { readonly uid: number; readonly gid: number | null } | null;
  readonly groups: readonly number[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly network: string;
  readonly mounts: readonly Mount[];
  /** Bytes, or null for no limit. Swap is never added to it. */
  readonly memory: number | null;
  /** Cores, or null for no limit. */
  readonly cpus: number | null;
  /** Bytes that are not taken from it while it needs them, and its weight among others; 0 for none. */
  readonly memoryGuarantee: number;
  readonly cpuGuarantee: number;
  readonly pids: number;
  readonly shmSize: number | null;
  /** Device files of the machine. */
  readonly devices: readonly string[];
  /** Ids of GPUs. One that is a path is a device file. */
  readonly gpus: readonly string[];
}

/** A container as the engine sees it now. */
export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly running: boolean;
  readonly paused: boolean;
  /** Somebody is removing it just now. */
  readonly removing: boolean;
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  /** Its address on the network asked for, or null. */
  readonly address: string | null;
  readonly created: number;
}

/** A look at a container's processor time; two of them tell how busy it was between. */
export interface CpuReading {
  readonly containerId: string;
  /** When the engine looked, in milliseconds. */
  readonly at: number;
  /** Milliseconds of one core since the container began. */
  readonly used: number;
}

/** What the engine tells by itself. `gap` means that events may have been missed: look at everything. */
export type ContainerEvent =
  // Whether it ran out of memory is not told here: inspect it.
  | { readonly kind: 'died'; readonly id: string; readonly exitCode: number | null }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'gap' };

/**
 * The container engine. Every call has a deadline of its own, ends when the signal does, and throws only
 * Problems of the catalogue (SPAWN-1xx). Calls for different users never wait for each other.
 */
export interface Containers {
  /** Makes sure that the image is on this machine. Calls for one image share one download. */
  ensureImage(image: string, report: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
  /** As `ensureImage`, and asks the registry for a newer one first. */
  refreshImage(image: string, report: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
  hasImage(image: string, signal: AbortSignal): Promise<boolean>;
  /** Memory in bytes and cores of the machine. */
  host(): Promise<{ readonly memory: number; readonly cpus: number }>;
  /** The first of these volumes that exists, or null. */
  findVolume(candidates: readonly string[]): Promise<string | null>;
  /** @throws Problem SPAWN-141 when another container has the name. */
  create(spec: ContainerSpec, signal: AbortSignal): Promise<string>;
  start(id: string, signal: AbortSignal): Promise<void>;
  /** By id or name; null when there is none. */
  inspect(idOrName: string, network: string): Promise<ContainerView | null>;
  /** Changes limits of a running container; swap follows memory. @throws Problem SPAWN-199 when the kernel refuses. */
  limit(id: string, limits: { readonly memory?: number; readonly cpus?: number }): Promise<void>;
  /** SIGTERM, then SIGKILL after the grace. A container that is gone or stopped is no error. */
  stop(id: string, graceSeconds: number): Promise<void>;
  /** Volumes stay. A container that is gone is no error. */
  remove(id: string): Promise<void>;
  /** A variable of its environment, or null: how the hub finds a server's token again after a restart. */
  readVariable(id: string, name: string): Promise<string | null>;
  /** The processor time that it has used, from its cgroup (v1 or v2); null when it does not run. */
  cpuTime(id: string, signal: AbortSignal): Promise<CpuReading | null>;
  /** The last lines of its output, oldest first, control characters and secrets removed. */
  logs(id: string, lines: number): Promise<readonly string[]>;
  /** All containers that carry this hub's label, running or not. */
  list(network: string): Promise<readonly ContainerView[]>;
  /** Calls back until the signal ends; connects again by itself, with a `gap` each time. */
  watch(listen: (event: ContainerEvent) => void, signal: AbortSignal): void;
  /** Makes the network and answers null, or says in one sentence what is wrong. */
  check(network: string): Promise<string | null>;
}

/** What a notebook server says about itself. */
export interface NotebookStatus {
  readonly kernels: number;
  readonly busyKernels: number;
  readonly terminals: number;
  /** The later of its kernels' and its own last activity, or null. */
  readonly lastActivity: number | null;
}

/** Talking to a notebook server directly, not through the proxy. */
export interface Notebook {
  /** Whether anything below 500 comes back from `<target><path>api` (contract §2.8). Never throws. */
  answers(target: string, path: string, signal: AbortSignal): Promise<boolean>;
  /** Null when the server does not say. `token` is a token that the server accepts. */
  status(target: string, path: string, token: string): Promise<NotebookStatus | null>;
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
