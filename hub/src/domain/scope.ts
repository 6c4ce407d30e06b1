import { isScopeName, withSubscopes } from './scope-names.ts';

/** Fully expanded scopes, sorted, without doubles: what the API shows and what every check reads. */
export type Scopes = readonly string[];

/** A thing that a scope may be limited to. A server's value is `user/name`, the default one's `user/`. */
export interface Resource {
  readonly kind: 'user' | 'server' | 'group' | 'service';
  readonly value: string;
}

/** Whose scopes are expanded: fills `self`, `!user`, `!service`, and for OAuth clients `!server`. */
export interface ScopeOwner {
  readonly user?: string;
  readonly service?: string;
  /** Key of the server whose OAuth client asks. */
  readonly server?: string;
}

/** Groups of a user; asked only when a scope is limited to a group. */
export type GroupsOf = (user: string) => readonly string[];

// What `self` stands for (contract §5.2). Not `shares`: sharing is not everybody's.
const SELF = [
  'read:users',
  'users:activity',
  'servers',
  'tokens',
  'access:servers',
  'users:shares',
  'read:shares',
];

const KINDS = ['user', 'server', 'group', 'service'] as const;
const SELF_REFERENCES = ['user', 'server', 'service'] as const;

/** Whether JupyterHub knows such a scope: its name, and the form of its filter. */
export function isScope(scope: string): boolean {
  const [name, filter] = split(scope);
  if (!isScopeName(name)) return false;
  if (filter === null) return true;
  const [kind, value] = splitFilter(filter);
  if (value === null) return SELF_REFERENCES.some((reference) => reference === kind);
  return value !== '' && KINDS.some((known) => known === kind);
}

/**
 * Expands scopes as roles, tokens and clients carry them: sub-scopes join, `self` and self-references get
 * the owner's name, and what an unfiltered scope covers is left out. References without an owner give nothing.
 */
export function expandScopes(raw: Iterable<string>, owner: ScopeOwner): Scopes {
  const expanded = new Set<string>();
  for (const scope of raw) {
    for (const whole of resolve(scope, owner)) {
      const [name, filter] = split(whole);
      for (const sub of withSubscopes(name)) {
        if (filter === null) expanded.add(sub);
        // A server's filter says nothing about its user (contract §5.1).
        else if (!(filter.startsWith('server') && sub.startsWith('read:user')))
          expanded.add(`${sub}!${filter}`);
      }
    }
  }
  return tidy(expanded);
}

function resolve(scope: string, owner: ScopeOwner): readonly string[] {
  if (scope === 'self') {
    return owner.user === undefined ? [] : SELF.map((name) => `${name}!user=${owner.user}`);
  }
  const [name, filter] = split(scope);
  if (!isScopeName(name)) return [];
  if (filter === null) return [name];
  const [kind, value] = splitFilter(filter);
  if (value !== null) return [scope];
  const own = kind === 'user' ? owner.user : kind === 'service' ? owner.service : owner.server;
  return own === undefined ? [] : [`${name}!${kind}=${own}`];
}

/** Sorts, and drops what an unfiltered scope of the same name covers. */
export function tidy(scopes: Iterable<string>): Scopes {
  const all = new Set(scopes);
  return [...all]
    .filter((scope) => {
      const [name, filter] = split(scope);
      return filter === null || !all.has(name);
    })
    .sort();
}

/** Whether the scope is held, for everything or (when `on` is given) for that one thing. */
export function holds(scopes: Scopes, need: string, on?: Resource, groupsOf?: GroupsOf): boolean {
  const limits = index(scopes).get(need);
  if (limits === undefined) return false;
  if (limits === 'all') return true;
  return on !== undefined && covers(limits, on, groupsOf);
}

/** Whether the scope is held for anything at all: who may only see some things sees a shorter list. */
export function holdsSome(scopes: Scopes, need: string): boolean {
  return index(scopes).has(need);
}

