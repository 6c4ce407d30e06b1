import { hostConfig } from '../host-config.ts';
import { bytes, dictionary, number, oneOf, optionalNumber, reader, setting } from '../setting.ts';
import { ulimits } from '../ulimits.ts';

/** `GPU-3a23…`, `0`, `MIG-…`, `/dev/dri/renderD128`; with `:4` after it, four servers share it. */
const gpus = reader(
  { type: ['array', 'string'], items: { type: ['string', 'number'] } },
  'should be ids of GPUs, such as GPU-3a23c669 GPU-9f1e40b2:4',
  (value): readonly { readonly id: string; readonly shares: number }[] | undefined => {
    if (value === undefined || value === null) return [];
    const words = Array.isArray(value) ? value.map(String) : String(value).split(/[\s,]+/);
    const read = words.filter((word) => word !== '').map(readGpu);
    const ids = new Set(read.map((gpu) => gpu?.id));
    return read.every((gpu) => gpu !== undefined) && ids.size === read.length ? read : undefined;
  },
);

function readGpu(word: string): { readonly id: string; readonly shares: number } | undefined {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*|\/dev\/[A-Za-z0-9._/-]+)(?::(\d{1,3}))?$/.exec(word);
  const [, id, shares = '1'] = match ?? [];
  return id === undefined || Number(shares) < 1 || id.includes('..')
    ? undefined
    : { id, shares: Number(shares) };
}

/** Command-line words: a list of YAML, or words with blanks between them. */
const words = reader(
  { type: ['array', 'string'], items: { type: ['string', 'number'] } },
  'should be a list of words',
  (value): readonly string[] | undefined => {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map(String);
    return typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : undefined;
  },
);

/** What the machine is shared by, and what is promised to each. */
export const ROOM_SETTINGS = {
  memoryGuarantee: setting({
    env: 'MEM_GUARANTEE',
    trait: ['Spawner.mem_guarantee', 'singleuser.memory.guarantee'],
    doc: 'Memory that each server is promised, such as `1G`. A start waits until all promises together fit into the machine. Empty: no promise, no wait.',
    type: bytes,
    reload: true,
  }),
  cpuGuarantee: setting({
    env: 'CPU_GUARANTEE',
    trait: ['Spawner.cpu_guarantee', 'singleuser.cpu.guarantee'],
    doc: 'Cores that each server is promised, such as `0.5`. `0`: none.',
    type: number(0, 1024),
    fallback: '0',
    reload: true,
  }),
  memoryReserve: setting({
    env: 'MEM_RESERVE',
    doc: 'Memory of the machine that is promised to no server: for the hub, the engine and the system.',
    type: bytes,
    fallback: '1G',
  }),
  cpuReserve: setting({
    env: 'CPU_RESERVE',
    doc: 'Cores of the machine that are promised to no server.',
    type: number(0, 1024),
    fallback: '0',
  }),
  gpus: setting({
    env: 'GPUS',
    doc: 'Ids of the GPUs for servers, as `nvidia-smi -L` tells them, or device files (`/dev/dri/renderD128`). Each is leased to one server at a time, or to as many as the number after a colon: `GPU-9f1e40b2:4`. Servers get one by a profile.',
    type: gpus,
  }),
  machineNeighbours: setting({
    env: 'MACHINE_NEIGHBOURS',
    doc: 'How many neighbours the machine’s kernel remembers (`net.ipv4.neigh.default.gc_thresh3`), for the doctor. `make up` writes it, since it is not seen from within a container. Empty: not known.',
    type: optionalNumber(0, 2 ** 31 - 1),
    reload: true,
  }),
  activeServerLimit: setting({
    env: 'ACTIVE_SERVER_LIMIT',
    trait: ['JupyterHub.active_server_limit', 'hub.activeServerLimit'],
    doc: 'How many servers may run at once. Who comes then waits in line, and is told the place. `0`: any number.',
    type: number(0, 100_000),
    fallback: '0',
    reload: true,
  }),
  concurrentSpawnLimit: setting({
    env: 'CONCURRENT_SPAWN_LIMIT',
    trait: ['JupyterHub.concurrent_spawn_limit', 'hub.concurrentSpawnLimit'],
    doc: 'How many servers may start at once; downloads do not count. The others wait in the order in which they came. Empty: twice as many as the machine has cores, 64 at most. `0`: any number.',
    type: optionalNumber(0, 10_000),
    reload: true,
  }),
  pullPolicy: setting({
    env: 'PULL_POLICY',
    trait: ['DockerSpawner.pull_policy', 'KubeSpawner.image_pull_policy', 'singleuser.image.pullPolicy'],
    doc: 'When the registry is asked for an image: `ifnotpresent`, `always` (at each start) or `never`.',
    type: oneOf('ifnotpresent', 'always', 'never'),
    fallback: 'ifnotpresent',
    reload: true,
  }),
  spawnArgs: setting({
    env: 'SPAWN_ARGS',
    trait: 'Spawner.args',
    doc: 'Arguments after the command, such as `--allow-root`.',
    type: words,
    reload: true,
  }),
  ulimits: setting({
    env: 'ULIMITS',
    doc: 'Limits of the kernel for each process of a server, as `docker run --ulimit` writes them: `nofile=65536:65536 memlock=-1`. Core dumps are off unless `core` says otherwise.',
    type: ulimits,
    reload: true,
  }),
  hostConfig: setting({
    env: 'EXTRA_HOST_CONFIG',
    trait: 'DockerSpawner.extra_host_config',
    doc: 'What DockerSpawner leaves to `extra_host_config`: `ulimits`, `shm_size`, `mem_limit`, `pids_limit`, `devices`, `dns`, `extra_hosts` and `group_add`, as a mapping or JSON. Keys that open a way out of the container, or past the proxy, stop the hub with the reason.',
    type: hostConfig,
    reload: true,
  }),
  extraEnvironment: setting({
    env: 'SPAWN_ENVIRONMENT',
    trait: ['Spawner.environment', 'singleuser.extraEnv'],
    doc: 'Variables for each server, as `NAME=value&OTHER=value` or JSON. `{username}` is replaced. Those that a notebook needs from the hub cannot be changed.',
    type: dictionary,
    reload: true,
  }),
} as const;
