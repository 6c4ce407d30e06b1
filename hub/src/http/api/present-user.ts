import type { Caller } from '../../domain/caller.ts';
import { isAdmin, rolesOfUser } from '../../domain/role.ts';
import { holds, limitsOf, type Scopes } from '../../domain/scope.ts';
import { isActive, isOpen, newServer, pendingOf, serverKey, serverPath } from '../../domain/server.ts';
import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { groupsOf } from './groups-of.ts';
import { presentServer } from './present-server.ts';
import { timestamp } from './timestamp.ts';

// Which field which scope opens (contract §4.1).
const FIELDS = {
  'read:users': ['kind', 'name', 'admin', 'roles', 'groups', 'server', 'pending', 'created', 'last_activity'],
  'read:users:name': ['kind', 'name', 'admin'],
  'read:users:groups': ['kind', 'name', 'groups'],
  'read:users:activity': ['kind', 'name', 'last_activity'],
  'read:servers': ['kind', 'name', 'servers'],
  'read:roles:users': ['kind', 'name', 'roles', 'admin'],
  'admin:auth_state': ['kind', 'name', 'auth_state'],
} as const;

type Field = (typeof FIELDS)[keyof typeof FIELDS][number];

export interface UserView {
  /** Also those that are not running. */
  readonly stopped?: boolean;
  /** Instead of the caller's own, for the one place where a token reads more than it may elsewhere. */
  readonly scopes?: Scopes;
}

/** User model of the API: what the caller may not read is absent, not null. Null when that is everything. */
export function presentUser(
  hub: Hub,
  caller: Caller,
  user: User,
  view: UserView = {},
): Record<string, unknown> | null {
  const scopes = view.scopes ?? caller.scopes;
  const allowed = allowedFields(hub, scopes, user);
  const servers = serversOf(hub, caller, scopes, user, view.stopped === true);
  if (allowed.size === 0) return null;
  if (Object.keys(servers).length > 0) allowed.add('servers');
  const model: Record<string, unknown> = {};
  for (const field of allowed) model[field] = field === 'servers' ? servers : fieldOf(hub, user, field);
  return model;
}

const FIELDS_OF_SCOPES = Object.entries(FIELDS);
// Who may read everybody, or nobody, by each of these scopes sees the same fields of all: worked out once.
const sameForAll = new WeakMap<Scopes, readonly Field[]>();

function allowedFields(hub: Hub, scopes: Scopes, user: User): Set<Field> {
  const known = sameForAll.get(scopes);
  if (known !== undefined) return new Set(known);
  const on = { kind: 'user', value: user.name } as const;
  const held = FIELDS_OF_SCOPES.filter(([scope]) => holds(scopes, scope, on, groupsOf(hub)));
  const fields = new Set<Field>(held.flatMap(([, opened]) => opened));
  if (!FIELDS_OF_SCOPES.some(([scope]) => isLimited(scopes, scope))) sameForAll.set(scopes, [...fields]);
  return fields;
}

function isLimited(scopes: Scopes, scope: string): boolean {
  const limits = limitsOf(scopes, scope);
  return limits !== null && limits !== 'all';
}

function serversOf(
  hub: Hub,
  caller: Caller,
  scopes: Scopes,
  user: User,
  stopped: boolean,
): Record<string, unknown> {
  const known = hub.tables.servers.where('user', user.name);
  // Everybody has a default server, started or not.
  const never = stopped && !known.some(({ name }) => name === '') ? [newServer(user.name)] : [];
  const shown = [...never, ...known]
    .filter((server) => stopped || isActive(server))
    .filter((server) => {
      const on = { kind: 'server', value: serverKey(server.user, server.name) } as const;
      return holds(scopes, 'read:servers', on, groupsOf(hub));
    });
  return Object.fromEntries(shown.map((server) => [server.name, presentServer(hub, caller, server)]));
}

function fieldOf(hub: Hub, user: User, field: Exclude<Field, 'servers'>): unknown {
  const main = hub.tables.servers.get(serverKey(user.name, ''));
  switch (field) {
    case 'kind':
      return 'user';
    case 'name':
      return user.name;
    case 'admin':
      return isAdmin(hub.roles, user);
    case 'roles':
      return rolesOfUser(hub.roles, user);
    case 'groups':
      return user.groups;
    case 'server':
      return main !== undefined && isOpen(main) ? serverPath(hub.settings.baseUrl, user.name, '') : null;
    case 'pending':
      return main === undefined ? null : pendingOf(main);
    case 'created':
      return timestamp(user.created);
    case 'last_activity':
      return timestamp(user.lastActivity);
    case 'auth_state':
      // Sealed: opened for one user at a time, see with-auth-state.ts.
      return null;
  }
}
