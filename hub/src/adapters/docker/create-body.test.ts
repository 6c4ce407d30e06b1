import { expect, test } from 'vitest';
import { BARE_SPEC } from '../../../../test/support/bare-spec.ts';
import type { ContainerSpec } from '../../domain/containers.ts';
import { createBody } from './create-body.ts';

const spec: ContainerSpec = {
  ...BARE_SPEC,
  environment: { JUPYTERHUB_USER: 'alice', EMPTY: '' },
  labels: { 'org.berth.hub': 'berth', 'org.berth.user': 'alice', 'org.berth.server': '' },
  network: 'jupyterhub-network',
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
  pids: 512,
  shmSize: 2 ** 26,
};

test('a container gets every lock that the security page promises, and nothing it was not given', () => {
  expect(createBody(spec)).toEqual({
    name: 'jupyter-alice',
    Image: 'lab:1',
    Env: ['JUPYTERHUB_USER=alice', 'EMPTY=', 'TINI_SUBREAPER=1'],
    Labels: spec.labels,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: 'jupyterhub-network',
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
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
      ],
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: 512,
      Memory: 2 ** 31,
      MemorySwap: 2 ** 31,
      CpuPeriod: 100_000,
      CpuQuota: 150_000,
      CpuShares: 128,
      ShmSize: 2 ** 26,
      Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
  });
});

test("a command is given only when one was chosen: the image's own starts otherwise", () => {
  expect(createBody(spec)).not.toHaveProperty('Cmd');
  expect(createBody({ ...spec, command: ['start-singleuser.sh'] }).Cmd).toEqual(['start-singleuser.sh']);
});

test('no limit is no limit, not zero', () => {
  const { HostConfig: host } = createBody({ ...spec, memory: null, cpus: null, shmSize: null });
  for (const key of ['Memory', 'MemorySwap', 'CpuQuota', 'ShmSize']) expect(host).not.toHaveProperty(key);
});

test('a crash leaves no core file, unless somebody wants it; other limits stand beside', () => {
  const nofile = { name: 'nofile', soft: 1024, hard: 65536 };
  expect(createBody({ ...spec, ulimits: [nofile] }).HostConfig?.Ulimits).toEqual([
    { Name: 'core', Soft: 0, Hard: 0 },
    { Name: 'nofile', Soft: 1024, Hard: 65536 },
  ]);
  const core = { name: 'core', soft: -1, hard: -1 };
  expect(createBody({ ...spec, ulimits: [core] }).HostConfig?.Ulimits).toEqual([
    { Name: 'core', Soft: -1, Hard: -1 },
  ]);
});

test('names are told only when there are any', () => {
  const told = createBody({ ...spec, dns: ['10.0.0.2'], extraHosts: ['db:10.0.0.3'] });
  expect(told.HostConfig).toMatchObject({ Dns: ['10.0.0.2'], ExtraHosts: ['db:10.0.0.3'] });
});

test('a promise of cores never weighs less than none', () => {
  const shares = (cpuGuarantee: number) => createBody({ ...spec, cpuGuarantee }).HostConfig?.CpuShares;
  expect([0, 0.05, 0.5, 2].map(shares)).toEqual([128, 128, 512, 2048]);
});

test('a sliver of a core is still one the kernel accepts', () => {
  expect(createBody({ ...spec, cpus: 0.001 }).HostConfig?.CpuQuota).toBe(1000);
});

test("arguments follow the chosen command, or the image's own", () => {
  const args = ['--allow-root'];
  expect(createBody({ ...spec, command: ['lab'], args }, ['own']).Cmd).toEqual(['lab', '--allow-root']);
  expect(createBody({ ...spec, args }, ['own', '-x']).Cmd).toEqual(['own', '-x', '--allow-root']);
});

test('whoever runs as root in the container gets what root needs there, and nothing that reaches out of it', () => {
  const body = createBody({ ...spec, user: { uid: 0, gid: null } });
  expect(body.User).toBe('0');
  expect(body.HostConfig).toMatchObject({ CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges:true'] });
  expect(body.HostConfig?.CapAdd).toEqual([
    'CHOWN',
    'DAC_OVERRIDE',
    'FOWNER',
    'FSETID',
    'KILL',
    'SETGID',
    'SETUID',
  ]);
  const ordinary = createBody({ ...spec, user: { uid: 1000, gid: 100 }, groups: [2000] });
  expect(ordinary).toMatchObject({ User: '1000:100', HostConfig: { GroupAdd: ['2000'] } });
  expect(ordinary.HostConfig).not.toHaveProperty('CapAdd');
});

test('guarantees are reservations and weights', () => {
  const { HostConfig: host } = createBody({ ...spec, memoryGuarantee: 2 ** 30, cpuGuarantee: 0.5 });
  expect(host).toMatchObject({ MemoryReservation: 2 ** 30, CpuShares: 512 });
});

test('GPUs are asked for by their ids, device files are handed in', () => {
  const { HostConfig: host } = createBody({
    ...spec,
    gpus: ['GPU-1', '/dev/dri/renderD128'],
    devices: ['/dev/kvm'],
  });
  expect(host?.DeviceRequests).toEqual([{ Driver: 'nvidia', DeviceIDs: ['GPU-1'], Capabilities: [['gpu']] }]);
  expect(host?.Devices).toMatchObject([{ PathOnHost: '/dev/kvm' }, { PathOnHost: '/dev/dri/renderD128' }]);
});

test('a volume that is not one person’s is not labelled as theirs', () => {
  const mounts = [{ type: 'volume', source: 'datasets', path: '/data', readOnly: false }] as const;
  expect(createBody({ ...spec, mounts }).HostConfig?.Mounts?.[0]?.VolumeOptions?.Labels).toEqual({});
});

test('a foreign ENTRYPOINT is replaced, or left out, when a profile says so', () => {
  expect(createBody(spec)).not.toHaveProperty('Entrypoint');
  expect(createBody({ ...spec, entrypoint: ['tini', '--'] }).Entrypoint).toEqual(['tini', '--']);
  expect(createBody({ ...spec, entrypoint: [] }).Entrypoint).toEqual(['']);
});

test('what a container may write outside of its volumes is limited by the engine', () => {
  expect(createBody({ ...spec, layerSize: 2 ** 30 }).HostConfig?.StorageOpt).toEqual({ size: '1073741824' });
});
