import { describe, expect, test } from 'vitest';
import {
  type Admission,
  accountAfter,
  anyAllowConfig,
  isAdmitted,
  isAdmittedAs,
  isNameWanted,
  listedAdmin,
  nameHere,
} from './admission.ts';
import { plainIdentity } from './identity.ts';
import { NOBODY, type SignInSettings } from './sign-in-settings.ts';
import { newUser, type User } from './user.ts';

const bob = newUser('bob', 0);
const by = (settings: Partial<SignInSettings>, userlist = new Map<string, boolean>()): Admission => ({
  settings: { ...NOBODY, ...settings },
  userlist,
});
const listed = new Map([['bob', false]]);

describe('who may come in', () => {
  test.each<[string, Admission, Partial<User> | null, boolean]>([
    ['nobody, when nothing is said', by({}), {}, false],
    ['nobody, when nothing is said, stranger', by({}), null, false],
    ['everybody with allow_all', by({ allowAll: true }), null, true],
    ['whom the userlist names', by({}, listed), null, true],
    ['whom allowed_users names', by({ allowedUsers: ['bob'] }), null, true],
    ['not whom allowed_users does not name', by({ allowedUsers: ['bobby'] }), null, false],
    ['administrators of the settings', by({ adminUsers: ['bob'] }), null, true],
    ['whom an administrator added', by({}), { invited: true }, true],
    ['who has an account, with allow_existing_users', by({ allowExistingUsers: true }), {}, true],
    ['not a stranger, with allow_existing_users', by({ allowExistingUsers: true }), null, false],
    ['whom a provider vouches for', by({}), { vouched: { github: 1 } }, true],
    ['not whom no provider vouches for any more', by({}), { vouched: {} }, false],
    [
      'members of an allowed group',
      by({ manageGroups: true, allowedGroups: ['staff'] }),
      { groups: ['staff'], vouched: { 'generic-oauth groups': 1 } },
      true,
    ],
    [
      'not members of another',
      by({ manageGroups: true, allowedGroups: ['staff'] }),
      { groups: ['staffing'], vouched: { 'generic-oauth groups': 1 } },
      false,
    ],
    [
      'not members of whom no provider has said so for long',
      by({ manageGroups: true, allowedGroups: ['staff'] }),
      { groups: ['staff'] },
      false,
    ],
    [
      'members of an administrators’ group',
      by({ manageGroups: true, adminGroups: ['ops'] }),
      { groups: ['ops'], vouched: { 'github groups': 1 } },
      true,
    ],
    [
      'not by groups that people here manage',
      by({ allowedGroups: ['staff'] }),
      { groups: ['staff'], vouched: { 'x groups': 1 } },
      false,
    ],
    ['nobody who is blocked, with allow_all', by({ allowAll: true, blockedUsers: ['bob'] }), null, false],
    ['nobody who is blocked, though listed', by({ blockedUsers: ['bob'] }, listed), {}, false],
    [
      'nobody who is blocked, though administrator',
      by({ adminUsers: ['bob'], blockedUsers: ['bob'] }),
      { admin: true },
      false,
    ],
    [
      'nobody who is blocked, though vouched for',
      by({ blockedUsers: ['bob'] }),
      { vouched: { github: 1 }, invited: true },
      false,
    ],
  ])('%s', (_, admission, account, expected) => {
    expect(isAdmitted(admission, 'bob', account === null ? undefined : { ...bob, ...account })).toBe(
      expected,
    );
  });

  test('a first sign-in makes no existing user', () => {
    const admission = by({ allowExistingUsers: true });
    expect(isAdmittedAs(admission, bob, undefined)).toBe(false);
    expect(isAdmittedAs(admission, bob, bob)).toBe(true);
  });
});

