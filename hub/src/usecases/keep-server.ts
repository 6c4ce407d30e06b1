import type { CullSettings } from '../domain/cull-settings.ts';
import { Problem } from '../domain/problem.ts';
import { isActive, type Server, serverKey } from '../domain/server.ts';
import { serverPolicy } from './server-policy.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Leaves a server alone for `settings.keep` seconds from now, or for `seconds` if that is less, however idle it is.
 * Its age ends it all the same. Never shortens what was asked before.
 *
 * @throws Problem HTTP-404 when there is none; SERVER-001 when it does not run; STORE-001.
 */
export type KeepServer = (which: {
  readonly user: string;
  readonly server: string;
  readonly seconds?: number | undefined;
  readonly by: string;
}) => Promise<Server>;

export function makeKeepServer(
  ports: Pick<SpawnPorts, 'store' | 'plan' | 'clock' | 'log'>,
  settings: CullSettings,
): KeepServer {
  const { store, clock, log } = ports;

  return async ({ user, server: name, seconds, by }) => {
    const kept = await store.change((drafts) => {
      const server = store.servers.get(serverKey(user, name));
      if (server === undefined) throw new Problem('HTTP-404');
      if (!isActive(server) || server.state === 'stopping') {
        throw new Problem('SERVER-001', { detail: 'The server does not run: there is nothing to keep.' });
      }
      const { maxAge } = serverPolicy(ports, settings, server);
      const wanted = clock.now() + Math.min(seconds ?? settings.keep, settings.keep) * 1000;
      const end = maxAge === null ? wanted : Math.min(wanted, (server.started ?? 0) + maxAge * 1000);
      const next: Server = { ...server, keepUntil: Math.max(end, server.keepUntil ?? 0) };
      drafts.servers.put(next);
      return next;
    });
    log.info({ user, server: name, by, until: kept.keepUntil }, 'server kept from the culler');
    return kept;
  };
}
