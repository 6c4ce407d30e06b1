import { Problem } from '../domain/problem.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { requireAbility } from './require-ability.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What it stands on. */
type LimitPorts = Pick<SpawnPorts, 'store' | 'lives' | 'log'> & {
  readonly containers: Pick<SpawnPorts['containers'], 'limit' | 'abilities'>;
};

/** New limits; what is absent stays. */
export interface Limits {
  /** Bytes. */
  readonly memory?: number;
  /** Cores. */
  readonly cpus?: number;
}

/**
 * Changes the limits of a running server without stopping it. The next start has those of its profile again.
 *
 * @throws Problem HTTP-404; SERVER-001 when it does not run or something is being done to it; SERVER-002 when the
 *   engine refuses, as it does for less memory than is in use; SPAWN-150, STORE-001.
 */
export type LimitServer = (of: Pick<Server, 'user' | 'name'>, limits: Limits) => Promise<Server>;

export function makeLimitServer(ports: LimitPorts): LimitServer {
  return async ({ user, name }, limits) => {
    const server = ports.store.servers.get(serverKey(user, name));
    if (server === undefined) throw new Problem('HTTP-404');
    requireAbility(ports.containers, 'limit');
    if (
      server.state !== 'ready' ||
      server.containerId === null ||
      ports.lives.get(user, name) !== undefined
    ) {
      throw new Problem('SERVER-001', { detail: 'Limits can be changed while the server runs.' });
    }
    const least = server.grant?.memoryGuarantee ?? 0;
    if (limits.memory !== undefined && limits.memory < least) {
      throw new Problem('SERVER-002', { detail: `It is promised ${least} bytes of memory.` });
    }
    const { containerId } = server;
    const { promise, resolve, reject } = Promise.withResolvers<Server>();
    // As its only life: a stop that comes now waits for the engine's answer.
    ports.lives.begin(user, name, 'repair', () =>
      change(ports, server, containerId, limits).then(resolve, reject),
    );
    return promise;
  };
}

async function change(
  ports: LimitPorts,
  server: Server,
  containerId: string,
  limits: Limits,
): Promise<Server> {
  const { user, name } = server;
  try {
    await ports.containers.limit(containerId, limits);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'SPAWN-199') throw error;
    throw new Problem('SERVER-002', { detail: String(error.facts.detail) }, { cause: error });
  }
  const changed = await ports.store.change((drafts) => {
    const now = ports.store.servers.get(serverKey(user, name));
    if (now?.generation !== server.generation || now.grant === null) return server;
    const next: Server = { ...now, grant: { ...now.grant, ...limits } };
    drafts.servers.put(next);
    return next;
  });
  ports.log.info({ user, server: name, ...limits }, 'limits changed');
  return changed;
}
