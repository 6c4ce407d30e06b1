import { expect, test } from 'vitest';
import type { ContainerSpec } from '../../domain/ports.ts';
import { createBody } from './create-body.ts';

const spec: ContainerSpec = {
  name: 'jupyter-alice',
  image: 'lab:1',
  command: null,
  environment: { JUPYTERHUB_USER: 'alice', EMPTY: '' },
  labels: { 'org.berth.hub': 'berth', 'org.berth.user': 'alice', 'org.berth.server': '' },
  network: 'jupyterhub-network',
  volumes: [{ name: 'jupyterhub-user-alice', path: '/home/jovyan/work', readOnly: false }],
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

test('a sliver of a core is still one the kernel accepts', () => {
  expect(createBody({ ...spec, cpus: 0.001 }).HostConfig?.CpuQuota).toBe(1000);
});
