import { Problem } from '../../domain/problem.ts';
import { holds } from '../../domain/scope.ts';
import { newServer, type Server, serverKey } from '../../domain/server.ts';
import { isServerName } from '../../domain/server-name.ts';
import { isUsername } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { Person } from './signed-in.ts';

/**
 * The server that an address names, if this person has the scope on it. What they may not see and what is
 * not there look the same.
 *
 * @throws Problem HTTP-404.
 */
export function serverOf(hub: Hub, person: Person, need: string, user: string, name: string): Server {
  const groupsOf = (other: string) => hub.tables.users.get(other)?.groups ?? [];
  const key = serverKey(user, name);
  const allowed = isUsername(user) && holds(person.scopes, need, { kind: 'server', value: key }, groupsOf);
  if (!allowed || hub.tables.users.get(user) === undefined) throw new Problem('HTTP-404');
  const server = hub.tables.servers.get(key);
  if (server !== undefined) return server;
  // The default server is everybody's from the first day; a named one must have been made.
  if (name !== '') throw new Problem('HTTP-404');
  return newServer(user);
}

/**
 * As {@link serverOf}, and a named server that could be made by starting it.
 *
 * @throws Problem HTTP-404; SERVER-001 when the person has as many named servers as they may.
 */
export function startableOf(hub: Hub, person: Person, user: string, name: string): Server {
  const limit = hub.settings.namedServers;
  const there = hub.tables.servers.get(serverKey(user, name)) !== undefined;
  if (name === '' || there || limit === null || !isServerName(name)) {
    return serverOf(hub, person, 'servers', user, name);
  }
  // Of whom this person may start the default server they may make others.
  serverOf(hub, person, 'servers', user, '');
  const named = hub.tables.servers.where('user', user).filter((server) => server.name !== '').length;
  if (limit > 0 && named >= limit) {
    throw new Problem('SERVER-001', {
      detail: `At most ${limit} named servers are allowed. Remove one first.`,
    });
  }
  return newServer(user, name);
}
