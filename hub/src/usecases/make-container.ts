import { containerSpec, ownerOf } from '../domain/container-spec.ts';
import type { ContainerSpec } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { namesakesVolume, volumeCandidates } from '../domain/slug.ts';
import { keptVolume, volumesOfOthers } from './kept-volume.ts';
import type { Life } from './lives.ts';
import { moveOnDisk } from './move-on-disk.ts';
import { revokeAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import { machineFor } from './volume-homes.ts';
import { within } from './within.ts';

/**
 * Creates and starts the container of a server that is on its way; its id. Each step is on the disk before it is done.
 *
 * @throws Problem SPAWN-150 when the engine takes longer than a start may, SPAWN-131 when no name of a volume is free,
 *   SPAWN-141 when somebody else's container has the name.
 */
export async function makeContainer(
  ports: SpawnPorts,
  server: Server,
  chosen: { readonly token: string; readonly gpus: readonly string[] },
  life: Life,
  story: SpawnStory,
): Promise<string> {
  const { containers, settings } = ports;
  const seconds = Math.round(settings.startTimeout / 1000);
  const late = new Problem('SPAWN-150', { detail: `it did not make the container within ${seconds} s` });
  return within(ports.clock, settings.startTimeout, late, life.signal, async (signal) => {
    const volume = server.volumeName ?? (await chooseVolume(ports, server.user));
    const { cluster } = ports;
    const machine = cluster === undefined ? null : await machineFor(ports, cluster, volume, signal);
    const { signer } = ports.guard;
    const doorToken = signer.doorToken(serverKey(server.user, server.name), server.generation);
    const spec = containerSpec(settings, server, {
      ...chosen,
      volume,
      machine,
      web: { doorToken, visitKey: signer.key },
    });
    const { image, memory, cpus, memoryGuarantee, cpuGuarantee } = settings;
    const grant = { memory, cpus, memoryGuarantee, cpuGuarantee, gpus: chosen.gpus };
    const web = settings.web ?? null;
    await moveOnDisk(
      ports,
      server,
      'creating',
      { image, web, grant, containerName: spec.name, volumeName: volume },
      // A web application has nothing to ask the hub: no token of it may do anything.
      (drafts) => web !== null && revokeAccess(ports, server, drafts),
    );
    story.tell('creating', 'Making the container');
    const id = await create(ports, spec, server, signal);
    signal.throwIfAborted();
    await moveOnDisk(ports, server, 'starting', { containerId: id });
    story.tell('starting', 'Starting the container');
    await containers.start(id, signal);
    signal.throwIfAborted();
    return id;
  });
}

/**
 * The volume that is the person's already, if there is one; else files that are there, whichever naming rule made
 * their volume; else a fresh one by the newest rule. Never one that is somebody else's: who was renamed keeps the
 * volume of the old name, also after they left, and a newcomer of that name gets another.
 */
async function chooseVolume(ports: SpawnPorts, user: string): Promise<string> {
  const own = keptVolume(ports.store, user);
  if (own !== null) return own;
  const taken = volumesOfOthers(ports.store, user);
  const { volumeTemplate } = ports.settings;
  const candidates = volumeCandidates(volumeTemplate, user).filter((name) => !taken.has(name));
  const fresh = candidates.at(-1) ?? namesakesVolume(volumeTemplate, user, (name) => taken.has(name));
  if (fresh === null) {
    throw new Problem('SPAWN-131', { detail: `a volume named after ${volumeTemplate}` });
  }
  return (await ports.containers.findVolume(candidates)) ?? fresh;
}

/** A leftover of this very server gives way, once; anything else of that name is not ours to touch. */
async function create(
  ports: SpawnPorts,
  spec: ContainerSpec,
  server: Server,
  signal: AbortSignal,
): Promise<string> {
  const { containers, settings } = ports;
  try {
    return await containers.create(spec, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'SPAWN-141') throw error;
    const there = await containers.inspect(spec.name, settings.network);
    const owner = there === null ? null : ownerOf(there, settings.instance);
    if (there !== null) {
      if (owner === null || serverKey(owner.user, owner.server) !== serverKey(server.user, server.name)) {
        throw error;
      }
      await containers.remove(there.id);
    }
    return containers.create(spec, signal);
  }
}
