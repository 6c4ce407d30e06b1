import { describe, expect, test } from 'vitest';
import { scopesOfService, scopesOfToken, scopesOfUser } from './granted-scopes.ts';
import { loadRoles, withSharing } from './role.ts';
import { holds } from './scope.ts';
import type { Share } from './share.ts';
import type { Token } from './token.ts';
import type { User } from './user.ts';

const roles = loadRoles();

function user(name: string, more: Partial<User> = {}): User {
  return {
    name,
    admin: false,
    groups: [],
    created: 0,
    lastActivity: null,
    identities: {},
    invited: false,
    ...more,
  };
}

function token(scopes: readonly string[], more: Partial<Token> = {}): Token {
  return {
    hash: 'h',
    id: 'a1',
    user: 'alice',
    note: '',
    scopes,
    created: 0,
    lastActivity: null,
    expires: null,
    sessionId: null,
    clientId: null,
    server: null,
    ...more,
  };
}

describe('what a token may do', () => {
  test("a server's own token is what JupyterHub 5.5 answered on the wire (contract §1.3)", () => {
    const own = token(['users:activity!user', 'access:servers!server'], { server: 'alice/' });
    expect(scopesOfToken(own, user('alice'), roles)).toEqual([
      'access:servers!server=alice/',
      'read:users:activity!user=alice',
      'read:users:groups!user=alice',
      'read:users:name!user=alice',
      'users:activity!user=alice',
    ]);
  });

  test('shrinks at once when its owner may less', () => {
    const wide = token(['admin:users', 'read:hub']);
    expect(holds(scopesOfToken(wide, user('alice', { admin: true }), roles), 'admin:users')).toBe(true);
    expect(scopesOfToken(wide, user('alice'), roles)).toEqual(
      [
        'read:users:activity!user=alice',
        'read:users:groups!user=alice',
        'read:users:name!user=alice',
        'read:users!user=alice',
        'users:activity!user=alice',
      ].sort(),
    );
  });

  test('inherit is everything the owner may, as it is now', () => {
    const inherit = token(['inherit']);
    expect(scopesOfToken(inherit, user('alice'), roles)).toEqual(scopesOfUser(user('alice'), roles));
    expect(holds(scopesOfToken(inherit, user('alice'), roles), 'admin:users')).toBe(false);
    expect(holds(scopesOfToken(inherit, user('alice', { admin: true }), roles), 'admin:users')).toBe(true);
  });

  test("a client's access scope goes only to those who may open that server", () => {
    const given = token([], { clientId: 'jupyterhub-user-bob' });
    const client = { server: 'bob/' };
    const access = { kind: 'server', value: 'bob/' } as const;
    expect(holds(scopesOfToken(given, user('alice'), roles, { client }), 'access:servers', access)).toBe(
      false,
    );
    const admin = user('alice', { admin: true });
    expect(holds(scopesOfToken({ ...given }, admin, roles, { client }), 'access:servers', access)).toBe(true);
  });
});

describe('roles', () => {
  test('come to a person by name and through groups', () => {
    const own = loadRoles([
      { name: 'grader', description: '', scopes: ['read:hub'], users: ['alice'], groups: [], services: [] },
      {
        name: 'assistant',
        description: '',
        scopes: ['servers!group=class'],
        users: [],
        groups: ['staff'],
        services: [],
      },
    ]);
    expect(holds(scopesOfUser(user('alice'), own), 'read:hub')).toBe(true);
    expect(holds(scopesOfUser(user('bob'), own), 'read:hub')).toBe(false);
    const staff = scopesOfUser(user('bob', { groups: ['staff'] }), own);
    expect(holds(staff, 'servers', { kind: 'user', value: 'eve' }, () => ['class'])).toBe(true);
  });

  test('a service has nothing but its roles', () => {
    const culler = loadRoles([
      { name: 'culler', description: '', scopes: ['list:users'], users: [], groups: [], services: ['cull'] },
    ]);
    const service = {
      name: 'cull',
      admin: false,
      url: null,
      tokenHash: null,
      tokenId: 'a1',
      tokenCreated: 0,
      lastActivity: null,
      clientId: 'service-cull',
      redirectUri: null,
      allowedScopes: [],
      trusted: false,
      info: {},
      display: true,
      fromConfig: true,
    };
    expect(scopesOfService(service, roles)).toEqual([]);
    expect(scopesOfService(service, culler)).toEqual(['list:users', 'read:users:name']);
  });

  test.each([
    [{ name: 'X', scopes: [] }, /3 to 255/],
    [{ name: 'grader', scopes: ['root'] }, /no scope root/],
    [{ name: 'admin', scopes: ['self'] }, /cannot be changed/],
  ])('%j is refused with the reason', (spec, reason) => {
    const role = { description: '', users: [], groups: [], services: [], ...spec };
    expect(() => loadRoles([role])).toThrow(reason);
  });
});

describe('what is shared with somebody', () => {
  const share: Share = {
    owner: 'alice',
    server: '',
    to: { kind: 'user', name: 'bob' },
    scopes: ['access:servers!server=alice/'],
    created: 1,
    expires: null,
    by: 'alice',
  };
  const on = { kind: 'server', value: 'alice/' } as const;

  test('joins what they may anyhow, and is worked out once as long as it is the same', () => {
    const bob = user('bob');
    const before = scopesOfUser(bob, roles);
    const scopes = scopesOfUser(bob, roles, [share]);
    expect(holds(scopes, 'access:servers', on)).toBe(true);
    expect(scopes.filter((scope) => !before.includes(scope))).toEqual(share.scopes);
    expect(scopesOfUser(bob, roles, [share])).toBe(scopes);
    expect(holds(scopesOfUser(bob, roles, [{ ...share, scopes: [] }]), 'access:servers', on)).toBe(false);
    expect(scopesOfUser(bob, roles)).toBe(before);
  });

  test('is in a token that inherits or names it, and in no other', () => {
    const may = (scopes: readonly string[]) =>
      holds(
        scopesOfToken(token(scopes, { user: 'bob' }), user('bob'), roles, { shares: [share] }),
        'access:servers',
        on,
      );
    expect(may(['inherit'])).toBe(true);
    expect(may(share.scopes)).toBe(true);
    expect(may(['access:servers!user'])).toBe(false);
    expect(may(['read:users!user'])).toBe(false);
  });

  test('the setting lets everybody share what is theirs, know names, and nothing else', () => {
    const before = scopesOfUser(user('alice'), roles);
    const more = scopesOfUser(user('alice'), withSharing(roles)).filter((scope) => !before.includes(scope));
    expect(more).toEqual([
      'groups:shares!user=alice',
      'read:groups:name',
      'read:groups:shares!user=alice',
      'read:users:name',
      'shares!user=alice',
    ]);
  });
});
