import { LABEL } from '../domain/container-spec.ts';
import { Problem } from '../domain/problem.ts';
import { sizeOf } from './finish-restores.ts';
import { withFreeVolume } from './free-volume.ts';
import type { ListVolumes, VolumeRow } from './list-volumes.ts';
import type { StoragePorts } from './storage-ports.ts';

export interface VolumeVerbs {
  readonly list: ListVolumes;
  /**
   * Its files as a tar archive. While its server runs, files that are written meanwhile may be in it half.
   *
   * @throws Problem HTTP-404 for a volume that is not this hub's people's; VOLUME-002; SPAWN-150.
   */
  backUp(name: string, signal: AbortSignal): Promise<AsyncGenerator<Uint8Array>>;
  /**
   * Puts the files of an archive into a volume. It takes the archive whole into a volume of its own first: an upload that
   * breaks off, or is no archive, changes nothing.
   *
   * @throws Problem HTTP-404; VOLUME-001 … VOLUME-005; SPAWN-110 when the disk is full.
   */
  restore(
    name: string,
    archive: AsyncIterable<Uint8Array>,
    how: { readonly replace: boolean; readonly signal: AbortSignal },
  ): Promise<void>;
  /** Removes a volume with all its files. @throws Problem HTTP-404; VOLUME-001; VOLUME-002. */
  remove(name: string): Promise<void>;
  /** Removes all volumes of somebody; those in use stay. Names of what was removed. */
  removeAllOf(user: string): Promise<readonly string[]>;
}

export function makeVolumeVerbs(ports: StoragePorts, list: ListVolumes): VolumeVerbs {
  const { volumes, holds, restores, log } = ports;
  const rowOf = async (name: string) => {
    const [row] = await list({ name });
    if (row === undefined) throw new Problem('HTTP-404');
    return row;
  };
  const remove: VolumeVerbs['remove'] = async (name) => {
    const { owner } = await rowOf(name);
    await withFreeVolume(ports, name, owner, 'deleted', () => volumes.remove(name));
    await forget(ports, name);
    log.info({ volume: name }, 'volume deleted');
  };
  return {
    list,
    remove,
    async backUp(name, signal) {
      await restores.known();
      await rowOf(name);
      holds.check(name);
      return volumes.read(name, signal);
    },
    async restore(name, archive, { replace, signal }) {
      const { owner } = await rowOf(name);
      await withFreeVolume(ports, name, owner, 'restored', () =>
        restore(ports, { name, owner }, archive, { replace, signal }),
      );
      log.info({ volume: name }, 'volume restored');
    },
    async removeAllOf(user) {
      const removed: string[] = [];
      for (const { name } of await list({ user })) {
        await remove(name);
        removed.push(name);
      }
      return removed;
    },
  };
}

async function restore(
  ports: StoragePorts,
  { name, owner }: Pick<VolumeRow, 'name' | 'owner'>,
  archive: AsyncIterable<Uint8Array>,
  { replace, signal }: { readonly replace: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { volumes, holds, restores, random, quota, log } = ports;
  const before = await volumes.look(name);
  if (!before.empty && !replace) throw new Problem('VOLUME-003', { volume: name });
  const found = (await volumes.find(name))?.labels ?? {};
  const kept = `${name}-restore-${random.hex(4)}`;
  // If it has to be kept, its owner finds it in the list. And what came before this hub has no labels, but what is made does.
  const whose: Record<string, string> = owner.kind === 'user' ? { [LABEL.user]: owner.user } : {};
  const labels = { ...whose, ...found, [LABEL.hub]: ports.instance };
  const letGo = holds.hold(kept, 'restored');
  try {
    // As large as the other may be: what does not fit in is refused while nothing is lost.
    await volumes.create({ name: kept, labels: { ...labels, ...whose }, size: sizeOf(quota, labels) });
    const top = (await volumes.write(kept, archive, signal)) ?? before.top;
    await restores.carryOut({ marker: `${kept}-whole`, volume: name, kept, labels, top });
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'VOLUME-005')) {
      await volumes
        .remove(kept)
        .catch((left: unknown) => log.warn({ volume: kept, error: String(left) }, 'a volume is left'));
    }
    throw error;
  } finally {
    letGo();
  }
}

/** Whoever left nothing behind needs not stand in the list of those who did. */
async function forget({ store }: StoragePorts, name: string): Promise<void> {
  const left = [...store.departures.values()].filter(({ volumes }) => volumes.includes(name));
  if (left.length === 0) return;
  await store.change((drafts) => {
    for (const departure of left) {
      const volumes = departure.volumes.filter((one) => one !== name);
      if (volumes.length > 0) drafts.departures.put({ ...departure, volumes });
      else drafts.departures.delete(departure.user);
    }
  });
}
