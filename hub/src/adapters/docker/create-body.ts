import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerSpec } from '../../domain/containers.ts';

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
      Mounts: spec.mounts.map((mount) => ({
        Type: mount.type,
        Source: mount.source,
        Target: mount.path,
        ReadOnly: mount.readOnly,
        ...(mount.type === 'volume'
          ? {
              VolumeOptions: {
                NoCopy: false,
                Labels: ownerLabels(spec),
                DriverConfig: { Name: '', Options: {} },
              },
            }
          : {}),
      })),
      Privileged: false,
      CapDrop: ['ALL'],
      ...(spec.user?.uid === 0 ? { CapAdd: [...CAPABILITIES_OF_ROOT] } : {}),
      ...(spec.groups.length === 0 ? {} : { GroupAdd: spec.groups.map(String) }),
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: spec.pids,
      ...(spec.memory === null ? {} : memoryLimit(spec.memory)),
      ...(spec.cpus === null ? {} : cpuLimit(spec.cpus)),
      ...(spec.memoryGuarantee === 0 ? {} : { MemoryReservation: spec.memoryGuarantee }),
      // Docker's unit: 1024 shares are what a container without a word gets.
      ...(spec.cpuGuarantee === 0 ? {} : { CpuShares: Math.max(2, Math.round(spec.cpuGuarantee * 1024)) }),
      ...devicesOf(spec),
      ...(spec.shmSize === null ? {} : { ShmSize: spec.shmSize }),
      Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
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

/** Without these root cannot install packages or give files away; nothing among them reaches out of the container. */
const CAPABILITIES_OF_ROOT = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID'];

function userWord({ uid, gid }: { readonly uid: number; readonly gid: number | null }): string {
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

/** A new volume says whose it is. Ones that exist keep what they have. */
function ownerLabels(spec: ContainerSpec): Record<string, string> {
  const { [LABEL.hub]: hub = '', [LABEL.user]: user = '' } = spec.labels;
  return { [LABEL.hub]: hub, [LABEL.user]: user };
}
