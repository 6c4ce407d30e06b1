import { expect, test } from 'vitest';
import type { Profile } from './profile.ts';
import { type SavedEnvironment, withEnvironments } from './saved-environment.ts';

const saved: SavedEnvironment = {
  id: 'e1',
  name: 'With R',
  description: '',
  user: 'ana',
  by: 'ana',
  audience: { kind: 'owner' },
  image: 'berth-environment:e1',
  base: 'lab:1',
  options: { profile: 'large' },
  created: 1,
  size: 1,
};
const large: Profile = {
  slug: 'large',
  name: 'Large',
  description: '',
  isDefault: true,
  override: { image: 'lab:1', command: ['start'], memory: 8, gpus: 1, environment: { A: 'b' } },
  options: [],
  allowedGroups: ['staff'],
  allowedUsers: null,
};
const ana = { name: 'ana', groups: ['staff'] };
const ben = { name: 'ben', groups: ['class'] };
const names = (profiles: readonly Profile[]) => profiles.map(({ name }) => name);

test('where nothing was configured the usual server stands beside what was saved', () => {
  expect(withEnvironments([], [], ana)).toEqual([]);
  expect(names(withEnvironments([], [saved], ana))).toEqual(['Standard', 'With R']);
  expect(withEnvironments([], [saved], ben)).toEqual([]);
});

test('an environment is its owner’s, a group’s or everybody’s', () => {
  const of = (audience: SavedEnvironment['audience'], viewer: typeof ana) =>
    names(withEnvironments([large], [{ ...saved, audience }], viewer)).length - 1;
  expect([of({ kind: 'owner' }, ana), of({ kind: 'owner' }, ben)]).toEqual([1, 0]);
  expect([of({ kind: 'group', group: 'class' }, ana), of({ kind: 'group', group: 'class' }, ben)]).toEqual([
    0, 1,
  ]);
  expect([of({ kind: 'everyone' }, ana), of({ kind: 'everyone' }, ben)]).toEqual([1, 1]);
});

test('whoever may use its profile gets that too; to others the image is given and nothing else', () => {
  const everyone: SavedEnvironment = { ...saved, audience: { kind: 'everyone' } };
  const of = (viewer: typeof ana) => withEnvironments([large], [everyone], viewer).at(-1)?.override;
  expect(of(ana)).toEqual({ ...large.override, image: saved.image, pullPolicy: 'never' });
  expect(of(ben)).toEqual({ image: saved.image, pullPolicy: 'never' });
});

test('a profile that is gone leaves the image', () => {
  const other = { ...large, slug: 'other' };
  expect(withEnvironments([other], [saved], ana).at(-1)?.override).toEqual({
    image: saved.image,
    pullPolicy: 'never',
  });
});

test('the newest comes first', () => {
  const newer = { ...saved, id: 'e2', name: 'Newer', created: 2 };
  expect(names(withEnvironments([large], [saved, newer], ana))).toEqual(['Large', 'Newer', 'With R']);
});
