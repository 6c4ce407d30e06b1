import { describe, expect, test } from 'vitest';
import { contains, excess, expandScopes, holds, intersect, isScope, resolveGroups } from './scope.ts';

const alice = { user: 'alice' };

describe('the vocabulary', () => {
  test.each([
    'read:users:name',
    'access:servers!server=alice/',
    'users!group=physics',
    'servers!user',
    'access:servers!server',
    'access:services!service=x',
    'custom:jupyter_server:read:contents',
  ])('knows %s', (scope) => {
    expect(isScope(scope)).toBe(true);
  });

  test.each([
    '',
    'all',
    'users!',
    'users!user=',
    'users!team=x',
    'users!group',
    'constructor',
    'custom:x:',
    'custom:A',
  ])('refuses %j', (scope) => {
    expect(isScope(scope)).toBe(false);
  });
});

describe('expansion', () => {
  test('brings sub-scopes along, at any depth, with the filter', () => {
    expect(expandScopes(['servers!user=bob'], alice)).toEqual([
      'delete:servers!user=bob',
      'read:servers!user=bob',
      'read:users:name!user=bob',
      'servers!user=bob',
    ]);
  });

  test("a server's filter gives nothing about its user", () => {
    expect(expandScopes(['servers!server=alice/gpu'], alice)).toEqual([
      'delete:servers!server=alice/gpu',
      'read:servers!server=alice/gpu',
      'servers!server=alice/gpu',
    ]);
  });

  test('self is what JupyterHub 5 gives a user (contract §5.2)', () => {
    expect(expandScopes(['self'], alice)).toEqual(
      [
        'access:servers',
        'delete:servers',
        'read:servers',
        'read:shares',
        'read:tokens',
        'read:users',
        'read:users:activity',
        'read:users:groups',
        'read:users:name',
        'read:users:shares',
        'servers',
        'tokens',
        'users:activity',
        'users:shares',
      ].map((name) => `${name}!user=alice`),
    );
  });

  test('self-references without an owner of that kind give nothing, never everything', () => {
    expect(expandScopes(['self', 'servers!user', 'access:servers!server'], { service: 'grader' })).toEqual(
      [],
    );
  });

  test('what an unfiltered scope covers is left out', () => {
    expect(expandScopes(['list:users', 'read:users:name!user=bob'], alice)).toEqual([
      'list:users',
      'read:users:name',
    ]);
  });

  test('unknown words give nothing', () => {
    expect(expandScopes(['root', 'servers!user=bob!x', '__proto__'], alice)).not.toContain('root');
  });
});

describe('containment: none ⊃ group ⊃ user ⊃ server', () => {
  const groupsOf = (user: string): readonly string[] => (user === 'bob' ? ['physics'] : []);
  const onBob = { kind: 'user', value: 'bob' } as const;
  const onGpu = { kind: 'server', value: 'bob/gpu' } as const;

  test.each([
    ['servers', onGpu, true],
    ['servers!group=physics', onGpu, true],
    ['servers!group=physics', onBob, true],
    ['servers!group=maths', onBob, false],
    ['servers!user=bob', onGpu, true],
    ['servers!user=bo', onGpu, false],
    ['servers!server=bob/gpu', onGpu, true],
    ['servers!server=bob/', onGpu, false],
    ['servers!server=bob/gpu', onBob, false],
  ] as const)('%s on %j: %s', (scope, on, expected) => {
    expect(holds([scope], 'servers', on, groupsOf)).toBe(expected);
  });

  test('a limited scope does not allow what has no limit', () => {
    expect(holds(['admin:users!group=physics'], 'admin:users')).toBe(false);
  });

  test('a wider wish is excess', () => {
    expect(excess(['servers!user=bob'], ['servers', 'servers!server=bob/'], groupsOf)).toEqual(['servers']);
    expect(contains(['servers!group=physics'], ['servers!user=bob'], groupsOf)).toBe(true);
    expect(contains(['servers!user=bob'], ['servers!group=physics'], groupsOf)).toBe(false);
  });

  test('the intersection keeps the narrower side of each', () => {
    const both = intersect(
      ['servers!user=bob', 'read:hub', 'tokens'],
      ['servers!group=physics', 'tokens!user=eve', 'proxy'],
      groupsOf,
    );
    expect(both).toEqual(['servers!user=bob', 'tokens!user=eve']);
  });

  test("a group's members are written out for notebooks, which do not know groups", () => {
    const members = (group: string): readonly string[] => (group === 'physics' ? ['bob'] : []);
    expect(resolveGroups(['access:servers!group=physics', 'groups!group=physics'], members)).toEqual([
      'access:servers!group=physics',
      'access:servers!user=bob',
      'groups!group=physics',
    ]);
  });
});
