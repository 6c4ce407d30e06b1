import { Problem } from '../domain/problem.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { moveInMemory } from './move-on-disk.ts';
import { noteActivity } from './note-activity.ts';
import { openRoute } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Wakes a server that sleeps. Resolves when its processes run and the proxy lets through whoever waited; joins a
 * wake that is under way. A server that is not frozen is returned as it is.
 *
 * @throws Problem SPAWN-1xx when engine or proxy fail: it stays frozen, and may be woken again.
 */
export type WakeServer = (server: Pick<Server, 'user' | 'name'>) => Promise<Server>;

/** Things done to it that may have to be waited for, one after the other, before giving up. */
const TURNS = 5;

export function makeWakeServer(ports: SpawnPorts): WakeServer {
  const waking = new Map<string, Promise<Server>>();

  return async ({ user, name }) => {
    const key = serverKey(user, name);
    for (let turn = 0; turn < TURNS; turn += 1) {
      const joined = waking.get(key);
      if (joined !== undefined) return joined;
      const life = ports.lives.get(user, name);
      if (life === undefined) {
        const server = ports.store.servers.get(key);
        if (server === undefined) throw new Problem('HTTP-404');
        return server.state === 'frozen' ? begin(ports, waking, server) : server;
      }
      await life.done;
    }
    throw new Problem('SERVER-001', { detail: 'The server is being started and stopped by somebody.' });
  };
}

function begin(ports: SpawnPorts, waking: Map<string, Promise<Server>>, frozen: Server): Promise<Server> {
  const { user, name } = frozen;
  const key = serverKey(user, name);
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  waking.set(key, promise);
  ports.lives.begin(user, name, 'repair', async () => {
    try {
      resolve(await wake(ports, frozen));
    } catch (error) {
      reject(error);
    } finally {
      waking.delete(key);
    }
  });
  return promise;
}

/**
 * In memory only before the side effect: a hub that dies in between finds a frozen record and a container that
 * runs, and makes it ready. Waiting for the disk would be most of what a person waits for.
 */
async function wake(ports: SpawnPorts, frozen: Server): Promise<Server> {
  const { user, name, containerId, target } = frozen;
  const began = ports.clock.now();
  moveInMemory(ports, frozen, 'ready');
  try {
    if (containerId !== null) await ports.containers.unpause(containerId);
    if (target !== null) await openRoute(ports, frozen, target);
  } catch (error) {
    moveInMemory(ports, frozen, 'frozen');
    throw error;
  }
  // Whoever woke it is there: the culler begins to count anew.
  noteActivity(ports, user, name, ports.clock.now(), 'person');
  ports.log.info({ user, server: name, ms: Math.round(ports.clock.now() - began) }, 'server woken');
  return ports.store.servers.get(serverKey(user, name)) ?? frozen;
}
