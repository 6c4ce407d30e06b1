import { describe, expect, test } from 'vitest';
import { chooseProfile } from '../../domain/choose-profile.ts';
import { type ProfileList, readProfileList } from './profile-list.ts';

function good(value: unknown): ProfileList {
  const read = readProfileList(value, '');
  if (typeof read === 'string') throw new Error(read);
  return read;
}
const one = (override: unknown) => good([{ display_name: 'One', kubespawner_override: override }]);
const ann = { name: 'ann', groups: [] };

test('a profile of z2jh reads as it stands', () => {
  const { profiles, warnings } = good([
    {
      display_name: 'Large (8 GB)',
      description: 'For <b>big</b> things.',
      default: true,
      kubespawner_override: {
        image: 'quay.io/jupyter/scipy-notebook:latest',
        image_pull_policy: 'Always',
        cmd: ['start-singleuser.sh'],
        args: ['--allow-root'],
        default_url: '/tree',
        environment: { COURSE: 'ML', OLD: null, YEAR: 2026 },
        mem_limit: '8G',
        mem_guarantee: '1G',
        cpu_limit: 2,
        cpu_guarantee: 0.5,
        uid: 1000,
        gid: 100,
        fs_gid: 100,
        supplemental_gids: [2000],
        extra_resource_limits: { 'nvidia.com/gpu': '1' },
        start_timeout: 300,
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'course-{username}' } },
          { name: 'scratch', emptyDir: {} },
          { name: 'host', hostPath: { path: '/srv/shared' } },
        ],
        volume_mounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'scratch', mountPath: '/scratch' },
          { name: 'host', mountPath: '/shared', readOnly: true },
        ],
      },
    },
  ]);
  expect(warnings).toEqual([]);
  expect(profiles).toMatchObject([
    {
      slug: 'large-8-gb',
      name: 'Large (8 GB)',
      description: 'For big things.',
      isDefault: true,
      allowedGroups: null,
      allowedUsers: null,
      override: {
        image: 'quay.io/jupyter/scipy-notebook:latest',
        pullPolicy: 'always',
        command: ['start-singleuser.sh'],
        args: ['--allow-root'],
        defaultUrl: '/tree',
        environment: { COURSE: 'ML', OLD: null, YEAR: '2026' },
        memory: 8 * 2 ** 30,
        memoryGuarantee: 2 ** 30,
        cpus: 2,
        cpuGuarantee: 0.5,
        uid: 1000,
        gid: 100,
        groups: [100, 2000],
        gpus: 1,
        startTimeout: 300_000,
        mounts: [
          { type: 'volume', source: 'course-{username}', path: '/data', readOnly: false },
          { type: 'tmpfs', source: '', path: '/scratch', readOnly: false },
          { type: 'bind', source: '/srv/shared', path: '/shared', readOnly: true },
        ],
      },
    },
  ]);
});

test('spawner_override says the same, and DockerSpawner’s volumes are read too', () => {
  const { profiles } = good([
    {
      display_name: 'A',
      spawner_override: { cmd: null, mem_limit: null, volumes: { shared: { bind: '/s', mode: 'ro' } } },
    },
  ]);
  expect(profiles[0]?.override).toEqual({
    command: null,
    memory: null,
    mounts: [{ type: 'volume', source: 'shared', path: '/s', readOnly: true }],
  });
});

test('what is for Kubernetes is told with its path, and has no effect', () => {
  const { warnings, profiles } = one({
    node_selector: { pool: 'gpu' },
    extra_resource_limits: { 'smarter-devices/fuse': '1' },
    environment: { SECRET: { valueFrom: {} } },
    volumes: [{ name: 'cfg', configMap: { name: 'x' } }],
    volume_mounts: [{ name: 'cfg', mountPath: '/etc/cfg' }],
  });
  expect(warnings).toEqual([
    '[0].kubespawner_override.extra_resource_limits.smarter-devices/fuse is for Kubernetes and has no effect here',
    '[0].kubespawner_override.environment.SECRET has no effect: values from elsewhere are for Kubernetes',
    '[0].kubespawner_override.volumes[0] has no effect: a volume of kind configMap is for Kubernetes',
  ]);
  expect(profiles[0]?.override).toEqual({ environment: {}, mounts: [], nodeSelector: { pool: 'gpu' } });
});

