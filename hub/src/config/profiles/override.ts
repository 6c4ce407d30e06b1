import type { Override } from '../../domain/profile.ts';
import { readHostConfig } from '../host-config.ts';
import { bytes } from '../setting.ts';
import { ulimits } from '../ulimits.ts';
import { readExtraResources, readNodeSelector } from './machine.ts';
import { readMounts } from './mounts.ts';
import type { Path, Reading } from './reading.ts';

type Reader = (value: unknown, path: Path, reading: Reading) => Override | undefined;

const MOST_ID = 2 ** 32 - 2;

/** Keys of a `kubespawner_override` or `spawner_override` that mean something on one machine. */
const READERS: Readonly<Record<string, Reader>> = {
  image: (value, path, reading) => ifGiven(reading.text(value, path), (image) => ({ image })),
  image_pull_policy: readPullPolicy,
  pull_policy: readPullPolicy,
  cmd: (value, path, reading) =>
    value === null ? { command: null } : ifGiven(reading.texts(value, path), (command) => ({ command })),
  entrypoint: readEntrypoint,
  // What KubeSpawner's `command` and DockerSpawner's create option mean on one machine.
  extra_container_config: (value, path, reading) => readPartOf(value, 'command', path, reading),
  extra_create_kwargs: (value, path, reading) => readPartOf(value, 'entrypoint', path, reading),
  args: (value, path, reading) => ifGiven(reading.texts(value ?? [], path), (args) => ({ args })),
  default_url: (value, path, reading) => ifGiven(reading.text(value, path), (defaultUrl) => ({ defaultUrl })),
  notebook_dir: (value, path, reading) =>
    ifGiven(reading.text(value, path), (notebookDir) => ({ notebookDir })),
  environment: readEnvironment,
  mem_limit: (value, path, reading) => ifGiven(size(value, path, reading), (memory) => ({ memory })),
  mem_guarantee: (value, path, reading) =>
    ifGiven(size(value, path, reading), (memory) => ({ memoryGuarantee: memory ?? 0 })),
  cpu_limit: (value, path, reading) =>
    value === null ? { cpus: null } : ifGiven(reading.number(value, path, 0.01, 1024), (cpus) => ({ cpus })),
  cpu_guarantee: (value, path, reading) =>
    ifGiven(reading.number(value ?? 0, path, 0, 1024), (cpuGuarantee) => ({ cpuGuarantee })),
  shm_size: (value, path, reading) => ifGiven(size(value, path, reading), (shmSize) => ({ shmSize })),
  pids_limit: (value, path, reading) => ifGiven(reading.number(value, path, 64, 65536), (pids) => ({ pids })),
  ulimits: (value, path, reading) => {
    const read = ulimits.safeParse(value);
    return read.success ? { ulimits: read.data } : reading.fault(path, read.error.issues[0]?.message ?? '');
  },
  extra_host_config: readExtraHostConfig,
  gpus: (value, path, reading) =>
    ifGiven(reading.number(value, path, 0, 64), (gpus) => ({ gpus: Math.round(gpus) })),
  extra_resource_limits: readExtraResources,
  extra_resource_guarantees: readExtraResources,
  node_selector: readNodeSelector,
  devices: (value, path, reading) => ifGiven(reading.texts(value, path), (devices) => ({ devices })),
  uid: (value, path, reading) =>
    value === null ? { uid: null } : ifGiven(id(value, path, reading), (uid) => ({ uid })),
  gid: (value, path, reading) =>
    value === null ? { gid: null } : ifGiven(id(value, path, reading), (gid) => ({ gid })),
  port_forwarding: readPortForwarding,
  start_timeout: (value, path, reading) =>
    ifGiven(reading.number(value, path, 1, 3600), (seconds) => ({ startTimeout: seconds * 1000 })),
  http_timeout: (value, path, reading) =>
    ifGiven(reading.number(value, path, 1, 3600), (seconds) => ({ httpTimeout: seconds * 1000 })),
};

/** Keys that belong together, read below. */
const TOGETHER = new Set(['volumes', 'volume_mounts', 'fs_gid', 'supplemental_gids']);

/** KubeSpawner's own, for which one machine has no use. */
const OF_KUBERNETES = new Set([
  'node_affinity_preferred',
  'node_affinity_required',
  'pod_affinity_preferred',
  'pod_affinity_required',
  'pod_anti_affinity_preferred',
  'pod_anti_affinity_required',
  'tolerations',
  'priority_class_name',
  'scheduler_name',
  'service_account',
  'automount_service_account_token',
  'namespace',
  'image_pull_secrets',
  'common_labels',
  'extra_labels',
  'extra_annotations',
  'extra_pod_config',
  'extra_containers',
  'init_containers',
  'lifecycle_hooks',
  'container_security_context',
  'pod_security_context',
  'allow_privilege_escalation',
  'privileged',
  'storage_pvc_ensure',
  'storage_capacity',
  'storage_class',
  'storage_access_modes',
  'storage_extra_labels',
  'pvc_name_template',
  'pod_name_template',
  'working_dir',
  'runtime_class_name',
  'delete_grace_period',
  'post_start_cmd',
]);

