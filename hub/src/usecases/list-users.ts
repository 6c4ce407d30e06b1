import { limitsOf, type Scopes } from '../domain/scope.ts';
import { isActive, isOpen } from '../domain/server.ts';
import type { Tables } from '../domain/store.ts';
import type { User } from '../domain/user.ts';

export interface UserQuery {
  readonly state: 'active' | 'ready' | 'inactive' | null;
  /** Part of a name, in any case. */
  readonly name: string;
  readonly sort: 'id' | 'name' | 'last_activity';
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
  /** What the caller may list. */
  readonly scopes: Scopes;
}

export interface UserPage {
  readonly users: readonly User[];
  readonly total: number;
}

export type ListUsers = (query: UserQuery) => UserPage;

/** One page of the users whom the caller may list. Without filter and order it reads no more than the page. */
export function makeListUsers({ tables }: { readonly tables: Tables }): ListUsers {
  return (query) => {
    const fit = filterOf(tables, query);
    if (fit === null && query.sort === 'id' && !query.descending) {
      const users = take(tables.users.values(), query.offset, query.limit);
      return { users, total: tables.users.size };
    }
    const all = [...tables.users.values()].filter(fit ?? (() => true));
    sort(all, query);
    return { users: all.slice(query.offset, query.offset + query.limit), total: all.length };
  };
}

function take<T>(values: Iterable<T>, offset: number, limit: number): readonly T[] {
  const taken: T[] = [];
  let at = 0;
  for (const value of values) {
    if (at >= offset + limit) break;
    if (at >= offset) taken.push(value);
    at += 1;
  }
  return taken;
}

/** Null when everybody fits. */
function filterOf(tables: Tables, query: UserQuery): ((user: User) => boolean) | null {
  const tests: ((user: User) => boolean)[] = [];
  const limits = limitsOf(query.scopes, 'list:users');
  if (limits === null) return () => false;
  if (limits !== 'all') {
    tests.push((user) => limits.user.has(user.name) || user.groups.some((group) => limits.group.has(group)));
  }
  if (query.state !== null) {
    const running = withServers(tables, query.state === 'ready');
    const wanted = query.state !== 'inactive';
    tests.push((user) => running.has(user.name) === wanted);
  }
  const part = query.name.toLowerCase();
  if (part !== '') tests.push((user) => user.name.includes(part));
  return tests.length === 0 ? null : (user) => tests.every((test) => test(user));
}

function withServers(tables: Tables, readyOnly: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const server of tables.servers.values()) {
    if (readyOnly ? isOpen(server) : isActive(server)) names.add(server.user);
  }
  return names;
}

/** The table keeps the order of creation, which is JupyterHub's `id`. Who was never active comes first, or last. */
function sort(users: User[], { sort: by, descending }: UserQuery): void {
  if (by === 'name') users.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (by === 'last_activity') users.sort((a, b) => (a.lastActivity ?? -1) - (b.lastActivity ?? -1));
  if (descending) users.reverse();
}
