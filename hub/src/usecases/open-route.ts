import { isAdmitted } from '../domain/admission.ts';
import { type Server, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Whether the proxy may lead to this person's servers. Those who left the userlist lose the way at once, and
 * keep the server for the grace: nothing that happens to it meanwhile may open the way again.
 */
export function mayEnter(ports: Pick<SpawnPorts, 'admission' | 'store'>, user: string): boolean {
  return isAdmitted(ports.admission(), user, ports.store.users.get(user));
}

/**
 * Tells the proxy where a server is, and whether it sleeps, unless its owner may not come in.
 *
 * @throws Problem SPAWN-170
 */
export async function openRoute(
  ports: Pick<SpawnPorts, 'admission' | 'store' | 'settings' | 'routes'>,
  server: Pick<Server, 'user' | 'name'>,
  target: string,
  asleep = false,
): Promise<void> {
  if (!mayEnter(ports, server.user)) return;
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  await ports.routes.add({ path, target, user: server.user, server: server.name, asleep });
}
