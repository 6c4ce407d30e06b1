import { isAdmin, type Roles } from '../../domain/role.ts';
import { limitsOf, type Scopes } from '../../domain/scope.ts';
import type { ServerState } from '../../domain/server.ts';
import type { Tables } from '../../domain/store.ts';
import type { User } from '../../domain/user.ts';
import type { AdminFilter, AdminQuery, AdminSort } from '../views/admin-props.ts';

export interface People {
  readonly page: readonly User[];
  readonly people: number;
  readonly running: number;
  readonly matching: number;
}

// Sorting by server puts first what needs a look.
const RANK: Readonly<Record<ServerState, number>> = {
  failed: 0,
  stopping: 1,
  queued: 2,
  pulling: 2,
  creating: 2,
  starting: 2,
  waiting: 2,
  ready: 3,
  frozen: 3,
  stopped: 4,
};

/** One page of the people whom the caller may list, in the wanted order; names decide between equals. */
export function findPeople(
  { tables, roles }: { readonly tables: Tables; readonly roles: Roles },
  scopes: Scopes,
  query: AdminQuery,
  pageSize: number,
): People {
  const visible = visibleTo(tables, scopes);
  const states = statesOf(tables);
  const fits = filterOf(query.show, states, roles);
  const part = query.q.trim().toLowerCase();
  const matching = visible.filter((user) => user.name.includes(part) && fits(user));
  const by = comparing(query.sort, states);
  const sign = query.order === 'asc' ? 1 : -1;
  matching.sort((a, b) => sign * by(a, b) || (a.name < b.name ? -sign : sign));
  const start = (query.page - 1) * pageSize;
  return {
    page: matching.slice(start, start + pageSize),
    people: visible.length,
    running: visible.filter((user) => isUp(states.get(user.name))).length,
    matching: matching.length,
  };
}

function visibleTo(tables: Tables, scopes: Scopes): User[] {
  const limits = limitsOf(scopes, 'list:users');
  if (limits === null) return [];
  const all = [...tables.users.values()];
  if (limits === 'all') return all;
  return all.filter(
    (user) => limits.user.has(user.name) || user.groups.some((group) => limits.group.has(group)),
  );
}

/** Of each person who has servers: the states they are in. */
function statesOf(tables: Tables): ReadonlyMap<string, readonly ServerState[]> {
  const states = new Map<string, ServerState[]>();
  for (const server of tables.servers.values()) {
    const known = states.get(server.user);
    if (known === undefined) states.set(server.user, [server.state]);
    else known.push(server.state);
  }
  return states;
}

function isUp(states: readonly ServerState[] | undefined): boolean {
  return states?.some((state) => state !== 'stopped' && state !== 'failed') ?? false;
}

function filterOf(
  show: AdminFilter,
  states: ReadonlyMap<string, readonly ServerState[]>,
  roles: Roles,
): (user: User) => boolean {
  if (show === 'running') return (user) => isUp(states.get(user.name));
  if (show === 'failed') return (user) => states.get(user.name)?.includes('failed') ?? false;
  if (show === 'admins') return (user) => isAdmin(roles, user);
  return () => true;
}

function comparing(sort: AdminSort, states: ReadonlyMap<string, readonly ServerState[]>) {
  const rank = (user: User) => Math.min(RANK.stopped, ...(states.get(user.name) ?? []).map((s) => RANK[s]));
  if (sort === 'server') return (a: User, b: User) => rank(a) - rank(b);
  // "Last active", first the latest: what is asked of it most often.
  if (sort === 'activity') return (a: User, b: User) => (b.lastActivity ?? 0) - (a.lastActivity ?? 0);
  return () => 0;
}
