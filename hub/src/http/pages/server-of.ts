import { Problem } from '../../domain/problem.ts';
import { holds } from '../../domain/scope.ts';
import { newServer, type Server, serverKey } from '../../domain/server.ts';
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
