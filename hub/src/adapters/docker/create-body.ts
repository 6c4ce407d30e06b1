import type { ContainerCreateOptions } from 'dockerode';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerSpec } from '../../domain/ports.ts';

const CPU_PERIOD_US = 100_000;

/**
 * The engine's create request for a notebook container. The defaults of the security page stand here and are
 * asserted whole in the test: nobody gains privileges, devices or capabilities, memory has no hidden swap, a
 * fork bomb and a chatty log have an end.
 */
export function createBody(spec: ContainerSpec): ContainerCreateOptions {
  return {
    name: spec.name,
    Image: spec.image,
    ...(spec.command === null ? {} : { Cmd: [...spec.command] }),
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
      Mounts: spec.volumes.map((volume) => ({
        Type: 'volume',
        Source: volume.name,
        Target: volume.path,
        ReadOnly: volume.readOnly,
        VolumeOptions: { NoCopy: false, Labels: ownerLabels(spec), DriverConfig: { Name: '', Options: {} } },
      })),
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: spec.pids,
      ...(spec.memory === null ? {} : { Memory: spec.memory, MemorySwap: spec.memory }),
      // Not NanoCpus: the engine refuses more of those than the machine has, where a limit too high does no harm.
      ...(spec.cpus === null
        ? {}
        : { CpuPeriod: CPU_PERIOD_US, CpuQuota: Math.max(1000, Math.round(spec.cpus * CPU_PERIOD_US)) }),
      ...(spec.shmSize === null ? {} : { ShmSize: spec.shmSize }),
      Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
  };
}

/** A new volume says whose it is. Ones that exist keep what they have. */
function ownerLabels(spec: ContainerSpec): Record<string, string> {
  const { [LABEL.hub]: hub = '', [LABEL.user]: user = '' } = spec.labels;
  return { [LABEL.hub]: hub, [LABEL.user]: user };
}