describe('what a provider says of an account', () => {
  const says = (more: object) => ({ ...plainIdentity('github', 'bob', '7'), ...more });

  test('binds it to the id, and dates its word', () => {
    expect(accountAfter(by({}), bob, says({ admitted: true }), 99)).toMatchObject({
      identities: { github: '7' },
      vouched: { github: 99 },
    });
  });

  test('a welcome group is a word of its own, which ends with the group', () => {
    const admission = by({ manageGroups: true, allowedGroups: ['staff'] });
    const inside = accountAfter(admission, bob, says({ groups: ['staff'] }), 99);
    expect(inside.vouched).toEqual({ 'github groups': 99 });
    expect(isAdmitted(admission, 'bob', inside)).toBe(true);
    const outside = accountAfter(admission, inside, says({ groups: ['guests'] }), 100);
    expect(outside.vouched).toEqual({});
    expect(isAdmitted(admission, 'bob', outside)).toBe(false);
  });

  test.each([false, null])('takes its word back when it says %s, and leaves the others’', (admitted) => {
    const before = { ...bob, vouched: { github: 1, 'generic-oauth': 2 } };
    expect(accountAfter(by({}), before, says({ admitted }), 99).vouched).toEqual({ 'generic-oauth': 2 });
  });

  test.each([
    ['replaces them where groups are managed', true, ['staff', 'x'], ['staff', 'x']],
    ['takes all away with an empty list', true, [], []],
    ['says nothing with null', true, null, ['old']],
    ['changes nothing where they are not managed', false, ['staff'], ['old']],
    [
      'cannot bring names that break a scope',
      true,
      ['a!b', '', ' a', 'a\u0000', 'x'.repeat(256), 'ok', 'ok'],
      ['ok'],
    ],
    ['may name paths, as Keycloak does', true, ['/staff/it'], ['/staff/it']],
  ])('of groups: %s', (_, manageGroups, groups, expected) => {
    const after = accountAfter(by({ manageGroups }), { ...bob, groups: ['old'] }, says({ groups }), 0);
    expect(after.groups).toEqual(expected);
  });

  test.each<[string, Admission, Partial<User>, object, boolean]>([
    ['the lists first', by({ adminUsers: ['bob'] }), {}, { admin: false }, true],
    ['the userlist takes away', by({}, listed), { admin: true }, { admin: true }, false],
    ['then the provider’s own rule', by({}), {}, { admin: true }, true],
    ['which takes away', by({}), { admin: true }, { admin: false }, false],
    ['then admin_groups', by({ manageGroups: true, adminGroups: ['ops'] }), {}, { groups: ['ops'] }, true],
    [
      'which takes away',
      by({ manageGroups: true, adminGroups: ['ops'] }),
      { admin: true },
      { groups: ['x'] },
      false,
    ],
    ['not where groups are not managed', by({ adminGroups: ['ops'] }), {}, { groups: ['ops'] }, false],
    ['else it stays', by({}), { admin: true }, {}, true],
    [
      'the blocked lose it',
      by({ blockedUsers: ['bob'], adminUsers: ['bob'] }),
      { admin: true },
      { admin: true },
      false,
    ],
  ])('of administrators: %s', (_, admission, account, more, expected) => {
    expect(accountAfter(admission, { ...bob, ...account }, says(more), 0).admin).toBe(expected);
  });
});

test('the userlist wins over the account, and says nothing of others', () => {
  const admission = by(
    { adminUsers: ['ana'] },
    new Map([
      ['bob', true],
      ['cho', false],
    ]),
  );
  expect(['ana', 'bob', 'cho', 'dan'].map((name) => listedAdmin(admission, name))).toEqual([
    true,
    true,
    false,
    null,
  ]);
});

test('a name is mapped once: chains do not go on', () => {
  const settings = {
    ...NOBODY,
    usernameMap: new Map([
      ['a', 'b'],
      ['b', 'c'],
    ]),
  };
  expect(['a', 'b', 'c'].map((name) => nameHere(settings, name))).toEqual(['b', 'c', 'c']);
});

test('the pattern is held against the whole name', () => {
  const settings = { ...NOBODY, usernamePattern: (name: string) => /^[a-z]+@good\.example$/.test(name) };
  expect(isNameWanted(settings, 'me@good.example')).toBe(true);
  expect(isNameWanted(settings, 'me@good.example.evil')).toBe(false);
  expect(isNameWanted(settings, '1me@good.example')).toBe(false);
});

test.each<[string, Admission, boolean, boolean]>([
  ['nothing', by({}), false, false],
  ['a block alone', by({ blockedUsers: ['x'] }), false, false],
  ['a pattern alone', by({ usernamePattern: () => true }), false, false],
  ['an administrator', by({ adminUsers: ['x'] }), false, true],
  ['a list', by({}, listed), false, true],
  ['a provider’s own rule', by({}), true, true],
  ['allow_existing_users', by({ allowExistingUsers: true }), false, true],
])('any_allow_config: %s', (_, admission, ownRules, expected) => {
  expect(anyAllowConfig(admission, ownRules)).toBe(expected);
});
