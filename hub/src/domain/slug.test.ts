import { expect, test } from 'vitest';
import { containerName, escapeDash, escapeUnderscore, namesakesVolume, volumeCandidates } from './slug.ts';
import { isUsername } from './user.ts';

const TEMPLATE = 'jupyterhub-user-{username}';
const bare = (user: string) => volumeCandidates('{username}', user);

test.each([
  ['jtyberg', 'jtyberg', 'jtyberg'],
  ['foo-bar', 'foo-bar', 'foo-2dbar'],
  ['foo.bar', 'foo_2Ebar', 'foo-2ebar'],
  ['a_b', 'a_5Fb', 'a-5fb'],
  ['user@uni.edu', 'user_40uni_2Eedu', 'user-40uni-2eedu'],
])('%s is written as DockerSpawner wrote and writes it', (user, underscore, dash) => {
  expect(escapeUnderscore(user)).toBe(underscore);
  expect(escapeDash(user)).toBe(dash);
});

test('files of all three naming rules are looked for, the oldest rule first', () => {
  expect(volumeCandidates(TEMPLATE, 'foo.bar')).toEqual([
    'jupyterhub-user-foo.bar',
    'jupyterhub-user-foo_2Ebar',
    'jupyterhub-user-foo-2ebar',
  ]);
  expect(volumeCandidates(TEMPLATE, 'foo-bar')).toEqual([
    'jupyterhub-user-foo-bar',
    'jupyterhub-user-foo-2dbar',
  ]);
  expect(volumeCandidates(TEMPLATE, 'alice')).toEqual(['jupyterhub-user-alice']);
});

test('what the engine cannot hold as a name is not asked for', () => {
  expect(volumeCandidates(TEMPLATE, 'user@uni.edu')).toEqual([
    'jupyterhub-user-user_40uni_2Eedu',
    'jupyterhub-user-user-40uni-2eedu',
  ]);
});

test("nobody is given a volume that may hold another's files", () => {
  expect(bare('foo-2dbar')).toEqual(['foo-2d2dbar']);
  expect(bare('user_40uni')).not.toContain('user_40uni');
});

test('no two users share a container or a volume', () => {
  const parts = ['a', '-', '_', '.', '@', '2', 'd', 'e', '0', '2d', '-2d', '_40', '-40', '_2'];
  const users = new Set<string>();
  for (const one of parts)
    for (const two of parts) for (const end of ['b', '2d', '40', '5']) users.add(`x${one}${two}${end}`);
  const owners = new Map<string, string>();
  for (const user of [...users].filter(isUsername)) {
    for (const name of [...bare(user), containerName(user, ''), containerName(user, 'gpu')]) {
      expect(`${name} of ${owners.get(name) ?? user}`).toBe(`${name} of ${user}`);
      owners.set(name, user);
    }
  }
  expect(owners.size).toBeGreaterThan(1000);
});

test("alice's server gpu and the user alice--gpu have containers of their own", () => {
  expect(containerName('alice', 'gpu')).toBe('jupyter-alice--gpu');
  expect(containerName('alice--gpu', '')).toBe('jupyter-alice-2d-2dgpu');
});

test('the next person of a renamed one’s name gets a volume that no user’s own name reads as', () => {
  const taken = new Set(['jupyterhub-user-alice', 'jupyterhub-user-alice.N2']);
  expect(namesakesVolume(TEMPLATE, 'alice', (name) => taken.has(name))).toBe('jupyterhub-user-alice.N3');
  expect(isUsername('alice.N3')).toBe(false);
  expect(namesakesVolume('everybody', 'alice', () => false)).toBeNull();
});
