import { Problem } from '../domain/problem.ts';
import { isActive } from '../domain/server.ts';
import type { VolumeOwner } from '../domain/whose-volume.ts';
import type { StoragePorts } from './storage-ports.ts';
import type { Doing } from './volume-holds.ts';

/**
 * Takes a volume for some work during which nobody may mount it, and lets go of it afterwards. A start that comes
 * meanwhile is refused (VOLUME-002); one that came before refuses this.
 *
 * @throws Problem VOLUME-001 while a server of its owner, or any container, has it or is about to; VOLUME-002;
 *   SPAWN-150 while nobody could be asked what a hub before this one left unfinished.
 */
export async function withFreeVolume<T>(
  ports: StoragePorts,
  volume: string,
  owner: VolumeOwner,
  doing: Doing,
  work: () => Promise<T>,
): Promise<T> {
  await ports.restores.known();
  // In one turn: whoever starts after this finds the hold, whoever started before is found here.
  refuseActive(ports, volume, owner);
  const letGo = ports.holds.hold(volume, doing);
  try {
    const containers = (await ports.volumes.users()).get(volume) ?? [];
    if (containers.length > 0) {
      throw new Problem('VOLUME-001', {
        volume,
        detail: `It is mounted in ${containers.join(', ')}. Stop that first.`,
      });
    }
    return await work();
  } finally {
    letGo();
  }
}

function refuseActive({ store, lives }: StoragePorts, volume: string, owner: VolumeOwner): void {
  if (owner.kind !== 'user') return;
  const busy = store.servers
    .where('user', owner.user)
    .find((server) => isActive(server) || lives.get(owner.user, server.name) !== undefined);
  // A first start has no record yet; it has a life.
  const starting = busy === undefined && lives.get(owner.user, '') !== undefined;
  if (busy === undefined && !starting) return;
  const which = busy === undefined || busy.name === '' ? 'The server' : `The server ${busy.name}`;
  throw new Problem('VOLUME-001', {
    volume,
    detail: `${which} of ${owner.user} is not stopped. Stop it first.`,
  });
}
