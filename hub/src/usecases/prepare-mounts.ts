import { LABEL } from '../domain/container-spec.ts';
import type { ContainerSpec, Containers } from '../domain/containers.ts';
import type { Volumes } from '../domain/volumes.ts';
import { SHARED_LABEL } from '../domain/whose-volume.ts';
import type { StoragePorts } from './storage-ports.ts';

/** Root's, written by the group, and new files are the group's too. */
const SHARED_MODE = 0o2775;

/**
 * The containers of the engine, with their volumes seen to before one is made: none that is being restored or deleted is
 * mounted (VOLUME-002), shared ones belong to their group, a person's has its size where the engine keeps it.
 */
export function prepareMounts(
  containers: Containers,
  ports: Pick<StoragePorts, 'volumes' | 'holds' | 'restores' | 'quota' | 'instance'> & {
    readonly sharedGid: number;
  },
): Containers {
  const { volumes, holds, quota, instance, sharedGid } = ports;
  // One preparation each, which all who start at once wait for; one that failed is tried again.
  const shared = new Map<string, Promise<void>>();

  const share = (name: string): Promise<void> => {
    const known = shared.get(name);
    if (known !== undefined) return known;
    const made = shareVolume(volumes, name, { instance, gid: sharedGid });
    shared.set(name, made);
    made.catch(() => shared.delete(name));
    return made;
  };

  const prepare = async (spec: ContainerSpec): Promise<void> => {
    for (const mount of spec.mounts) {
      if (mount.type !== 'volume') continue;
      holds.check(mount.source);
      if (mount.shared === true) await share(mount.source);
      else if (mount.personal === true && quota.action === 'hard' && quota.bytes !== null) {
        const labels = { [LABEL.hub]: instance, [LABEL.user]: spec.labels[LABEL.user] ?? '' };
        await volumes.create({ name: mount.source, labels, size: quota.bytes });
      }
    }
  };

  return {
    ...containers,
    async create(spec, signal) {
      await ports.restores.known();
      await prepare(spec);
      // Once more: the preparation may have taken a moment.
      for (const { source } of spec.mounts) holds.check(source);
      return containers.create(spec, signal);
    },
  };
}

/** A volume that is there already and not of our making stays as its administrator made it. */
async function shareVolume(
  volumes: Volumes,
  name: string,
  { instance, gid }: { readonly instance: string; readonly gid: number },
): Promise<void> {
  const there = await volumes.find(name);
  if (there !== null && there.labels[SHARED_LABEL] === undefined) return;
  if (there === null) {
    await volumes.create({ name, labels: { [LABEL.hub]: instance, [SHARED_LABEL]: 'yes' }, size: null });
  }
  const { empty, top } = await volumes.look(name);
  // With files in it somebody may have chosen other rights since.
  if (there !== null && !empty) return;
  if (top.gid !== gid || top.mode !== SHARED_MODE) {
    await volumes.grant(name, { uid: 0, gid, mode: SHARED_MODE });
  }
}
