import type { CullSettings } from '../domain/cull-settings.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { LineLimits } from '../domain/start-line.ts';
import { hubConnectUrl } from './addresses.ts';
import { clusterSettings } from './cluster-room.ts';
import type { Settings } from './settings.ts';

/** Port on which notebook servers listen inside their containers. */
const NOTEBOOK_PORT = 8888;
const STOP_GRACE_SECONDS = 10;

/** Scheme and host of the public address, or the empty string. */
export function publicOrigin(settings: Settings): string {
  return settings.publicUrl === null ? '' : new URL(settings.publicUrl).origin;
}

export function spawnSettings(settings: Settings): SpawnSettings {
  const {
    image,
    notebookDir,
    network,
    volumeTemplate,
    defaultUrl,
    memory,
    cpus,
    cpuGuarantee,
    pids,
    shmSize,
    pullPolicy,
    baseUrl,
    instance,
  } = settings;
  return {
    image,
    notebookDir,
    network,
    volumeTemplate,
    defaultUrl,
    memory,
    cpus,
    memoryGuarantee: settings.memoryGuarantee ?? 0,
    cpuGuarantee,
    gpus: 0,
    pids,
    shmSize,
    pullPolicy,
    // Nobody else gets into a server on another machine: there the image's own way is the only one.
    portForwarding: settings.spawner === 'swarm' ? 'never' : settings.portForwarding,
    forwarderImage: settings.portForwarderImage,
    forwarderIdle: settings.portForwarderIdle * 1000,
    args: settings.spawnArgs,
    ulimits: settings.ulimits,
    dns: [],
    extraHosts: [],
    environment: settings.extraEnvironment,
    uid: null,
    gid: null,
    groups: [],
    mounts: [],
    devices: [],
    ...(settings.layerQuota === null ? {} : { layerSize: settings.layerQuota }),
    ...clusterSettings(settings),
    baseUrl,
    instance,
    command: settings.spawnCommand,
    port: NOTEBOOK_PORT,
    pullTimeout: settings.pullTimeout * 1000,
    startTimeout: settings.startTimeout * 1000,
    httpTimeout: settings.httpTimeout * 1000,
    volumeDir: settings.homeStorage === 'none' ? null : (settings.volumeDir ?? volumeDirOf(notebookDir)),
    stopGraceSeconds: STOP_GRACE_SECONDS,
    hubApiUrl: `${hubConnectUrl(settings)}${baseUrl}hub/api`,
    publicOrigin: publicOrigin(settings),
    // DockerSpawner lays it over all else.
    ...settings.hostConfig.config,
  };
}

/** A volume on a folder of the home; else, on the home itself. */
function volumeDirOf(notebookDir: string): string {
  return notebookDir.startsWith('/') ? notebookDir : '/home/jovyan';
}

/** About half of a start is waiting, for the engine and the disk (decision 0018). */
const STARTS_OF_A_CORE = 2;
/** z2jh's own: beyond it the engine is what all of them wait for. */
const MOST_STARTS = 64;

/** How many may start and run at once, and what guarantees may share. `machine` answers for the whole machine. */
export function lineLimits(
  settings: Settings,
  cores: number,
  machine: () => Promise<{ readonly memory: number; readonly cpus: number; readonly machines?: number }>,
): LineLimits {
  const { concurrentSpawnLimit, activeServerLimit, memoryReserve, cpuReserve, gpus } = settings;
  const elastic = settings.spawner === 'swarm';
  // A manager only says where; the work of a start is done on another machine.
  const starts = elastic ? MOST_STARTS : Math.min(MOST_STARTS, STARTS_OF_A_CORE * cores);
  return {
    elastic,
    starts: unlimited(concurrentSpawnLimit ?? starts),
    servers: unlimited(activeServerLimit),
    gpus,
    host: async () => {
      const { memory, cpus, machines = 1 } = await machine();
      return { memory: memory - machines * (memoryReserve ?? 0), cpus: cpus - machines * cpuReserve };
    },
  };
}

/** JupyterHub's way to say it. */
function unlimited(limit: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}

export function cullSettings(settings: Settings): CullSettings {
  return {
    enabled: settings.cullEnabled,
    timeout: settings.cullTimeout,
    freezeTimeout: settings.freezeTimeout,
    maxAge: settings.cullMaxAge,
    activity: settings.cullActivity,
    concurrency: settings.cullConcurrency,
    warning: settings.cullWarning,
    keep: settings.cullKeep,
    groups: settings.cullGroups,
    users: settings.cullUsers,
    adminUsers: settings.cullAdminUsers,
    removeNamedServers: settings.cullRemoveNamedServers,
    every: settings.cullEvery,
    busyCores: settings.cullBusyCores,
  };
}
