import { portsPath } from '../domain/port-forwarder.ts';
import type { Route } from '../domain/ports.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import { moveInMemory, moveOnDisk } from './move-on-disk.ts';
import { openRoute } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What came of it: `in-use` when somebody used it in the last moment, and it goes on as if nothing had been. */
export type Freezing = 'frozen' | 'in-use' | 'moved-on';

/**
 * Puts an idle server to sleep: on the disk first, then nobody new is let in at the proxy, then, when nobody is
 * inside, its container is paused. `askedAt` is when it was last known to be idle: whatever a person did since
 * keeps it awake.
 *
 * @throws Problem SPAWN-1xx when proxy or engine fail; the server then goes on, awake.
 */
export type FreezeServer = (server: Server, askedAt: number) => Promise<Freezing>;

/** A page's own questions take milliseconds; whoever is still being answered after this is a download. */
const DRAIN_MS = 2_000;
const DRAIN_PAUSE_MS = 50;
/** The proxy's clock ticks this often, and is another process's. */
const CLOCK_MS = 1_000;

export function makeFreezeServer(ports: SpawnPorts): FreezeServer {
  return async (asked, askedAt) => {
    const { user, name } = asked;
    const server = ports.store.servers.get(serverKey(user, name));
    const free = ports.lives.get(user, name) === undefined;
    if (!free || server?.state !== 'ready' || server.generation !== asked.generation) return 'moved-on';
    const { containerId: id, target } = server;
    if (id === null || target === null) return 'moved-on';
    const { promise, resolve, reject } = Promise.withResolvers<Freezing>();
    ports.lives.begin(user, name, 'repair', () =>
      freeze(ports, { ...server, containerId: id, target }, askedAt).then(resolve, reject),
    );
    return promise;
  };
}

type Running = Server & { readonly containerId: string; readonly target: string };

async function freeze(ports: SpawnPorts, server: Running, askedAt: number): Promise<Freezing> {
  const { user, name } = server;
  if (isUsed(await routesOf(ports, server), askedAt)) return 'in-use';
  await moveOnDisk(ports, server, 'frozen');
  try {
    await openRoute(ports, server, server.target, true);
    if (await staysInUse(ports, server, askedAt)) {
      await goOn(ports, server);
      return 'in-use';
    }
    await ports.containers.pause(server.containerId);
  } catch (error) {
    await goOn(ports, server);
    throw error;
  }
  ports.log.info({ user, server: name }, 'server frozen');
  return 'frozen';
}

/** Whether somebody is being answered and does not come to an end, or has done something since. */
async function staysInUse(ports: SpawnPorts, server: Running, askedAt: number): Promise<boolean> {
  const late = AbortSignal.timeout(DRAIN_MS);
  for (;;) {
    const routes = await routesOf(ports, server);
    if (!isUsed(routes, askedAt)) return false;
    if (!isAnswered(routes) || late.aborted) return true;
    await ports.clock.sleep(DRAIN_PAUSE_MS);
  }
}

function isUsed(routes: readonly Route[], askedAt: number): boolean {
  return isAnswered(routes) || routes.some((route) => (route.lastPersonal ?? 0) > askedAt + CLOCK_MS);
}

function isAnswered(routes: readonly Route[]): boolean {
  return routes.some((route) => (route.openRequests ?? 0) > 0);
}

/** Its own, and the one to its ports: whoever uses a program of a server uses the server. */
async function routesOf(ports: SpawnPorts, { user, name }: Server): Promise<readonly Route[]> {
  const { baseUrl } = ports.settings;
  const [path, programs] = [serverPath(baseUrl, user, name), portsPath(baseUrl, { user, name })];
  const isIts = (route: Route) => route.path === path || (route.ports === true && route.path === programs);
  return (await ports.routes.list()).filter((route) => route.user === user && isIts(route));
}

/** As if nothing had been. What fails here is put right by the next look: the record says that it runs. */
async function goOn(ports: SpawnPorts, server: Running): Promise<void> {
  const where = { user: server.user, server: server.name };
  const report = (error: unknown) =>
    ports.log.warn({ ...where, error: String(error) }, 'left for the next look: it could not be kept awake');
  moveInMemory(ports, server, 'ready');
  await ports.containers.unpause(server.containerId).catch(report);
  await openRoute(ports, server, server.target).catch(report);
}
