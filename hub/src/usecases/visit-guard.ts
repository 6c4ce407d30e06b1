import type { GuardedWay } from '../domain/ports.ts';
import { type Server, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What the proxy must know to let in only those who may be in this server: one visit is for all that is below its path. */
export function visitGuard(
  { settings, guard }: Pick<SpawnPorts, 'settings' | 'guard'>,
  server: Pick<Server, 'user' | 'name'>,
): Omit<GuardedWay, 'stripPrefix' | 'headers'> {
  return {
    key: guard.signer.key,
    audience: serverPath(settings.baseUrl, server.user, server.name),
    notBefore: guard.book.notBefore(server),
    door: `${settings.baseUrl}hub/guard`,
    renew: `${settings.baseUrl}hub/guard/renew`,
    secure: settings.publicOrigin.startsWith('https:'),
  };
}
