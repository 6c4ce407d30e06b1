import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../domain/profile.ts';
import type { SpawnSettings } from '../../../domain/settings.ts';
import { type GateMenu, gatePolicy } from './policy.ts';

const SETTINGS = {
  image: 'lab/base:1',
  volumeTemplate: 'jupyterhub-user-{username}',
  network: 'net',
  instance: 'berth',
  mounts: [],
  devices: [],
  groups: [],
} as unknown as SpawnSettings;

function profile(override: Profile['override'], options: Profile['options'] = []): Profile {
  const rest = { description: '', isDefault: false, allowedGroups: null, allowedUsers: null };
  return { slug: 'p', name: 'P', override, options, ...rest };
}

const policyOf = (more: Partial<GateMenu> = {}) =>
  gatePolicy({ settings: SETTINGS, profiles: [], rootAllowed: false, gpus: [], sharedGid: 100, ...more });

describe('images', () => {
  it('are those of the settings, the profiles and their choices', () => {
    const choice = { key: 'r', name: 'R', isDefault: false, override: { image: 'lab/r:2' } };
    const options = [{ key: 'image', name: 'Image', choices: [choice], unlisted: null }];
    const policy = policyOf({ profiles: [profile({ image: 'lab/gpu:1' }, options)] });
    for (const image of ['lab/base:1', 'lab/gpu:1', 'lab/r:2'])
      expect(policy.allowsImage(image), image).toBe(true);
    for (const image of ['lab/base:2', 'lab/base', 'berth:latest', ''])
      expect(policy.allowsImage(image), image).toBe(false);
  });

  it('of somebody’s own choice are those that a text makes', () => {
    const unlisted = {
      name: 'Own',
      choiceName: 'Other…',
      pattern: null,
      message: '',
      read: (text: string) => (/^[a-z]+$/.test(text) ? { image: `registry.lab/${text}:latest` } : null),
    };
    const options = [{ key: 'image', name: 'Image', choices: [], unlisted }];
    const policy = policyOf({ profiles: [profile({}, options)] });
    expect(policy.allowsImage('registry.lab/mine:latest')).toBe(true);
    for (const image of ['registry.lab/mine:1', 'other.lab/mine:latest', 'registry.lab/a/b:latest'])
      expect(policy.allowsImage(image), image).toBe(false);
  });
});

describe('paths of the machine', () => {
  const mounts = [
    { type: 'bind', source: '/srv/data', path: '/data', readOnly: true },
    { type: 'bind', source: '/home/{username}', path: '/home', readOnly: false },
  ] as const;
  const policy = policyOf({ profiles: [profile({ mounts })] });

  it.each([
    ['/srv/data', true, true],
    ['/srv/data', false, false],
    ['/srv/data/', true, false],
    ['/srv/data/sub', true, false],
    ['/srv', true, false],
    ['/', true, false],
    ['/home/ana', false, true],
    ['/home/ana/../../etc', false, false],
    ['/home/..', false, false],
    ['/home/.', false, false],
    ['/home/ana/x', false, false],
    ['/home//', false, false],
    ['srv/data', true, false],
  ])('%s, for reading only: %s, passes: %s', (source, readOnly, passes) => {
    expect(policy.allowsBind(source, readOnly)).toBe(passes);
  });
});

it('volumes have names of the template, and no others', () => {
  const policy = policyOf({
    profiles: [profile({ mounts: [{ type: 'volume', source: 'course', path: '/c', readOnly: true }] })],
  });
  for (const name of ['jupyterhub-user-ana', 'jupyterhub-user-foo-2dbar', 'course'])
    expect(policy.namesVolume(name), name).toBe(true);
  for (const name of ['jupyterhub-data', 'jupyterhub-user-', 'course2', 'xjupyterhub-user-ana'])
    expect(policy.namesVolume(name), name).toBe(false);
});

it('devices and groups are the configuration’s; a GPU that is a file is one of the devices', () => {
  const policy = policyOf({
    profiles: [profile({ devices: ['/dev/kvm'], groups: [500] })],
    gpus: ['GPU-1', '/dev/dri/card0'],
  });
  expect([...policy.devices]).toEqual(['/dev/kvm', '/dev/dri/card0']);
  expect([...policy.groups].sort()).toEqual(['100', '500']);
  expect(policy.gpus.has('GPU-2')).toBe(false);
});
