import type { Group } from './group.ts';
import { isScope } from './scope.ts';
import type { Service } from './service.ts';
import type { User } from './user.ts';

/** A role as the configuration tells it (`JupyterHub.load_roles`, z2jh `hub.loadRoles`). */
export interface Role {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly services: readonly string[];
}

const nobody = { users: [], groups: [], services: [] };

/** Contract §5.2. `admin` cannot be changed; the others may be redefined. */
export const DEFAULT_ROLES: readonly Role[] = [
  { name: 'user', description: 'Standard user privileges', scopes: ['self'], ...nobody },
  {
    name: 'admin',
    description: 'Elevated privileges (can do anything)',
    scopes: [
      'admin-ui',
      'admin:users',
      'admin:servers',
      'admin:services',
      'tokens',
      'admin:groups',
      'list:services',
      'read:services',
      'read:hub',
      'proxy',
      'shutdown',
      'access:services',
      'access:servers',
      'read:roles',
      'read:metrics',
      'shares',
    ],
    ...nobody,
  },
  {
    name: 'server',
    description: 'Post activity only',
    scopes: ['users:activity!user', 'access:servers!server'],
    ...nobody,
  },
  { name: 'token', description: 'Token with same permissions as its owner', scopes: ['inherit'], ...nobody },
];

/** All roles by name. They come from the configuration only and never change while the hub runs. */
export type Roles = ReadonlyMap<string, Role>;

const ROLE_NAME = /^[a-z][a-z0-9\-_~.]{1,253}[a-z0-9]$/;

/**
 * The default roles and the configured ones.
 *
 * @throws RangeError for a bad name, an unknown scope, a role told twice, or an attempt to change `admin`.
 */
export function loadRoles(configured: readonly Role[] = []): Roles {
  const roles = new Map(DEFAULT_ROLES.map((role) => [role.name, role]));
  const told = new Set<string>();
  for (const role of configured) {
    if (!ROLE_NAME.test(role.name)) {
      throw new RangeError(
        `role ${JSON.stringify(role.name)}: 3 to 255 of a-z, 0-9 and -._~, beginning with a letter`,
      );
    }
    if (told.has(role.name)) throw new RangeError(`role ${role.name} is defined twice`);
    told.add(role.name);
    if (role.name === 'admin' && role.scopes.length > 0) {
      throw new RangeError('role admin: its scopes cannot be changed');
    }
    const unknown = role.scopes.find((scope) => !isScope(scope));
    if (unknown !== undefined) throw new RangeError(`role ${role.name}: there is no scope ${unknown}`);
    const known = roles.get(role.name);
    roles.set(role.name, { ...role, scopes: role.scopes.length > 0 ? role.scopes : (known?.scopes ?? []) });
  }
  return roles;
}

// What JupyterHub's documentation gives to those who may share: naming people needs knowing that they are there.
const SHARING = ['shares!user', 'read:users:name', 'read:groups:name'];

/** The same roles, with sharing one's own servers in everybody's. */
export function withSharing(roles: Roles): Roles {
  const user = roles.get('user');
  if (user === undefined) return roles;
  return new Map([...roles, ['user', { ...user, scopes: [...user.scopes, ...SHARING] }]]);
}

/** Names of a user's own roles, in JupyterHub's order. Roles of their groups count too, but are not theirs. */
export function rolesOfUser(roles: Roles, user: User): readonly string[] {
  const own = ['user', ...(isAdmin(roles, user) ? ['admin'] : [])];
  return [...own, ...assigned(roles, (role) => !own.includes(role.name) && role.users.includes(user.name))];
}

/** Whether an administrator: by account or by being named in the role. */
export function isAdmin(roles: Roles, user: User): boolean {
  return user.admin || roles.get('admin')?.users.includes(user.name) === true;
}

export function rolesOfGroup(roles: Roles, group: Pick<Group, 'name'>): readonly string[] {
  return assigned(roles, (role) => role.groups.includes(group.name));
}

export function rolesOfService(roles: Roles, service: Service): readonly string[] {
  const own = service.admin ? ['admin'] : [];
  return [
    ...own,
    ...assigned(roles, (role) => !own.includes(role.name) && role.services.includes(service.name)),
  ];
}

function assigned(roles: Roles, matches: (role: Role) => boolean): readonly string[] {
  return [...roles.values()].filter(matches).map((role) => role.name);
}
