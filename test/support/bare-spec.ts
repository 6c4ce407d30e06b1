import type { ContainerSpec } from '../../hub/src/domain/containers.ts';

/** A container of which nothing is wanted: tests say what matters to them. */
export const BARE_SPEC: ContainerSpec = {
  name: 'jupyter-alice',
  image: 'lab:1',
  command: null,
  args: [],
  user: null,
  groups: [],
  environment: {},
  labels: {
    'org.berth.hub': 'berth',
    'org.berth.user': 'alice',
    'org.berth.server': '',
    'org.berth.generation': '1',
  },
  network: 'notebooks',
  mounts: [],
  memory: null,
  cpus: null,
  memoryGuarantee: 0,
  cpuGuarantee: 0,
  pids: 64,
  shmSize: null,
  ulimits: [],
  dns: [],
  extraHosts: [],
  devices: [],
  gpus: [],
};