/** What a scope is limited to: `all`, or names by kind; null when it is not held. */
export function limitsOf(scopes: Scopes, need: string): 'all' | Limits | null {
  return index(scopes).get(need) ?? null;
}

/** Whether everything that `wanted` allows is allowed by `held` too (none ⊃ group ⊃ user ⊃ server). */
export function contains(held: Scopes, wanted: Scopes, groupsOf?: GroupsOf): boolean {
  return excess(held, wanted, groupsOf).length === 0;
}

/** Those of `wanted` that `held` does not allow. */
export function excess(held: Scopes, wanted: Scopes, groupsOf?: GroupsOf): Scopes {
  return wanted.filter((scope) => {
    const [name, filter] = split(scope);
    return !holds(held, name, filter === null ? undefined : resourceOf(filter), groupsOf);
  });
}

/** What both allow. Two groups that share members meet in nothing: less than possible, never more. */
export function intersect(a: Scopes, b: Scopes, groupsOf?: GroupsOf): Scopes {
  const within = (inner: Scopes, outer: Scopes): readonly string[] => {
    const out = new Set(excess(outer, inner, groupsOf));
    return inner.filter((scope) => !out.has(scope));
  };
  return tidy([...within(a, b), ...within(b, a)]);
}

/** The same scopes with each `!group` written out as its members, as notebooks need them (contract §0.5). */
export function resolveGroups(scopes: Scopes, membersOf: (group: string) => readonly string[]): Scopes {
  if (!scopes.some((scope) => scope.includes('!group='))) return scopes;
  return tidy(
    scopes.flatMap((scope) => {
      const [name, filter] = split(scope);
      // Scopes about groups themselves are not about members.
      if (filter === null || !filter.startsWith('group=') || name.includes('groups')) return [scope];
      return [scope, ...membersOf(filter.slice('group='.length)).map((user) => `${name}!user=${user}`)];
    }),
  );
}

export type Limits = Readonly<Record<Resource['kind'], ReadonlySet<string>>>;

// Records never change, so neither do their scopes: each list is read once.
const indexes = new WeakMap<Scopes, ReadonlyMap<string, 'all' | Limits>>();

function index(scopes: Scopes): ReadonlyMap<string, 'all' | Limits> {
  const known = indexes.get(scopes);
  if (known !== undefined) return known;
  const map = new Map<string, 'all' | Record<Resource['kind'], Set<string>>>();
  for (const scope of scopes) {
    const [name, filter] = split(scope);
    if (filter === null) {
      map.set(name, 'all');
      continue;
    }
    const limits = map.get(name) ?? {
      user: new Set(),
      server: new Set(),
      group: new Set(),
      service: new Set(),
    };
    if (limits === 'all') continue;
    const on = resourceOf(filter);
    limits[on.kind].add(on.value);
    map.set(name, limits);
  }
  indexes.set(scopes, map);
  return map;
}

function covers(limits: Limits, on: Resource, groupsOf: GroupsOf | undefined): boolean {
  if (limits[on.kind].has(on.value)) return true;
  if (on.kind !== 'user' && on.kind !== 'server') return false;
  const user = on.kind === 'user' ? on.value : on.value.slice(0, on.value.indexOf('/'));
  if (limits.user.has(user)) return true;
  return limits.group.size > 0 && (groupsOf?.(user) ?? []).some((group) => limits.group.has(group));
}

function resourceOf(filter: string): Resource {
  const [kind, value] = splitFilter(filter);
  const known = KINDS.find((name) => name === kind);
  // An unknown filter must limit to nothing, not to everything.
  return known === undefined || value === null ? { kind: 'service', value: '' } : { kind: known, value };
}

function split(scope: string): [name: string, filter: string | null] {
  const at = scope.indexOf('!');
  return at < 0 ? [scope, null] : [scope.slice(0, at), scope.slice(at + 1)];
}

function splitFilter(filter: string): [kind: string, value: string | null] {
  const at = filter.indexOf('=');
  return at < 0 ? [filter, null] : [filter.slice(0, at), filter.slice(at + 1)];
}
