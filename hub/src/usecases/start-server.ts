import { Problem } from '../domain/problem.ts';
import {
  isStarting,
  type Moved,
  newServer,
  type Server,
  serverKey,
  type UserOptions,
} from '../domain/server.ts';
import { bringUp } from './bring-up.ts';
import { queueStart } from './queue-start.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { makeWakeServer, type WakeServer } from './wake-server.ts';

export interface StartRequest {
  readonly user: string;
  /** The empty name is the default server. */
  readonly server: string;
  readonly options: UserOptions;
  /** Who asked; for the log. */
  readonly by: string;
  /** The schedule that asked, if it was one. */
  readonly schedule?: string | undefined;
  /** It goes on here because it lost its machine. */
  readonly moved?: Moved | undefined;
}

/**
 * Starts a server. Resolves when the wish is on the disk (`queued`); the rest goes on behind, and
 * `follow-spawn` tells of it. A second request joins the running start; a ready server is returned as it is, a frozen one is woken.
 *
 * @throws Problem HTTP-404 for a user who is not there, HTTP-400 for a choice that is not theirs, SERVER-001 while the server is stopping, STORE-001
 *   when the wish cannot be written: then nothing has happened.
 */
export type StartServer = (request: StartRequest) => Promise<Server>;

export function makeStartServer(ports: SpawnPorts, wake: WakeServer = makeWakeServer(ports)): StartServer {
  // Of each start that is not on the disk yet, so that a second request waits for the same write.
  const queueing = new Map<string, Promise<Server>>();

  return async (request) => {
    const key = serverKey(request.user, request.server);
    await afterRepair(ports, request);
    const joined = queueing.get(key);
    if (joined !== undefined) return joined;

    const server = ports.store.servers.get(key) ?? newServer(request.user, request.server);
    if (server.state === 'frozen') return wake(server);
    if (server.state === 'ready' || isStarting(server)) return server;
    if (server.state === 'stopping' || ports.lives.get(request.user, request.server) !== undefined) {
      throw new Problem('SERVER-001', { detail: 'The server is still stopping. Try again in a moment.' });
    }
    const options = ports.plan.check(request.user, request.options);
    const queued = begin(ports, { ...request, options }, server);
    queueing.set(key, queued);
    const forget = () => queueing.delete(key);
    queued.then(forget, forget);
    return queued;
  };
}

/** Burying what died before is quick; whoever starts again at once need not hear of it. */
async function afterRepair(ports: SpawnPorts, request: StartRequest): Promise<void> {
  const life = ports.lives.get(request.user, request.server);
  const server = ports.store.servers.get(serverKey(request.user, request.server));
  const ending = life?.kind === 'repair' || (life?.kind === 'start' && server?.state === 'failed');
  if (life === undefined || !ending) return;
  const patience = AbortSignal.timeout(ports.settings.stopGraceSeconds * 1000 + 5_000);
  await Promise.race([
    life.done,
    new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve(), { once: true })),
  ]);
}

function begin(ports: SpawnPorts, request: StartRequest, before: Server): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  ports.lives.begin(request.user, request.server, 'start', async (life) => {
    let accepted: { server: Server; token: string };
    try {
      accepted = await queueStart(ports, before, request.options, request);
    } catch (error) {
      return reject(error);
    }
    const { server, token } = accepted;
    resolve(server);
    ports.log.info({ user: server.user, server: server.name, by: request.by }, 'start requested');
    await bringUp(ports, server, token, life);
  });
  return promise;
}
