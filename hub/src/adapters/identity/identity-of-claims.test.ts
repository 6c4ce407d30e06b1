import { describe, expect, test } from 'vitest';
import { realmSettings } from '../../../../test/support/realm-settings.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';
import { type Claims, identityOfClaims } from './identity-of-claims.ts';

const ISSUER = 'https://sso.example/realms/lab';
const PLAIN = realmSettings(
  { clientId: 'hub', clientSecret: 'secret', issuer: ISSUER },
  'https://hub.example/hub/oauth_callback',
  { manageGroups: true },
);

function read(claims: Claims, changed: Partial<GenericOAuthSettings> = {}, issuer: string | null = ISSUER) {
  return identityOfClaims({ sub: '1', preferred_username: 'ana', ...claims }, issuer, {
    ...PLAIN,
    ...changed,
  });
}

describe('the name', () => {
  test('is preferred_username with OpenID Connect, username without, or what is configured', () => {
    expect(read({}).login).toBe('ana');
    expect(read({ username: 'u' }, {}, null).login).toBe('u');
    expect(read({ nick: 'n' }, { usernameClaim: 'nick' }).login).toBe('n');
    expect(read({ a: { b: 'deep' } }, { usernameClaim: 'a.b' }).login).toBe('deep');
    expect(read({ uid: 1042 }, { usernameClaim: 'uid' }).login).toBe('1042');
  });

  test.each([undefined, null, '', '  ', {}, [], ['ana'], true, 1.5, 'x'.repeat(256)])(
    'is not %j',
    (preferred_username) => {
      expect(() => read({ preferred_username })).toThrow(/AUTH-020/);
    },
  );

  test('is none of what every mapping has', () => {
    for (const usernameClaim of ['constructor', '__proto__', 'toString.name', 'constructor.name']) {
      expect(() => read({}, { usernameClaim })).toThrow(/AUTH-020/);
    }
  });

  test('is an e-mail address only when the provider has verified it', () => {
    const by = { usernameClaim: 'email' };
    for (const email_verified of [undefined, false, null, 'false', 1, 'yes']) {
      expect(() => read({ email: 'root@lab.example', email_verified }, by)).toThrow(/email_verified/);
    }
    expect(read({ email: 'ana@lab.example', email_verified: true }, by).login).toBe('ana@lab.example');
    expect(read({ email: 'ana@lab.example', email_verified: 'true' }, by).login).toBe('ana@lab.example');
  });
});

describe('the id', () => {
  test('is issuer and sub; no other field will do for OpenID Connect', () => {
    expect(read({ sub: 'f:1:ana', id: 7 }).id).toBe(`${ISSUER} f:1:ana`);
  });

  test.each([undefined, null, '', {}, 'x'.repeat(256)])('is no sub like %j', (sub) => {
    expect(() => read({ sub, id: 7 })).toThrow(/AUTH-020/);
  });

  test('is sub or id for plain OAuth 2, or else the name: an account is never without one', () => {
    const named = { username: 'ana' };
    expect(read({ ...named, sub: 's', id: 7 }, {}, null).id).toBe('s');
    expect(read({ ...named, sub: undefined, id: 7 }, {}, null).id).toBe('7');
    expect(read({ ...named, sub: undefined }, {}, null).id).toBe('name ana');
  });
});

describe('groups', () => {
  test('are found by name or by path, and taken as they are written', () => {
    expect(read({ groups: ['/staff', 'Lab Admins'] }).groups).toEqual(['/staff', 'Lab Admins']);
    const nested = { resource_access: { hub: { roles: ['user'] } } };
    expect(read(nested, { groupsClaim: 'resource_access.hub.roles' }).groups).toEqual(['user']);
    const spaced = { 'https://lab.example/groups': ['a'] };
    expect(read(spaced, { groupsClaim: 'https://lab.example/groups' }).groups).toEqual(['a']);
    expect(read({ groups: ['a'] }, { groupsClaim: 'oauth_user.groups' }).groups).toEqual(['a']);
    expect(read({ groups: 'only' }).groups).toEqual(['only']);
  });

  test('that are missing or no words are none', () => {
    expect(read({}).groups).toEqual([]);
    expect(read({ groups: [1, null, {}, '', 'a', 'a'] }).groups).toEqual(['a']);
    expect(read({ groups: { staff: true } }).groups).toEqual([]);
  });

  test('stay as they are in the hub unless they are managed over there', () => {
    expect(read({ groups: ['a'] }, { manageGroups: false }).groups).toBeNull();
  });

  test('let in and make administrators, exactly as written, and take that away again', () => {
    const rules = { allowedGroups: ['staff'], adminGroups: ['chiefs'], manageGroups: false };
    expect(read({ groups: ['staff'] }, rules)).toMatchObject({ admin: false, admitted: true });
    expect(read({ groups: ['chiefs'] }, rules)).toMatchObject({ admin: true, admitted: true });
    expect(read({ groups: ['/staff', 'STAFF', 'staff2'] }, rules)).toMatchObject({
      admin: false,
      admitted: false,
    });
    expect(read({ groups: ['staff'] })).toMatchObject({ admin: null, admitted: null });
  });
});
