import { z } from 'zod';
import type { FormerHub, FormerToken } from '../../domain/former-hub.ts';
import type { Role } from '../../domain/role.ts';

/** `fault` follows the file's name: `is damaged`. */
export type FormerReading = { readonly hub: FormerHub } | { readonly fault: string };

/** A database, as far as it is asked. */
export interface Database {
  readonly rows: (sql: string) => readonly unknown[];
  /** Empty: there is no such table. */
  readonly columns: (table: string) => readonly string[];
}

const id = z.number();
const flag = z.union([z.boolean(), z.number()]).nullable().transform(Boolean);
/** SQLAlchemy's `2024-05-01 10:20:30.123456`, which is UTC and does not say so. */
const when = z
  .string()
  .nullable()
  .optional()
  .transform((text) => {
    const time = text == null ? Number.NaN : Date.parse(`${text.replace(' ', 'T')}Z`);
    return Number.isNaN(time) || time < 0 ? null : time;
  });
const json = z
  .string()
  .nullable()
  .optional()
  .transform((text): unknown => {
    try {
      return text == null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  });
const words = json.pipe(z.array(z.string()).nullable().catch(null));
const mapping = json.pipe(z.record(z.string(), z.unknown()).catch({}));

const user = z.object({ id, name: z.string(), admin: flag, created: when, last_activity: when });
const group = z.object({ id, name: z.string(), properties: mapping });
const role = z.object({ id, name: z.string(), description: z.string().nullable(), scopes: words });
const pair = z.object({ a: id, b: id });
const token = z.object({
  id,
  hashed: z.string(),
  prefix: z.string(),
  user_id: id.nullable(),
  note: z.string().nullable(),
  client_id: z.string().nullable().optional(),
  scopes: words,
  created: when,
  expires_at: when,
  last_activity: when,
});
const spawner = z.object({ user_id: id.nullable(), name: z.string(), state: mapping });
const named = z.object({ name: z.string() });

/** JupyterHub's own roles, which every hub has. */
const OWN_ROLES: ReadonlySet<string> = new Set(['user', 'admin', 'server', 'token']);

/** Tables of any version come to one shape; what a version did not have is empty. */
export function readTables(database: Database, now: number): FormerReading {
  if (!['name', 'admin'].every((column) => database.columns('users').includes(column))) {
    return { fault: 'is no JupyterHub’s database: it has no table of users' };
  }
  const { columns } = database;
  /** Rows of a table; columns that this version lacks are null. */
  const all = <T>(table: string, shape: z.ZodObject & z.ZodType<T>): readonly T[] => {
    const there = columns(table);
    if (there.length === 0) return [];
    const wanted = Object.keys(shape.shape).map((column) =>
      there.includes(column) ? `"${column}"` : `NULL AS "${column}"`,
    );
    return z.array(shape).parse(database.rows(`SELECT ${wanted.join(', ')} FROM "${table}"`));
  };
  const pairs = (table: string, a: string, b: string): readonly { a: number; b: number }[] =>
    columns(table).length === 0
      ? []
      : z.array(pair).parse(database.rows(`SELECT "${a}" AS a, "${b}" AS b FROM "${table}"`));

  const users = all('users', user);
  const groups = all('groups', group);
  const roles = all('roles', role);
  const services = all('services', named.extend({ id }));
  const nameOf = {
    user: byId(users),
    group: byId(groups),
    role: byId(roles),
    service: byId(services),
  };
  const members = pairs('user_group_map', 'user_id', 'group_id');
  const holders = (table: string, column: 'user' | 'group' | 'service', roleId: number): readonly string[] =>
    pairs(table, `${column}_id`, 'role_id')
      .filter(({ b }) => b === roleId)
      .flatMap(({ a }) => nameOf[column].get(a) ?? []);
  const rolesFound = roles.map(
    ({ id, name, description, scopes }): Role => ({
      name,
      description: description ?? '',
      scopes: scopes ?? [],
      users: holders('user_role_map', 'user', id),
      groups: holders('group_role_map', 'group', id),
      services: holders('service_role_map', 'service', id),
    }),
  );
  const hub: Omit<FormerHub, 'tokens' | 'leftTokens'> = {
    users: users.map(({ id, name, admin, created, last_activity }) => ({
      name,
      admin,
      created,
      lastActivity: last_activity,
      groups: members.filter(({ a }) => a === id).flatMap(({ b }) => nameOf.group.get(b) ?? []),
    })),
    groups: groups.map(({ name, properties }) => ({ name, properties })),
    roles: rolesFound.filter(({ name }) => !OWN_ROLES.has(name)),
    servers: all('spawners', spawner).flatMap(({ user_id, name, state }) => {
      const owner = user_id === null ? undefined : nameOf.user.get(user_id);
      const container = state.object_name;
      return owner === undefined
        ? []
        : [{ user: owner, name, container: typeof container === 'string' ? container : null }];
    }),
    services: services.map(({ name }) => name),
    passwords: all('users_info', z.object({ username: z.string() })).length,
  };
  const scopesOf = tokenScopes(database, rolesFound, nameOf.role, pairs);
  const sorted = sortTokens(all('api_tokens', token), nameOf.user, scopesOf, now);
  return { hub: { ...hub, ...sorted } };
}

function byId(rows: readonly { readonly id: number; readonly name: string }[]): ReadonlyMap<number, string> {
  return new Map(rows.map(({ id, name }) => [id, name]));
}

type TokenRow = z.infer<typeof token>;

/** Since 3.0 a token has scopes; 2.x gave it roles; before, it could all that its owner can. */
function tokenScopes(
  database: Database,
  roles: readonly Role[],
  roleNames: ReadonlyMap<number, string>,
  pairs: (table: string, a: string, b: string) => readonly { a: number; b: number }[],
): (row: TokenRow) => readonly string[] {
  if (database.columns('api_tokens').includes('scopes')) return ({ scopes }) => scopes ?? [];
  if (database.columns('api_token_role_map').length === 0) return () => ['inherit'];
  const maps = pairs('api_token_role_map', 'api_token_id', 'role_id');
  return ({ id }) =>
    maps
      .filter(({ a }) => a === id)
      .flatMap(({ b }) => {
        const name = roleNames.get(b);
        if (name === 'token') return ['inherit'];
        return roles.find((role) => role.name === name)?.scopes ?? [];
      });
}

/** People's own tokens; those of servers, of services and of OAuth clients are counted only. */
function sortTokens(
  rows: readonly TokenRow[],
  users: ReadonlyMap<number, string>,
  scopesOf: (row: TokenRow) => readonly string[],
  now: number,
): Pick<FormerHub, 'tokens' | 'leftTokens'> {
  const tokens: FormerToken[] = [];
  const left = { expired: 0, servers: 0, others: 0 };
  for (const row of rows) {
    const owner = row.user_id === null ? undefined : users.get(row.user_id);
    const isHubs = row.client_id == null || row.client_id === 'jupyterhub';
    if (owner === undefined || !isHubs) left.others += 1;
    else if (row.note?.startsWith('Server at ') === true) left.servers += 1;
    else if (row.expires_at !== null && row.expires_at <= now) left.expired += 1;
    else {
      tokens.push({
        user: owner,
        prefix: row.prefix,
        hashed: row.hashed,
        note: row.note ?? '',
        scopes: scopesOf(row),
        created: row.created,
        expires: row.expires_at,
        lastActivity: row.last_activity,
      });
    }
  }
  return { tokens, leftTokens: left };
}
