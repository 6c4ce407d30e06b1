import { isOpen, type Server, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * An engine gives the address of a container that has ended to the next one. If the end was not heard of yet, the proxy
 * would lead the former one's people, with their cookies, into somebody else's server: that way is closed before the new
 * server is asked for its first answer. Between its start and that, milliseconds, it can be met: the engine tells an
 * address only of what runs. Whose record it is gets looked after by the event of the end, or by the next look at everything.
 *
 * @param target of the server that has the address now, as `http://172.18.0.5:8888`.
 * @throws Problem SPAWN-170 when the proxy does not take the way away.
 */
export async function clearAddress(
  { store, routes, settings, log }: Pick<SpawnPorts, 'store' | 'routes' | 'settings' | 'log'>,
  { user, name }: Pick<Server, 'user' | 'name'>,
  target: string,
): Promise<void> {
  const address = target.slice(0, target.lastIndexOf(':') + 1);
  for (const other of store.servers.values()) {
    if (other.user === user && other.name === name) continue;
    if (!isOpen(other) || other.target?.startsWith(address) !== true) continue;
    await routes.remove(serverPath(settings.baseUrl, other.user, other.name));
    log.warn(
      { user: other.user, server: other.name, address: target, of: user },
      'its address is another server’s by now: nobody is led there any more',
    );
  }
}
