import { isAdmitted } from '../domain/admission.ts';
import type { GuardedWay } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { visitGuard } from './visit-guard.ts';

/**
 * Whether the proxy may lead to this person's servers. Those who left the userlist lose the way at once, and
 * keep the server for the grace: nothing that happens to it meanwhile may open the way again.
 */
export function mayEnter(ports: Pick<SpawnPorts, 'admission' | 'store'>, user: string): boolean {
  return isAdmitted(ports.admission(), user, ports.store.users.get(user));
}

export type WayPorts = Pick<SpawnPorts, 'admission' | 'store' | 'settings' | 'routes' | 'guard'>;

/**
 * Tells the proxy where a server is, whether it sleeps, and for a web application that it must be guarded, unless its
 * owner may not come in.
 *
 * @throws Problem SPAWN-170; SPAWN-171 for a web application behind a proxy that guards nothing.
 */
export async function openRoute(
  ports: WayPorts,
  server: Pick<Server, 'user' | 'name'>,
  target: string,
  asleep = false,
): Promise<void> {
  if (!mayEnter(ports, server.user)) return;
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  const guarded = guardedWay(ports, server);
  if (guarded !== null && !(await ports.guard.canGuard())) throw new Problem('SPAWN-171');
  await ports.routes.add({
    path,
    target,
    user: server.user,
    server: server.name,
    asleep,
    ...(guarded === null ? {} : { guarded }),
  });
}

function guardedWay(ports: WayPorts, { user, name }: Pick<Server, 'user' | 'name'>): GuardedWay | null {
  const server = ports.store.servers.get(serverKey(user, name));
  if (server === undefined || server.web === null) return null;
  const { tokenHeader, stripPrefix } = server.web;
  const { signer } = ports.guard;
  return {
    ...visitGuard(ports, server),
    stripPrefix,
    headers:
      tokenHeader === null
        ? {}
        : { [tokenHeader.name]: signer.doorToken(serverKey(user, name), server.generation) },
  };
}
