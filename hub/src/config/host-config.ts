import { z } from 'zod';
import type { Override } from '../domain/profile.ts';
import { bytes } from './setting.ts';
import { readUlimits } from './ulimits.ts';

/** What of a container's making DockerSpawner leaves to `extra_host_config`, as far as it is had here. */
export type HostConfig = Pick<
  Override,
  'ulimits' | 'shmSize' | 'pids' | 'memory' | 'devices' | 'dns' | 'extraHosts' | 'groups'
>;

export interface HostConfigReading {
  readonly config: HostConfig;
  /** Keys that cannot be had, each with why: starting without them would be another configuration. */
  readonly faults: readonly { readonly key: string; readonly reason: string }[];
  readonly warnings: readonly { readonly key: string; readonly reason: string }[];
}

/** Undefined: not what the key should be. */
type Reader = (value: unknown) => HostConfig | undefined;

const READERS: Readonly<Record<string, readonly [shape: string, read: Reader]>> = {
  ulimits: [
    'should be limits such as [{name: nofile, soft: 65536, hard: 65536}]; nproc counts the processes of everybody with the same number on the whole machine: pids_limit is what is meant',
    (value) => given(readUlimits(value), (ulimits) => ({ ulimits })),
  ],
  shm_size: ['should be a size such as 1G', (value) => given(sizeOf(value), (shmSize) => ({ shmSize }))],
  mem_limit: ['should be a size such as 2G', (value) => given(sizeOf(value), (memory) => ({ memory }))],
  pids_limit: [
    'should be a number from 64 to 65536',
    (value) => (isWithin(value, 64, 65_536) ? { pids: value } : undefined),
  ],
  devices: [
    'should be paths of device files, the same in the container',
    (value) => given(pathsOf(value), (devices) => ({ devices })),
  ],
  dns: ['should be addresses', (value) => given(textsOf(value, /^[0-9a-fA-F.:]+$/), (dns) => ({ dns }))],
  extra_hosts: [
    'should be {name: address}',
    (value) => given(hostsOf(value), (extraHosts) => ({ extraHosts })),
  ],
  group_add: [
    'should be numbers of groups',
    (value) =>
      Array.isArray(value) && value.every((one) => isWithin(one, 0, 2 ** 32 - 2))
        ? { groups: value }
        : undefined,
  ],
};

const wayOut = 'opens a way out of the container, for whoever runs a notebook in it';
const REFUSED: Readonly<Record<string, string>> = {
  privileged: wayOut,
  cap_add: `${wayOut}; servers as root (ROOT_SERVERS) have what package managers need`,
  security_opt: wayOut,
  pid_mode: wayOut,
  ipc_mode: wayOut,
  uts_mode: wayOut,
  userns_mode: wayOut,
  cgroup_parent: wayOut,
  cgroupns: wayOut,
  sysctls: wayOut,
  runtime: 'changes what keeps servers apart; GPUs are leased by GPUS and a profile’s gpus',
  device_requests: 'would give everybody the same GPU: GPUS and a profile’s gpus lease them one by one',
  device_cgroup_rules: wayOut,
  network_mode: 'would take servers off the notebooks’ network: DOCKER_NETWORK_NAME names it',
  links: 'is no more than a name: extra_hosts gives one',
  port_bindings: 'would open servers past the proxy, without signing in',
  publish_all_ports: 'would open servers past the proxy, without signing in',
  binds: 'is said with a profile’s volumes, where each is checked',
  mounts: 'is said with a profile’s volumes, where each is checked',
  volumes_from: 'would show the files of another container',
  auto_remove: 'would lose the last words of a server that ends',
  restart_policy: 'would start servers past the hub: it starts them itself',
  oom_kill_disable: 'lets one server stop the whole machine',
};

const HARMLESS: Readonly<Record<string, string>> = {
  init: 'is so already: the engine’s init is the first process',
  memswap_limit: 'is the memory limit already: swap is never added',
  cpu_period: 'is the engine’s own: the CPU limit is a share of it',
  log_config: 'is fixed: json-file with two files of 10 MB',
  cap_drop: 'is so already: all capabilities are dropped',
};

/** Reads docker-py's names of a host configuration; what nobody knows is a fault, because it may be a misspelt limit. */
export function readHostConfig(given: Readonly<Record<string, unknown>>): HostConfigReading {
  const faults: { key: string; reason: string }[] = [];
  const warnings: { key: string; reason: string }[] = [];
  let config: HostConfig = {};
  for (const [key, value] of Object.entries(given)) {
    const harmless = own(HARMLESS, key);
    const refused = own(REFUSED, key);
    const reader = own(READERS, key);
    const read = reader?.[1](value);
    if (harmless !== undefined) warnings.push({ key, reason: `has no effect: it ${harmless}` });
    else if (refused !== undefined) faults.push({ key, reason: `is refused: it ${refused}` });
    else if (reader === undefined) faults.push({ key, reason: 'is nothing that can be set here' });
    else if (read === undefined) faults.push({ key, reason: reader[0] });
    else config = { ...config, ...read };
  }
  return { config, faults, warnings };
}

/** The setting: a mapping of YAML, or JSON in one word of the environment. */
export const hostConfig: z.ZodType<HostConfigReading> = z
  .unknown()
  .meta({ type: ['object', 'string'] })
  .transform((value, context): HostConfigReading => {
    const mapping = mappingOf(value);
    if (mapping === undefined) {
      context.addIssue({ code: 'custom', message: 'should be a mapping, or one as JSON' });
      return z.NEVER;
    }
    const reading = readHostConfig(mapping);
    for (const { key, reason } of reading.faults) {
      context.addIssue({ code: 'custom', message: `has ${key}, which ${reason}` });
    }
    return reading.faults.length === 0 ? reading : z.NEVER;
  });

function mappingOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null || value === '') return {};
  const read = typeof value === 'string' ? parse(value) : value;
  const isMapping = typeof read === 'object' && read !== null && !Array.isArray(read);
  return isMapping ? (read as Readonly<Record<string, unknown>>) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function given<T>(value: T | undefined, make: (value: T) => HostConfig): HostConfig | undefined {
  return value === undefined ? undefined : make(value);
}

function sizeOf(value: unknown): number | undefined {
  const read = bytes.safeParse(value);
  return read.success && read.data !== null ? read.data : undefined;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function textsOf(value: unknown, whole: RegExp): readonly string[] | undefined {
  const fits = Array.isArray(value) && value.every((one) => typeof one === 'string' && whole.test(one));
  return fits ? value : undefined;
}

/** docker-py's `/dev/fuse:/dev/fuse:rwm`, or the path alone. */
function pathsOf(value: unknown): readonly string[] | undefined {
  const words = textsOf(value, /^\/dev\/[^:]+(?::[^:]+(?::[rwm]{1,3})?)?$/);
  const pairs = words?.map((word) => word.split(':'));
  return pairs?.every(([host, inside = host]) => host === inside)
    ? pairs.map(([host = '']) => host)
    : undefined;
}

function hostsOf(value: unknown): readonly string[] | undefined {
  const mapping = mappingOf(value);
  if (mapping === undefined) return undefined;
  const pairs = Object.entries(mapping).map(([name, address]) => `${name}:${String(address)}`);
  return textsOf(pairs, /^[A-Za-z0-9.-]+:[0-9A-Za-z.:-]+$/);
}
