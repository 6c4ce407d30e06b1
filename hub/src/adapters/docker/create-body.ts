import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerSpec } from '../../domain/containers.ts';
import type { Mount } from '../../domain/settings.ts';

const CPU_PERIOD_US = 100_000;

/**
 * The engine's create request for a notebook container. The defaults of the security page stand here and are
 * asserted whole in the test: nobody gains privileges, devices or capabilities, memory has no hidden swap, a
 * fork bomb and a chatty log have an end.
 *
 * @param imageCommand the image's own command: what arguments follow when no other was chosen.
 */
export function createBody(
  spec: ContainerSpec,
  imageCommand: readonly string[] = [],
): ContainerCreateOptions {
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.command === null && spec.args.length === 0
      ? {}
      : { Cmd: [...(spec.command ?? imageCommand), ...spec.args] }),
    ...(spec.entrypoint === undefined ? {} : { Entrypoint: entrypointWord(spec.entrypoint) }),
    ...(spec.user === null ? {} : { User: userWord(spec.user) }),
    // The engine's init is the first process: an image that brings its own (docker-stacks do) would complain of it.
    Env: [...Object.entries(spec.environment), ['TINI_SUBREAPER', '1']].map(
      ([name, value]) => `${name}=${value}`,
    ),
    Labels: { ...spec.labels },
    // docker-stacks images run two Python processes every three seconds to look at themselves; the hub looks instead.
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: spec.network,
      // Kept until exit code, memory flag and log have been read.
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
      // Reaps orphans, and makes SIGTERM end images whose first process would ignore it.
      Init: true,
      Mounts: spec.mounts.map((mount) => mountBody(mount, spec)),
      Privileged: false,
      CapDrop: ['ALL'],
      ...(spec.user?.uid === 0 ? { CapAdd: [...CAPABILITIES_OF_ROOT] } : {}),
      ...(spec.groups.length === 0 ? {} : { GroupAdd: spec.groups.map(String) }),
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: spec.pids,
      ...(spec.memory === null ? {} : memoryLimit(spec.memory)),
      ...(spec.cpus === null ? {} : cpuLimit(spec.cpus)),
      ...(spec.memoryGuarantee === 0 ? {} : { MemoryReservation: spec.memoryGuarantee }),
      CpuShares: cpuShares(spec.cpuGuarantee),
      ...devicesOf(spec),
      ...(spec.layerSize === undefined ? {} : { StorageOpt: { size: String(spec.layerSize) } }),
      ...(spec.shmSize === null ? {} : { ShmSize: spec.shmSize }),
      Ulimits: ulimitsOf(spec),
      ...(spec.dns.length === 0 ? {} : { Dns: [...spec.dns] }),
      ...(spec.extraHosts.length === 0 ? {} : { ExtraHosts: [...spec.extraHosts] }),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
  };
}

export function mountBody({ type, source, path, readOnly, personal, driver }: Mount, spec: ContainerSpec) {
  const where = { Type: type, Source: source, Target: path, ReadOnly: readOnly };
  if (type !== 'volume') return where;
  return {
    ...where,
    VolumeOptions: {
      NoCopy: false,
      Labels: personal === true ? ownerLabels(spec) : {},
      // No name: the engine's own.
      DriverConfig: { Name: driver?.name ?? '', Options: { ...driver?.options } },
    },
  };
}

/** Swap is never added: what is called 2 GB shall not be 4, half of them slow. */
export function memoryLimit(bytes: number): { readonly Memory: number; readonly MemorySwap: number } {
  return { Memory: bytes, MemorySwap: bytes };
}

/** Not NanoCpus: the engine refuses more of those than the machine has, where a limit too high does no harm. */
export function cpuLimit(cores: number): { readonly CpuPeriod: number; readonly CpuQuota: number } {
  return { CpuPeriod: CPU_PERIOD_US, CpuQuota: Math.max(1000, Math.round(cores * CPU_PERIOD_US)) };
}

/** What the hub and the proxy have: a container of which nothing is said. */
const SHARES_OF_A_CORE = 1024;
/** An eighth of that: however many compute, pages and other servers' traffic go on (decision 0018). */
const LEAST_SHARES = 128;

/** Weight among all containers that want to compute at the same moment; no limit, and nothing while others rest. */
function cpuShares(guarantee: number): number {
  return Math.max(LEAST_SHARES, Math.round(guarantee * SHARES_OF_A_CORE));
}

/** A crashed kernel's memory would fill the disk, unless somebody wants to look at it. */
export function ulimitsOf({ ulimits }: ContainerSpec): { Name: string; Soft: number; Hard: number }[] {
  const chosen = ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard }));
  const core = { Name: 'core', Soft: 0, Hard: 0 };
  return ulimits.some(({ name }) => name === 'core') ? chosen : [core, ...chosen];
}

/** Without these root cannot install packages or give files away; nothing among them reaches out of the container. */
export const CAPABILITIES_OF_ROOT = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID'];

export function userWord({ uid, gid }: { readonly uid: number; readonly gid: number | null }): string {
  return gid === null ? String(uid) : `${uid}:${gid}`;
}

/** A GPU is told to the engine by its id; where its id is a path (AMD, Intel, stand-ins of tests) it is a device file. */
function devicesOf({ devices, gpus }: ContainerSpec): Pick<HostConfig, 'Devices' | 'DeviceRequests'> {
  const files = [...devices, ...gpus.filter((id) => id.startsWith('/'))];
  const ids = gpus.filter((id) => !id.startsWith('/'));
  return {
    ...(files.length === 0
      ? {}
      : {
          Devices: files.map((path) => ({
            PathOnHost: path,
            PathInContainer: path,
            CgroupPermissions: 'rwm',
          })),
        }),
    ...(ids.length === 0
      ? {}
      : { DeviceRequests: [{ Driver: 'nvidia', DeviceIDs: ids, Capabilities: [['gpu']] }] }),
  };
}

/** The engine takes an empty list for the image's own; one empty word is none. */
function entrypointWord(entrypoint: readonly string[]): string[] {
  return entrypoint.length === 0 ? [''] : [...entrypoint];
}

/** A new volume says whose it is. Ones that exist keep what they have. */
function ownerLabels(spec: ContainerSpec): Record<string, string> {
  const { [LABEL.hub]: hub = '', [LABEL.user]: user = '' } = spec.labels;
  return { [LABEL.hub]: hub, [LABEL.user]: user };
}
