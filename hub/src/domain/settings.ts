import type { CullPolicy } from './cull-settings.ts';
import type { WebApplication } from './web-application.ts';

/** What the rooms of the house need to know. `config/` fills these from the environment. */

/** `always` asks the registry each time, `never` takes only what is on the machine. */
export type PullPolicy = 'ifnotpresent' | 'always' | 'never';

/** Something that is mounted into a container. In `source` and `path`, `{username}` is replaced. */
export interface Mount {
  /** `volume`: the name of one of the engine's; `bind`: a path of the machine; `tmpfs`: memory. */
  readonly type: 'volume' | 'bind' | 'tmpfs';
  /** Empty for `tmpfs`. */
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** Shared by groups: it belongs to theirs. */
  readonly shared?: true;
  /** One person's alone, by its name. */
  readonly personal?: true;
  /** For a new volume: who keeps its files, and with which options. Absent: the machine's own disk. */
  readonly driver?: { readonly name: string; readonly options: Readonly<Record<string, string>> };
}

/** Who leads to programs on a server's ports: Berth unless the image can, Berth in any case, or nobody but the image. */
export type PortForwarding = 'auto' | 'always' | 'never';

/** A limit of the kernel for each process of a server; `-1` for none. */
export interface Ulimit {
  /** As the engine calls it: `nofile`, `memlock`. */
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

/** What settings say of the machines of a cluster. */
export interface ClusterSettings {
  readonly constraints: readonly string[];
  readonly spread: readonly string[];
  /** Countable things that each server takes from its machine. */
  readonly resources: Readonly<Record<string, number>>;
  /** By which of them GPUs are counted. */
  readonly gpuResource: string;
  /** Of new volumes; absent: each machine's own disk. */
  readonly driver?: Mount['driver'];
  /** Whether files can be reached from every machine; if not, everybody returns to theirs. */
  readonly movable: boolean;
}

/** How a server is made. A profile changes a copy of it for one start. */
export interface SpawnSettings {
  /** `DOCKER_NOTEBOOK_IMAGE`. */
  readonly image: string;
  /** `DOCKER_SPAWN_CMD`, split into words, or null for the image's own command. */
  readonly command: readonly string[] | null;
  /** `DOCKER_NOTEBOOK_DIR`: where notebooks open; `~` is the home of the image's user. */
  readonly notebookDir: string;
  /** Where the person's volume is mounted, or null when nobody has one. */
  readonly volumeDir: string | null;
  /** `DOCKER_NETWORK_NAME`. */
  readonly network: string;
  /** `jupyterhub-user-{username}`. */
  readonly volumeTemplate: string;
  /** Path under the prefix at which a person lands: `/lab`. */
  readonly defaultUrl: string;
  readonly port: number;
  /** Bytes, or null. */
  readonly memory: number | null;
  /** Cores, or null. */
  readonly cpus: number | null;
  /** Bytes and cores that each server is promised; 0 for none. */
  readonly memoryGuarantee: number;
  readonly cpuGuarantee: number;
  /** How many GPUs each server gets. */
  readonly gpus: number;
  readonly pids: number;
  readonly shmSize: number | null;
  readonly ulimits: readonly Ulimit[];
  /** Servers of names beside the engine's own, and further names, as `name:address`. */
  readonly dns: readonly string[];
  readonly extraHosts: readonly string[];
  readonly pullPolicy: PullPolicy;
  /** In the place of the image's ENTRYPOINT; an empty list: none. Absent: the image's own. */
  readonly entrypoint?: readonly string[];
  /** Bytes that a container may write outside of its volumes; absent: any number. */
  readonly layerSize?: number;
  /** Follow the command, the image's own or ours. */
  readonly args: readonly string[];
  /** Beside the variables that a notebook needs; those cannot be changed. `{username}` and the like are replaced. */
  readonly environment: Readonly<Record<string, string>>;
  /** Who the first process is, or null for the image's own user. */
  readonly uid: number | null;
  readonly gid: number | null;
  /** Further groups of the first process. */
  readonly groups: readonly number[];
  /** Beside the person's own volume. */
  readonly mounts: readonly Mount[];
  /** Device files of the machine. */
  readonly devices: readonly string[];
  /** Milliseconds: for the download, for the engine's part, for the notebook's first answer. */
  readonly pullTimeout: number;
  readonly startTimeout: number;
  readonly httpTimeout: number;
  readonly stopGraceSeconds: number;
  /** As notebooks reach the hub's API: `http://jupyterhub:8081/hub/api`, base path included. */
  readonly hubApiUrl: string;
  /** One slash at each end: `/` or `/jhub/`. */
  readonly baseUrl: string;
  /** Scheme and host as people type them, or the empty string when it was not told. */
  readonly publicOrigin: string;
  /** Tells this hub's containers from another's on the same engine. */
  readonly instance: string;
  /** Absent: `auto`. */
  readonly portForwarding?: PortForwarding;
  /** Berth's own image, for what leads to ports; absent: there is none. */
  readonly forwarderImage?: string;
  /** Milliseconds that it may go unused; absent: a quarter of an hour. */
  readonly forwarderIdle?: number;
  /** Labels that a machine of the cluster must have; absent: none. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Countable things of its machine, beside those that each server takes. */
  readonly genericResources?: Readonly<Record<string, number>>;
  /** Servers run on the machines of a cluster; absent: on one machine. */
  readonly cluster?: ClusterSettings;
  /** What a profile says of idleness; absent: nothing. */
  readonly cull?: Partial<CullPolicy>;
  /** A web application in the place of a notebook server; absent: a notebook server. */
  readonly web?: WebApplication;
}

/** Version of JupyterHub that we speak like. Notebooks refuse what Python's packaging cannot parse. */
export const JUPYTERHUB_VERSION = '5.2.1';
