import { expect, test } from 'vitest';
import { hostConfig, readHostConfig } from './host-config.ts';
import { readUlimits, ulimits } from './ulimits.ts';

test("docker-py's names come in as what they are here", () => {
  const { config, faults, warnings } = readHostConfig({
    ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 65536 }],
    shm_size: '1G',
    mem_limit: '512M',
    pids_limit: 256,
    devices: ['/dev/fuse', '/dev/kvm:/dev/kvm:rwm'],
    dns: ['10.0.0.2'],
    extra_hosts: { db: '10.0.0.3' },
    group_add: [44],
    init: true,
  });
  expect(config).toEqual({
    ulimits: [{ name: 'nofile', soft: 1024, hard: 65536 }],
    shmSize: 2 ** 30,
    memory: 2 ** 29,
    pids: 256,
    devices: ['/dev/fuse', '/dev/kvm'],
    dns: ['10.0.0.2'],
    extraHosts: ['db:10.0.0.3'],
    groups: [44],
  });
  expect(faults).toEqual([]);
  expect(warnings.map(({ key }) => key)).toEqual(['init']);
});

test.each([
  'privileged',
  'cap_add',
  'security_opt',
  'pid_mode',
  'ipc_mode',
  'userns_mode',
  'cgroup_parent',
  'sysctls',
  'device_requests',
  'network_mode',
  'port_bindings',
  'binds',
  'mounts',
  'volumes_from',
  'auto_remove',
  'restart_policy',
  'oom_kill_disable',
  'runtime',
])('%s is refused with its reason, whatever its value', (key) => {
  const { config, faults } = readHostConfig({ [key]: true });
  expect(config).toEqual({});
  expect(faults).toEqual([{ key, reason: expect.stringContaining('is refused: it ') }]);
});

test.each([
  ['a word that nobody knows', { ulimit: [] }],
  ['a word of every object', { constructor: {} }],
  ['a device that would be another inside', { devices: ['/dev/sda:/dev/null'] }],
  ['a file that is no device', { devices: ['/etc/shadow'] }],
  ['an address that is none', { dns: ['--dns'] }],
  ['too few processes', { pids_limit: 1 }],
  ['no size', { shm_size: 'much' }],
  ['a host with a line end', { extra_hosts: { 'a\nb': '1.2.3.4' } }],
])('%s is a fault', (_, given) => {
  expect(readHostConfig(given).faults).toHaveLength(1);
});

test('as a setting it is a mapping or JSON, and one fault stops all of it', () => {
  expect(hostConfig.parse('{"shm_size": "1G"}').config).toEqual({ shmSize: 2 ** 30 });
  expect(hostConfig.parse(undefined).config).toEqual({});
  expect(hostConfig.safeParse('shm_size=1G').success).toBe(false);
  const refused = hostConfig.safeParse({ privileged: true, shm_size: '1G' });
  expect(refused.error?.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining('has privileged, which is refused'),
  ]);
});

test('limits are read as the command line of docker writes them, and as its library does', () => {
  const nofile = { name: 'nofile', soft: 65536, hard: 65536 };
  expect(ulimits.parse('nofile=65536 memlock=-1:-1')).toEqual([
    nofile,
    { name: 'memlock', soft: -1, hard: -1 },
  ]);
  expect(ulimits.parse(undefined)).toEqual([]);
  expect(readUlimits({ nofile: 65536, stack: { soft: 1, hard: 2 } })).toEqual([
    nofile,
    { name: 'stack', soft: 1, hard: 2 },
  ]);
  expect(readUlimits([{ name: 'nofile', hard: 65536 }])).toEqual([nofile]);
});

test.each(['nproc=64', 'nofile=-2', 'nofile=9:8', 'nofile=-1:8', 'nofile', 'nofile=1 nofile=2', 'files=1'])(
  '%s is no limit',
  (word) => {
    expect(ulimits.safeParse(word).success).toBe(false);
  },
);
