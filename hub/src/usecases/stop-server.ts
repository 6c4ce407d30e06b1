import { Problem } from '../domain/problem.ts';
import { isActive, isStarting, type Server, type StopReason, serverKey } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { SpawnStory, sentenceOf } from './spawn-story.ts';
import { takeDown } from './take-down.ts';

export interface StopRequest {
  readonly user: string;
  readonly server: string;
  readonly why: StopReason['why'];
  /** One sentence for the owner's home page. */
  readonly detail: string;
}

/**
 * Stops a server, at whatever step it is. Resolves when its container is gone; a second request waits for the
 * same stop. A server that is not running is returned as it is.
 *
 * @throws Problem HTTP-404 when there is no such server; SPAWN-150 when the engine does not answer: the server
 *   stays `stopping`, and `reconcile` finishes it.
 */
export type StopServer = (request: StopRequest) => Promise<Server>;

/** Starts that may have to be waited for, one after the other, before giving up. */
const TURNS = 5;

export function makeStopServer(ports: SpawnPorts): StopServer {
  const stopping = new Map<string, Promise<Server>>();

  return async (request) => {
    const key = serverKey(request.user, request.server);
    for (let turn = 0; turn < TURNS; turn += 1) {
      const joined = stopping.get(key);
      if (joined !== undefined) return joined;
      const life = ports.lives.get(request.user, request.server);
      if (life === undefined) return begin(ports, stopping, request);
      if (life.kind === 'start') {
        life.cancel(new Problem('SPAWN-160'));
        life.nudge();
      }
      await life.done;
    }
    throw new Problem('SERVER-001', { detail: 'The server is being started again and again by somebody.' });
  };
}

async function begin(
  ports: SpawnPorts,
  stopping: Map<string, Promise<Server>>,
  request: StopRequest,
): Promise<Server> {
  const key = serverKey(request.user, request.server);
  const server = ports.store.servers.get(key);
  if (server === undefined) throw new Problem('HTTP-404');
  if (!isActive(server)) return server;
  const story = new SpawnStory(ports, server.user, server.name);
  if (isStarting(server)) {
    const cancelled = new Problem('SPAWN-160');
    story.tell('stopping', sentenceOf(cancelled), { code: cancelled.code });
  }
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  stopping.set(key, promise);
  ports.lives.begin(server.user, server.name, 'stop', async () => {
    try {
      const reason = { at: ports.clock.now(), why: request.why, detail: request.detail };
      const stopped = await takeDown(ports, server, reason);
      story.tell('stopped', `Stopped: ${request.detail}`);
      resolve(stopped);
    } catch (error) {
      reject(error);
    } finally {
      stopping.delete(key);
    }
  });
  return promise;
}
