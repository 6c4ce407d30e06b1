import { type Server, serverPath } from '../domain/server.ts';
import { awaitAnswer } from './await-answer.ts';
import { awaitMachine } from './await-machine.ts';
import { endFailedStart } from './end-failed-start.ts';
import { fetchImage } from './fetch-image.ts';
import type { Life } from './lives.ts';
import { makeContainer } from './make-container.ts';
import { moveInMemory, moveOnDisk } from './move-on-disk.ts';
import { openRoute } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { SpawnStory } from './spawn-story.ts';
import type { Place } from './start-line.ts';
import { takePlace } from './take-place.ts';
import { takeTurn } from './take-turn.ts';

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
