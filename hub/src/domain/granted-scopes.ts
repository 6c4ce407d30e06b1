import { type Roles, rolesOfGroup, rolesOfService, rolesOfUser } from './role.ts';
import { expandScopes, type GroupsOf, intersect, type ScopeOwner, type Scopes, tidy } from './scope.ts';
import { serverKey } from './server.ts';
import type { Service } from './service.ts';
import type { Share } from './share.ts';
import type { Token } from './token.ts';
import type { User } from './user.ts';

// Records and roles never change in place, so what follows from them is worked out once.
const ofUsers = new WeakMap<Roles, WeakMap<User, Scopes>>();
const ofTokens = new WeakMap<Token, { readonly owner: Scopes; readonly scopes: Scopes }>();

// By what somebody may do anyhow: what others share with them on top of it.
const withShares = new WeakMap<Scopes, { readonly shares: readonly Share[]; readonly scopes: Scopes }>();

/**
 * What a person may do: their roles' scopes, those of their groups' roles, and what others share with them.
 *
 * @param shares as `sharesWith` finds them at this moment.
 */
export function scopesOfUser(user: User, roles: Roles, shares: readonly Share[] = []): Scopes {
  const base = scopesOfRoles(user, roles);
  if (shares.length === 0) return base;
  const known = withShares.get(base);
  if (known !== undefined && isSame(known.shares, shares)) return known.scopes;
  const given = shares.flatMap(({ scopes, owner, server }) =>
    expandScopes(scopes, { user: user.name, server: serverKey(owner, server) }),
  );
  const scopes = tidy([...base, ...given]);
  withShares.set(base, { shares, scopes });
  return scopes;
}

function isSame(one: readonly Share[], other: readonly Share[]): boolean {
  return one.length === other.length && one.every((share, at) => share === other[at]);
}

function scopesOfRoles(user: User, roles: Roles): Scopes {
  const cache = ofUsers.get(roles) ?? new WeakMap<User, Scopes>();
  ofUsers.set(roles, cache);
  const known = cache.get(user);
  if (known !== undefined) return known;
  const names = [
    ...rolesOfUser(roles, user),
    ...user.groups.flatMap((name) => rolesOfGroup(roles, { name })),
  ];
  const scopes = expandScopes(rawScopes(roles, names), { user: user.name });
  cache.set(user, scopes);
  return scopes;
}

/** What a service may do. Unlike a person it has nothing by itself. */
export function scopesOfService(service: Service, roles: Roles): Scopes {
  return expandScopes(rawScopes(roles, rolesOfService(roles, service)), { service: service.name });
}

/**
 * What a token may do: what it was given, as far as its owner may do that now, and always name its owner
 * (contract §5.4). `inherit` is everything that the owner may.
 */
export function scopesOfToken(
  token: Token,
  owner: User,
  roles: Roles,
  more: {
    readonly client?: ClientOfToken | undefined;
    readonly groupsOf?: GroupsOf;
    /** What others share with the owner at this moment. */
    readonly shares?: readonly Share[];
  } = {},
): Scopes {
  const ownerScopes = scopesOfUser(owner, roles, more.shares);
  if (token.scopes.includes('inherit')) return ownerScopes;
  const known = ofTokens.get(token);
  if (known?.owner === ownerScopes) return known.scopes;
  const scopes = intersect(givenScopes(token, owner, more.client), ownerScopes, more.groupsOf);
  // With groups in play the answer hangs on other people's records too.
  if (!ownerScopes.some(isByGroup) && !scopes.some(isByGroup))
    ofTokens.set(token, { owner: ownerScopes, scopes });
  return scopes;
}

/** What the OAuth client of a token gives entry to. */
export type ClientOfToken = { readonly server: string } | { readonly service: string };

function givenScopes(token: Token, owner: User, client: ClientOfToken | undefined): Scopes {
  const target: ScopeOwner = client ?? (token.server === null ? {} : { server: token.server });
  const raw = [...token.scopes, ...identifyScopes(owner.name)];
  if (target.server !== undefined) raw.push(`access:servers!server=${target.server}`);
  if (target.service !== undefined) raw.push(`access:services!service=${target.service}`);
  return expandScopes(raw, { user: owner.name, ...target });
}

/** What every token may do: say whose it is. */
export function identifyScopes(user: string): readonly string[] {
  return [`read:users:groups!user=${user}`, `read:users:name!user=${user}`];
}

function rawScopes(roles: Roles, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => roles.get(name)?.scopes ?? []);
}

function isByGroup(scope: string): boolean {
  return scope.includes('!group=');
}
