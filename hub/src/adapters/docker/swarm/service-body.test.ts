import { expect, test } from 'vitest';
import { BARE_SPEC } from '../../../../../test/support/bare-spec.ts';
import type { ContainerSpec } from '../../../domain/containers.ts';
import { type ServiceParts, serviceBody } from './service-body.ts';

const spec: ContainerSpec = {
  ...BARE_SPEC,
  environment: { JUPYTERHUB_USER: 'alice', JUPYTERHUB_API_TOKEN: 'hidden elsewhere' },
  mounts: [
    {
      type: 'volume',
      source: 'jupyterhub-user-alice',
      path: '/home/jovyan/work',
      readOnly: false,
      personal: true,
    },
  ],
  memory: 2 ** 31,
  cpus: 1.5,
  memoryGuarantee: 2 ** 29,
  cpuGuarantee: 0.25,
  pids: 512,
  shmSize: 2 ** 26,
};

const parts: ServiceParts = {
  words: {},
  environment: { JUPYTERHUB_USER: 'alice' },
  secret: { id: 'secret1', name: 'jupyter-alice-0a' },
  labels: { 'org.berth.sealed': 'v1.x' },
  stopGraceSeconds: 10,
  api: 41,
  mostCores: 8,
};

test('a server is a service of one task that never begins anew, with every lock that a service can have', () => {
  expect(serviceBody(spec, parts)).toEqual({
    Name: 'jupyter-alice',
    Labels: { ...spec.labels, 'org.berth.sealed': 'v1.x' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'lab:1',
        Labels: { 'org.berth.user': 'alice', 'org.berth.server': '' },
        Env: ['JUPYTERHUB_USER=alice', 'TINI_SUBREAPER=1'],
        Init: true,
        Mounts: [
          {
            Type: 'volume',
            Source: 'jupyterhub-user-alice',
            Target: '/home/jovyan/work',
            ReadOnly: false,
            VolumeOptions: {
              NoCopy: false,
              Labels: { 'org.berth.hub': 'berth', 'org.berth.user': 'alice' },
              DriverConfig: { Name: '', Options: {} },
            },
          },
          { Type: 'tmpfs', Target: '/dev/shm', ReadOnly: false, TmpfsOptions: { SizeBytes: 2 ** 26 } },
        ],
        StopGracePeriod: 10_000_000_000,
        Healthcheck: { Test: ['NONE'] },
        Secrets: [
          {
            SecretID: 'secret1',
            SecretName: 'jupyter-alice-0a',
            File: { Name: 'berth-environment', UID: '0', GID: '0', Mode: 0o444 },
          },
        ],
        CapabilityDrop: ['ALL'],
        Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      },
      Resources: {
        Limits: { MemoryBytes: 2 ** 31, NanoCPUs: 1_500_000_000, Pids: 512 },
        Reservations: { MemoryBytes: 2 ** 29, NanoCPUs: 250_000_000 },
      },
      RestartPolicy: { Condition: 'none', MaxAttempts: 0 },
      Placement: {},
      Networks: [{ Target: 'notebooks' }],
      LogDriver: { Name: 'json-file', Options: { 'max-size': '10m', 'max-file': '2' } },
      ForceUpdate: 0,
    },
    Mode: { Replicated: { Replicas: 0 } },
    EndpointSpec: { Mode: 'dnsrr' },
  });
});

const taskOf = (more: Partial<ContainerSpec>, others: Partial<ServiceParts> = {}) =>
  serviceBody({ ...spec, ...more }, { ...parts, ...others }).TaskTemplate;

test('an engine that knows no-new-privileges of services is told so', () => {
  expect(taskOf({}, { api: 44 }).ContainerSpec).toMatchObject({ Privileges: { NoNewPrivileges: true } });
  expect(taskOf({}, { api: 43 }).ContainerSpec).not.toHaveProperty('Privileges');
});

test('named volumes are volumes, with their driver; what is bound is a path, and memory has no source', () => {
  const driver = { name: 'local', options: { type: 'nfs', o: 'addr=10.0.0.4', device: ':/homes/alice' } };
  const { Mounts: mounts } = taskOf({
    shmSize: null,
    mounts: [
      { type: 'volume', source: 'home', path: '/home', readOnly: false, driver },
      { type: 'bind', source: '/srv/data', path: '/data', readOnly: true },
      { type: 'tmpfs', source: '', path: '/scratch', readOnly: false },
    ],
  }).ContainerSpec;
  expect(mounts).toEqual([
    {
      Type: 'volume',
      Source: 'home',
      Target: '/home',
      ReadOnly: false,
      VolumeOptions: { NoCopy: false, Labels: {}, DriverConfig: { Name: 'local', Options: driver.options } },
    },
    { Type: 'bind', Source: '/srv/data', Target: '/data', ReadOnly: true },
    { Type: 'tmpfs', Source: '', Target: '/scratch', ReadOnly: false },
  ]);
});

test('constraints, spreading, countable things and the machine of a volume go to the scheduler', () => {
  const placement = {
    constraints: ['node.labels.disk==ssd'],
    spread: ['node.labels.rack', 'node.id'],
    resources: { gpu: 2 },
    machine: 'node1',
  };
  const task = taskOf({ placement });
  expect(task.Placement).toEqual({
    Constraints: ['node.labels.disk==ssd', 'node.id==node1'],
    Preferences: [
      { Spread: { SpreadDescriptor: 'node.labels.rack' } },
      { Spread: { SpreadDescriptor: 'node.id' } },
    ],
  });
  expect(task.Resources.Reservations).toMatchObject({
    GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }],
  });
});

test('a limit of more cores than the machines have is all that they have, because they would refuse it', () => {
  expect(taskOf({ cpus: 64 }).Resources.Limits).toMatchObject({ NanoCPUs: 8_000_000_000 });
  expect(taskOf({ cpus: 64 }, { mostCores: null }).Resources.Limits).toMatchObject({ NanoCPUs: 64e9 });
});

test('no limit is no limit, and no promise none', () => {
  const { Limits: limits, Reservations: promises } = taskOf({
    memory: null,
    cpus: null,
    memoryGuarantee: 0,
    cpuGuarantee: 0,
  }).Resources;
  expect([limits, promises]).toEqual([{ Pids: 512 }, {}]);
});

test('names, addresses, users and groups are told in the words of services', () => {
  const { ContainerSpec: container } = taskOf({
    dns: ['10.0.0.2'],
    extraHosts: ['db:10.0.0.3', 'six:fd00::1'],
    user: { uid: 0, gid: null },
    groups: [100],
  });
  expect(container).toMatchObject({
    DNSConfig: { Nameservers: ['10.0.0.2'] },
    Hosts: ['10.0.0.3 db', 'fd00::1 six'],
    User: '0',
    Groups: ['100'],
    CapabilityDrop: ['ALL'],
  });
  expect(container.CapabilityAdd).toContain('CHOWN');
});
