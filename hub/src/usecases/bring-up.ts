import { containerSpec, ownerOf } from '../domain/container-spec.ts';
import type { ContainerSpec } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import { namesakesVolume, volumeCandidates } from '../domain/slug.ts';
import { awaitAnswer } from './await-answer.ts';
import { awaitMachine } from './await-machine.ts';
import { endFailedStart } from './end-failed-start.ts';
import { fetchImage } from './fetch-image.ts';
import type { Life } from './lives.ts';
import { moveInMemory, moveOnDisk } from './move-on-disk.ts';
import { openRoute } from './open-route.ts';
import { revokeAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { SpawnStory } from './spawn-story.ts';
import type { Place } from './start-line.ts';
import { takePlace } from './take-place.ts';
import { takeTurn } from './take-turn.ts';
import { machineFor } from './volume-homes.ts';
import { within } from './within.ts';

/**
 * Takes a queued server up until it is ready, or leaves it failed with its reason. When the life is
 * cancelled it lets everything lie as it is: whoever cancelled takes it down.
 */
export async function bringUp(ports: SpawnPorts, queued: Server, token: string, life: Life): Promise<void> {
  // Drawn before the download: whoever came first goes first.
  const ticket = ports.line.drawTicket();
  await tellingTheEnd(ports, queued, life, async (story) => {
    const settings = ports.plan(queued);
    await fetchImage(ports, queued, settings, life.signal, story);
    const place = await takePlace(ports, queued, settings, ticket, life.signal, story);
    try {
      const own = { ...ports, settings };
      const container = await getMachine(own, queued, { token, place }, life, story);
      await open(own, queued, container, life, story);
    } finally {
      place.answered();
    }
  });
}

/** Makes the container, and on many machines waits until one of them runs it; its id. */
async function getMachine(
  ports: SpawnPorts,
  queued: Server,
  { token, place }: { readonly token: string; readonly place: Place },
  life: Life,
  story: SpawnStory,
): Promise<string> {
  const done = await takeTurn(ports, queued, life.signal, story);
  try {
    const container = await makeContainer(ports, queued, { token, gpus: place.gpus }, life, story);
    await awaitMachine(ports, queued, container, life, story, () => place.answered());
    moveInMemory(ports, queued, 'waiting');
    return container;
  } finally {
    done();
  }
}

/** As {@link bringUp}, for a start whose container runs already: the hub was restarted meanwhile. */
export async function resumeWaiting(
  ports: SpawnPorts,
  server: Server,
  containerId: string,
  life: Life,
): Promise<void> {
  await tellingTheEnd(ports, server, life, (story) => {
    const own = { ...ports, settings: ports.plan(server) };
    return open(own, server, containerId, life, story);
  });
}

async function tellingTheEnd(
  ports: SpawnPorts,
  server: Server,
  life: Life,
  work: (story: SpawnStory) => Promise<void>,
): Promise<void> {
  const story = new SpawnStory(ports, server.user, server.name);
  try {
    await work(story);
  } catch (error) {
    if (life.signal.aborted) return;
    await endFailedStart(ports, server, story, error);
  }
}

/** Creates and starts the container; its id. */
async function makeContainer(
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
 * The volume of the person's other servers, if they have any; else files that are there already, whichever
 * naming rule made their volume; else a fresh one by the newest rule. Never one that is somebody else's:
 * who was renamed keeps the volume of the old name, and a newcomer of that name gets another.
 */
async function chooseVolume(ports: SpawnPorts, user: string): Promise<string> {
  const own = ports.store.servers.where('user', user).find((server) => server.volumeName !== null);
  if (own?.volumeName != null) return own.volumeName;
  const taken = new Set([...ports.store.servers.values()].map((server) => server.volumeName));
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

/** Waits for the answer, then lets people in. */
async function open(
  ports: SpawnPorts,
  server: Server,
  containerId: string,
  life: Life,
  story: SpawnStory,
): Promise<void> {
  const { user, name } = server;
  const target = await awaitAnswer(ports, server, containerId, life, story);
  const path = serverPath(ports.settings.baseUrl, user, name);
  // Whoever was let into the last start of it comes by again.
  ports.guard.book.void(server);
  const notBefore = ports.guard.book.notBefore(server);
  await openRoute(ports, server, target);
  ports.guard.book.told(server, notBefore);
  life.signal.throwIfAborted();
  const now = ports.clock.now();
  await moveOnDisk(ports, server, 'ready', { containerId, target, lastActivity: now, lastPersonal: now });
  story.tell('ready', `Server ready at ${path}`);
  ports.log.info({ user, server: name, target }, 'server ready');
}
