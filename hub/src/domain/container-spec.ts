import type { ContainerSpec, ContainerView } from './containers.ts';
import { onCluster, placementOf } from './placement.ts';
import { type Server, serverKey } from './server.ts';
import { serverEnvironment } from './server-environment.ts';
import type { Mount, SpawnSettings } from './settings.ts';
import { containerName, fillNames } from './slug.ts';
import { fillPlace, type WebSecrets, webEnvironment } from './web-environment.ts';

/** Labels by which a hub knows its containers again, also after a restart or a change of naming rules. */
export const LABEL = {
  /** Which hub on this engine. */
  hub: 'org.berth.hub',
  user: 'org.berth.user',
  /** Empty for the default server. */
  server: 'org.berth.server',
  generation: 'org.berth.generation',
} as const;

/** What a container's labels say about whose it is. */
export interface ContainerOwner {
  readonly user: string;
  readonly server: string;
  readonly generation: number;
}

/**
 * Everything the engine must know to make the container of one start.
 *
 * The environment holds the token in plain text: never log the result.
 */
export function containerSpec(
  settings: SpawnSettings,
  server: Server,
  chosen: {
    readonly token: string;
    readonly volume: string;
    readonly gpus: readonly string[];
    /** For a web application. */
    readonly web?: WebSecrets;
    /** Id of the machine that holds the volume; absent: any. */
    readonly machine?: string | null;
  },
): ContainerSpec {
  const { user, name } = server;
  const fill = (text: string) => fillPlace(text, settings, user, name);
  const { web } = settings;
  return {
    name: containerName(user, name),
    image: settings.image,
    ...(settings.entrypoint === undefined ? {} : { entrypoint: settings.entrypoint }),
    ...(settings.layerSize === undefined ? {} : { layerSize: settings.layerSize }),
    command: settings.web === undefined ? settings.command : (settings.command?.map(fill) ?? null),
    args: settings.args.map(fill),
    user: settings.uid === null ? null : { uid: settings.uid, gid: settings.gid },
    groups: settings.groups,
    environment: {
      ...Object.fromEntries(Object.entries(settings.environment).map(([key, word]) => [key, fill(word)])),
      ...(web === undefined
        ? serverEnvironment(settings, { user, server: name, image: settings.image, token: chosen.token })
        : webEnvironment(settings, web, { user, server: name }, chosen.web)),
    },
    labels: {
      [LABEL.hub]: settings.instance,
      [LABEL.user]: user,
      [LABEL.server]: name,
      [LABEL.generation]: String(server.generation),
    },
    network: settings.network,
    mounts: mountsOf(settings, user, name, chosen.volume),
    memory: settings.memory,
    cpus: settings.cpus,
    memoryGuarantee: settings.memoryGuarantee,
    cpuGuarantee: settings.cpuGuarantee,
    pids: settings.pids,
    shmSize: settings.shmSize,
    ulimits: settings.ulimits,
    dns: settings.dns,
    extraHosts: settings.extraHosts,
    devices: settings.devices,
    // On a cluster a GPU is a countable thing of its machine, and which one it is the machine says.
    gpus: settings.cluster === undefined ? chosen.gpus : [],
    ...(settings.cluster === undefined
      ? {}
      : { placement: placementOf(settings, settings.cluster, chosen.machine ?? null) }),
  };
}

/** The person's own volume, then what else is mounted. */
function mountsOf(settings: SpawnSettings, user: string, name: string, volume: string): readonly Mount[] {
  const { volumeDir, cluster } = settings;
  const rest = { readOnly: false, personal: true } as const;
  const mounts: readonly Mount[] = [
    ...(volumeDir === null ? [] : [{ type: 'volume', source: volume, path: volumeDir, ...rest } as const]),
    ...settings.mounts.map((mount) => ({
      ...mount,
      ...(isPersonal(mount) ? { personal: true as const } : {}),
      source: fillNames(mount.source, user, name),
      path: fillNames(mount.path, user, name),
    })),
  ];
  return cluster === undefined ? mounts : mounts.map((mount) => onCluster(mount, cluster));
}

/** A volume whose name is made from a person's is theirs; one that many mount is not whose came first. */
function isPersonal({ type, source }: Mount): boolean {
  return type === 'volume' && /\{(?:raw_|unescaped_)?username\}/.test(source);
}

/** Whose container this is, or null when it does not belong to this hub: then it is left alone. */
export function ownerOf(container: ContainerView, instance: string): ContainerOwner | null {
  const { labels } = container;
  const user = labels[LABEL.user];
  const server = labels[LABEL.server];
  const generation = Number(labels[LABEL.generation]);
  if (labels[LABEL.hub] !== instance || user === undefined || server === undefined) return null;
  return Number.isSafeInteger(generation) ? { user, server, generation } : null;
}

/** Whether this container was made for this start of this server. */
export function belongsTo(container: ContainerView, server: Server, instance: string): boolean {
  const owner = ownerOf(container, instance);
  return (
    owner !== null &&
    serverKey(owner.user, owner.server) === serverKey(server.user, server.name) &&
    owner.generation === server.generation
  );
}
