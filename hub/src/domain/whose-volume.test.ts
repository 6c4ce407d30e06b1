import { expect, test } from 'vitest';
import type { VolumeView } from './volumes.ts';
import { ownersOfVolumes } from './whose-volume.ts';

const volume = (name: string, labels: Record<string, string> = {}): VolumeView => ({
  name,
  labels,
  driver: 'local',
  created: null,
});
const of = (user: string, hub = 'here') => ({ 'org.berth.hub': hub, 'org.berth.user': user });
const owners = (volumes: readonly VolumeView[]) =>
  ownersOfVolumes(volumes, {
    instance: 'here',
    servers: [
      { user: 'foo-bar', volumeName: 'jupyterhub-user-foo-bar' },
      { user: 'new', volumeName: null },
    ],
    departures: [{ user: 'gone', volumes: ['jupyterhub-user-gone'] }],
    isUser: (name) => name !== 'gone',
  });

test('volumes that the store knows are their people’s, labels or not', () => {
  const found = owners([volume('jupyterhub-user-foo-bar'), volume('jupyterhub-user-gone')]);
  expect(found.get('jupyterhub-user-foo-bar')).toEqual({ kind: 'user', user: 'foo-bar', here: true });
  expect(found.get('jupyterhub-user-gone')).toEqual({ kind: 'user', user: 'gone', here: false });
});

test('volumes of others on the same engine are nobody’s here, whatever they are called', () => {
  const foreign = [
    volume('database'),
    volume('jupyterhub-user-stranger'),
    volume('jupyterhub-user-ana', of('ana', 'another hub')),
    volume('x', { 'org.berth.shared': 'x' }),
  ];
  expect(owners(foreign).size).toBe(0);
});

test('a label makes a volume somebody’s only when it is named after them', () => {
  const found = owners([
    volume('jupyterhub-user-a-2eb', of('a.b')),
    volume('datasets', of('a.b')),
    volume('datasets2', of('data')),
  ]);
  expect([...found]).toEqual([['jupyterhub-user-a-2eb', { kind: 'user', user: 'a.b', here: true }]]);
});

test('shared ones are this hub’s, and no person’s', () => {
  const shared = volume('berth-shared-x', { 'org.berth.hub': 'here', 'org.berth.shared': 'x' });
  expect(owners([shared]).get('berth-shared-x')).toEqual({ kind: 'shared' });
});

test('the store’s word counts before the label', () => {
  const found = owners([volume('jupyterhub-user-foo-bar', of('foo'))]);
  expect(found.get('jupyterhub-user-foo-bar')).toMatchObject({ user: 'foo-bar' });
});