test.each([
  [
    [{ display_name: 'A', kubespawner_override: { mem_limt: '2G' } }],
    '[0].kubespawner_override.mem_limt is not known',
  ],
  [[{ display_name: 'A', kubespawner_overide: {} }], '[0].kubespawner_overide is not known'],
  [
    [{ display_name: 'A', spawner_override: { mem_limit: 'lots' } }],
    '[0].spawner_override.mem_limit should be a size such as 512M or 2G',
  ],
  [[{ display_name: 'A', spawner_override: { gid: 100 } }], '[0].spawner_override.gid needs a uid beside it'],
  [
    [{ display_name: 'A', spawner_override: { uid: -1 } }],
    '[0].spawner_override.uid should be a number from 0 to 4294967294',
  ],
  [[{}], '[0].display_name should say what people choose'],
  [[{ display_name: 'A' }, { display_name: 'a' }], ' names two profiles a: give one of them another slug'],
  [{ a: { profile_options: { size: {} } } }, '.a.profile_options.size gives nothing to choose from'],
  [
    [{ display_name: 'A', spawner_override: { volumes: { v: 'relative' } } }],
    '[0].spawner_override.volumes.v.bind should be a path that begins with /',
  ],
  [
    [{ display_name: 'A', spawner_override: { volumes: { v: '/a/../b' } } }],
    '[0].spawner_override.volumes.v.bind should be a path that begins with /',
  ],
  ['text', ' should be a mapping'],
])('%j is a fault with its place', (value, fault) => {
  expect(readProfileList(value, '')).toBe(fault);
});

describe('a text of one’s own', () => {
  const list = (unlisted: Record<string, unknown>) => [
    { display_name: 'A', profile_options: { image: { unlisted_choice: { enabled: true, ...unlisted } } } },
  ];
  const choose = (unlisted: Record<string, unknown>, text: string) =>
    chooseProfile(good(list(unlisted)).profiles, ann, { 'image--unlisted-choice': text })?.overrides.at(-1);

  test('fills its place, and has to match as a whole', () => {
    const unlisted = { validation_regex: 'lab:[0-9]+', kubespawner_override: { image: 'registry/{value}' } };
    expect(choose(unlisted, 'lab:12')).toEqual({ image: 'registry/lab:12' });
    for (const text of ['lab:12 --privileged', 'xlab:12', 'lab:12\n']) {
      expect(() => choose(unlisted, text)).toThrow(expect.objectContaining({ code: 'HTTP-400' }));
    }
  });
  test('is read as what it becomes: a size that is none is refused', () => {
    const unlisted = { kubespawner_override: { mem_limit: '{value}G' } };
    expect(choose(unlisted, '3')).toEqual({ memory: 3 * 2 ** 30 });
    expect(() => choose(unlisted, 'many')).toThrow(expect.objectContaining({ code: 'HTTP-400' }));
  });
  test('a pattern that would keep a backtracking engine busy for ever is answered at once', () => {
    const began = performance.now();
    expect(() => choose({ validation_regex: '(a+)+b' }, 'a'.repeat(1000))).toThrow();
    expect(performance.now() - began).toBeLessThan(1000);
  });
  test('a pattern that cannot be kept is refused at the start', () => {
    expect(readProfileList(list({ validation_regex: '(?=x)y' }), '')).toContain(
      'validation_regex is no pattern',
    );
  });
  test('a misspelt key in it is told at the start', () => {
    expect(readProfileList(list({ kubespawner_override: { imag: '{value}' } }), '')).toContain(
      'imag is not known',
    );
  });
});
