import type { ServerState } from '../domain/server.ts';
import type { VolumeView } from '../domain/volumes.ts';
import { ownersOfVolumes, type VolumeOwner } from '../domain/whose-volume.ts';
import type { StoragePorts } from './storage-ports.ts';
import type { Doing } from './volume-holds.ts';

/** A volume of this hub's people, as lists show it. */
export interface VolumeRow {
  readonly name: string;
  readonly owner: VolumeOwner;
  /** Bytes as last measured, or null. */
  readonly size: number | null;
  readonly measured: number | null;
  /** When a server of its owner last had it, as far as is known. */
  readonly lastUse: number | null;
  readonly created: number | null;
  /** Servers of its owner that have it, or are about to. */
  readonly servers: readonly { readonly name: string; readonly state: ServerState }[];
  /** Names of containers that have it mounted, whosever they are. */
  readonly containers: readonly string[];
  readonly doing: Doing | null;
}

/**
 * This hub's volumes by name; volumes of anybody else on the engine are not among them. Sizes are what was measured last,
 * or just now if that takes no longer than a moment.
 *
 * @throws Problem SPAWN-150 when the engine does not answer.
 */
export type ListVolumes = (of?: {
  readonly user?: string;
  readonly name?: string;
}) => Promise<readonly VolumeRow[]>;

const MOMENT_MS = 2_000;

export function makeListVolumes(ports: StoragePorts): ListVolumes {
  const { store, volumes, sizes, instance } = ports;
  return async ({ user, name } = {}) => {
    const [found, users, { sizes: bytes, at }] = await Promise.all([
      name === undefined ? volumes.list() : volumes.find(name).then((one) => (one === null ? [] : [one])),
      volumes.users(),
      sizes.within(MOMENT_MS),
    ]);
    const owners = ownersOfVolumes(found, {
      instance,
      servers: store.servers.values(),
      departures: store.departures.values(),
      isUser: (one) => store.users.get(one) !== undefined,
    });
    return found
      .flatMap((view) => {
        const owner = owners.get(view.name);
        if (owner === undefined || (user !== undefined && !isOf(owner, user))) return [];
        const size = bytes.get(view.name) ?? null;
        return [
          {
            ...rowOf(ports, view, owner),
            size,
            measured: size === null ? null : at,
            containers: users.get(view.name) ?? [],
          },
        ];
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  };
}

function isOf(owner: VolumeOwner, user: string): boolean {
  return owner.kind === 'user' && owner.user === user;
}

function rowOf(
  { store, holds }: StoragePorts,
  { name, created }: VolumeView,
  owner: VolumeOwner,
): Omit<VolumeRow, 'size' | 'measured' | 'containers'> {
  const servers = owner.kind === 'user' ? store.servers.where('user', owner.user) : [];
  const having = servers.filter((server) => server.volumeName === name);
  const times = having.flatMap(({ lastActivity, started, stopReason }) => [
    lastActivity ?? 0,
    started ?? 0,
    stopReason?.at ?? 0,
  ]);
  const lastUse = Math.max(0, ...times);
  return {
    name,
    owner,
    created,
    lastUse: lastUse === 0 ? null : lastUse,
    servers: having
      .filter(({ state }) => state !== 'stopped' && state !== 'failed')
      .map((server) => ({ name: server.name, state: server.state })),
    doing: holds.doing(name),
  };
}