/** Reads one override. A key that nobody knows is a fault: it may be a misspelt limit. */
export function readOverride(value: unknown, path: Path, reading: Reading): Override {
  const given = reading.mapping(value, path) ?? {};
  let override: Override = {};
  for (const [key, one] of Object.entries(given)) {
    const at = `${path}.${key}`;
    const reader = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (reader !== undefined) override = { ...override, ...reader(one, at, reading) };
    else if (OF_KUBERNETES.has(key)) reading.warn(at, 'is for Kubernetes and has no effect on one machine');
    else if (!TOGETHER.has(key)) reading.fault(at, 'is not known');
  }
  return { ...override, ...readTogether(given, path, reading) };
}

function readTogether(given: Readonly<Record<string, unknown>>, path: Path, reading: Reading): Override {
  const { volumes, volume_mounts: mounts, fs_gid: group, supplemental_gids: more } = given;
  if (given.gid !== undefined && given.gid !== null && given.uid === undefined) {
    reading.fault(`${path}.gid`, 'needs a uid beside it');
  }
  const groups = [
    ...(group === undefined || group === null ? [] : [group]),
    ...(Array.isArray(more) ? more : []),
  ];
  const read = groups
    .map((one) => id(one, `${path}.supplemental_gids`, reading))
    .filter((one) => one !== undefined);
  return {
    ...(volumes === undefined && mounts === undefined
      ? {}
      : { mounts: readMounts(volumes, mounts, path, reading) }),
    ...(read.length === 0 ? {} : { groups: read }),
  };
}

function ifGiven<T>(value: T | undefined, make: (value: T) => Override): Override | undefined {
  return value === undefined ? undefined : make(value);
}

function size(value: unknown, path: Path, reading: Reading): number | null | undefined {
  const read = bytes.safeParse(value);
  return read.success ? read.data : reading.fault(path, 'should be a size such as 512M or 2G');
}

function id(value: unknown, path: Path, reading: Reading): number | undefined {
  const read = reading.number(value, path, 0, MOST_ID);
  return read === undefined || Number.isInteger(read)
    ? read
    : reading.fault(path, 'should be a whole number');
}

/** In the place of the image's ENTRYPOINT; null or an empty list: none. */
function readEntrypoint(value: unknown, path: Path, reading: Reading): Override | undefined {
  return ifGiven(reading.texts(value ?? [], path), (entrypoint) => ({ entrypoint }));
}

/** The one key of a mapping that means something here; others are told and left. */
function readPartOf(value: unknown, key: string, path: Path, reading: Reading): Override | undefined {
  const given = reading.mapping(value, path) ?? {};
  for (const other of Object.keys(given)) {
    if (other !== key) reading.warn(`${path}.${other}`, 'has no effect on one machine');
  }
  return Object.hasOwn(given, key) ? readEntrypoint(given[key], `${path}.${key}`, reading) : undefined;
}

function readPullPolicy(value: unknown, path: Path, reading: Reading): Override | undefined {
  const word = String(value).toLowerCase();
  if (word === 'always' || word === 'never' || word === 'ifnotpresent') return { pullPolicy: word };
  return reading.fault(path, 'should be IfNotPresent, Always or Never');
}

function readPortForwarding(value: unknown, path: Path, reading: Reading): Override | undefined {
  if (value === 'auto' || value === 'always' || value === 'never') return { portForwarding: value };
  return reading.fault(path, 'should be auto, always or never');
}

function readEnvironment(value: unknown, path: Path, reading: Reading): Override {
  const environment: Record<string, string | null> = {};
  for (const [name, one] of Object.entries(reading.mapping(value, path) ?? {})) {
    if (one === null || typeof one === 'string') environment[name] = one;
    else if (typeof one === 'number' || typeof one === 'boolean') environment[name] = String(one);
    else reading.warn(`${path}.${name}`, 'has no effect: values from elsewhere are for Kubernetes');
  }
  return { environment };
}

function readExtraHostConfig(value: unknown, path: Path, reading: Reading): Override {
  const { config, faults, warnings } = readHostConfig(reading.mapping(value, path) ?? {});
  for (const { key, reason } of faults) reading.fault(`${path}.${key}`, reason);
  for (const { key, reason } of warnings) reading.warn(`${path}.${key}`, reason);
  return config;
}
