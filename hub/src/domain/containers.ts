import type { Mount, Ulimit } from './settings.ts';

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
  /** In the place of the image's ENTRYPOINT; empty: none. Absent: the image's own. */
  readonly entrypoint?: readonly string[];
  /** Bytes that it may write outside of its volumes; absent: any number. */
  readonly layerSize?: number;
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
  readonly ulimits: readonly Ulimit[];
  readonly dns: readonly string[];
  readonly extraHosts: readonly string[];
  /** Device files of the machine. */
  readonly devices: readonly string[];
  /** Ids of GPUs. One that is a path is a device file. */
  readonly gpus: readonly string[];
  /** Where among many machines; absent: anywhere. An engine of one machine ignores it. */
  readonly placement?: Placement;
}

/** Which of many machines a server may run on, in the cluster engine's own words. */
export interface Placement {
  /** All must hold: `node.labels.disk==ssd`. */
  readonly constraints: readonly string[];
  /** Spread evenly over the values of these, the first one first: `node.labels.rack`. */
  readonly spread: readonly string[];
  /** Countable things that a machine has so many of: `{ gpu: 1 }`. */
  readonly resources: Readonly<Record<string, number>>;
  /** Id of the machine that holds the person's volume; absent: their files move freely, or there are none yet. */
  readonly machine?: string;
}

/** One machine of a cluster. */
export interface Machine {
  readonly id: string;
  /** Its host name, as people know it. */
  readonly name: string;
  /** `draining`: it runs what it has no longer, and takes nothing. `paused`: it goes on, and takes nothing new. `away`: it does not answer. */
  readonly state: 'ready' | 'paused' | 'draining' | 'away';
  readonly manager: boolean;
  /** Bytes and cores. */
  readonly memory: number;
  readonly cpus: number;
  /** Countable things that it has, such as `{ gpu: 2 }`; absent: none. */
  readonly resources?: Readonly<Record<string, number>>;
}

/** What an engine can beyond making, ending and reading containers; what it cannot is greyed out on the pages. */
export interface Abilities {
  /** Freeze and wake. */
  readonly pause: boolean;
  /** Change limits of a running server. */
  readonly limit: boolean;
  /** Read what each server uses. */
  readonly usage: boolean;
  /** Make an image of a running server. */
  readonly save: boolean;
  /** Lead to programs that listen on 127.0.0.1 inside of a server. */
  readonly ports: boolean;
  /** Look into volumes: size, backup, restore. */
  readonly volumes: boolean;
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
  /** The machine it was given to; absent on an engine of one machine, null while none was chosen. */
  readonly machine?: Pick<Machine, 'id' | 'name' | 'state'> | null;
  /** Why it does not run yet, in the cluster engine's words: no machine has room, the image is being fetched. */
  readonly waiting?: string;
  /** Why the cluster engine gave it up before it ran: no such image, no such path. */
  readonly refused?: string;
}

/** A look at a container's processor time; two of them tell how busy it was between. */
export interface CpuReading {
  readonly containerId: string;
  /** When the engine looked, in milliseconds. */
  readonly at: number;
  /** Milliseconds of one core since the container began. */
  readonly used: number;
}

/** What a container uses, at one look. */
export interface UsageReading extends CpuReading {
  /** Bytes, without files that the kernel keeps only as long as nobody needs the room. */
  readonly memory: number;
}

/** What the engine tells by itself. `gap` means that events may have been missed: look at everything. */
export type ContainerEvent =
  // Whether it ran out of memory is not told here: inspect it.
  | { readonly kind: 'died'; readonly id: string; readonly exitCode: number | null }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'paused' | 'unpaused'; readonly id: string }
  /** A machine of the cluster went away, came back, or is being emptied. */
  | { readonly kind: 'machine'; readonly machine: Machine }
  | { readonly kind: 'gap' };

/**
 * The container engine. Every call has a deadline of its own, ends when the signal does, and throws only
 * Problems of the catalogue (SPAWN-1xx). Calls for different users never wait for each other.
 */
export interface Containers {
  readonly abilities: Abilities;
  /** All machines of the cluster; none on an engine of one machine. */
  machines(): Promise<readonly Machine[]>;
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
  /** Stops its processes where they are; all that is in their memory stays. @throws Problem when it does not run. */
  pause(id: string): Promise<void>;
  /** Lets them go on. A container that is not paused, or gone, is no error. */
  unpause(id: string): Promise<void>;
  /** SIGTERM, then SIGKILL after the grace; a paused one runs first. A container that is gone or stopped is no error. */
  stop(id: string, graceSeconds: number): Promise<void>;
  /** Volumes stay. A container that is gone is no error. */
  remove(id: string): Promise<void>;
  /** A variable of its environment, or null: how the hub finds a server's token again after a restart. */
  readVariable(id: string, name: string): Promise<string | null>;
  /** What its cgroup (v1 or v2) says: processor time and memory; null when it does not run. */
  readUsage(id: string, signal: AbortSignal): Promise<UsageReading | null>;
  /** The last lines of its output, oldest first, control characters and secrets removed. */
  logs(id: string, lines: number): Promise<readonly string[]>;
  /** All containers that carry this hub's label, running or not. */
  list(network: string): Promise<readonly ContainerView[]>;
  /** Calls back until the signal ends; connects again by itself, with a `gap` each time. */
  watch(listen: (event: ContainerEvent) => void, signal: AbortSignal): void;
  /** Makes the network and answers null, or says in one sentence what is wrong. */
  check(network: string): Promise<string | null>;
}
