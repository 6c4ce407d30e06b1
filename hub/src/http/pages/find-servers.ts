import { holds, limitsOf, type Scopes } from '../../domain/scope.ts';
import { isActive, isStarting, type Server, serverKey } from '../../domain/server.ts';
import type { Tables } from '../../domain/store.ts';
import type { Usage } from '../../domain/usage.ts';
import type { ServerFilter, ServerSort, ServersQuery } from '../views/servers-props.ts';

const IDLE_MS = 3_600_000;

interface Around {
  readonly tables: Tables;
  readonly usage: Usage;
  readonly now: number;
}

/** All servers that match, in the wanted order; users and names decide between equals. */
export interface FoundServers {
  readonly known: number;
  readonly running: number;
  readonly matching: readonly Server[];
}

/** Of the servers that the caller may read. */
export function findServers(around: Around, scopes: Scopes, query: ServersQuery): FoundServers {
  const visible = visibleTo(around.tables, scopes);
  const fits = filterOf(query.show, around.now);
  const part = query.q.trim().toLowerCase();
  const matching = visible.filter(
    (server) => fits(server) && (part === '' || wordsOf(server).includes(part)),
  );
  const by = comparing(query.sort, around);
  const sign = query.order === 'asc' ? 1 : -1;
  matching.sort((a, b) => sign * by(a, b) || sign * byKey(a, b));
  return { known: visible.length, running: visible.filter(isActive).length, matching };
}

/** The part of them that the address asks for. */
export function pageOf(matching: readonly Server[], { page, size }: ServersQuery): readonly Server[] {
  return matching.slice((page - 1) * size, page * size);
}

function visibleTo(tables: Tables, scopes: Scopes): readonly Server[] {
  const limits = limitsOf(scopes, 'read:servers');
  if (limits === null) return [];
  const all = [...tables.servers.values()];
  if (limits === 'all') return all;
  const groupsOf = (user: string) => tables.users.get(user)?.groups ?? [];
  return all.filter(({ user, name }) =>
    holds(scopes, 'read:servers', { kind: 'server', value: serverKey(user, name) }, groupsOf),
  );
}

function filterOf(show: ServerFilter, now: number): (server: Server) => boolean {
  switch (show) {
    case 'all':
      return () => true;
    case 'up':
      return isActive;
    case 'busy':
      return (server) => isStarting(server) || server.state === 'stopping';
    case 'idle':
      return (server) =>
        server.state === 'ready' && now - Math.max(server.lastActivity ?? 0, server.started ?? 0) >= IDLE_MS;
    default:
      return (server) => server.state === show;
  }
}

function wordsOf({ user, name, image, options }: Server): string {
  return `${user}/${name} ${image ?? ''} ${typeof options.profile === 'string' ? options.profile : ''}`.toLowerCase();
}

type Compare = (a: Server, b: Server) => number;

function comparing(sort: ServerSort, { usage }: Around): Compare {
  const now = (server: Server) => usage.of(serverKey(server.user, server.name));
  const numbers: Partial<Record<ServerSort, (server: Server) => number>> = {
    // The longest first, the latest first, the most first: what is looked for.
    since: (server) => server.started ?? Number.POSITIVE_INFINITY,
    idle: (server) => -(server.lastActivity ?? 0),
    cpu: (server) => -(now(server)?.cores ?? -1),
    memory: (server) => -(now(server)?.memory ?? -1),
  };
  const value = numbers[sort];
  if (value !== undefined) return (a, b) => value(a) - value(b) || 0;
  if (sort === 'state') return (a, b) => byWord(a.state, b.state);
  if (sort === 'image') return (a, b) => byWord(a.image ?? '', b.image ?? '');
  return byKey;
}

function byKey(a: Server, b: Server): number {
  return byWord(a.user, b.user) || byWord(a.name, b.name);
}

function byWord(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
