import { LABEL } from '../../../domain/container-spec.ts';
import type { ContainerSpec } from '../../../domain/containers.ts';
import { CAPABILITIES_OF_ROOT, mountBody, ulimitsOf, userWord } from '../create-body.ts';
import { SECRET_FILE } from './hidden-words.ts';
import { serviceName } from './service-name.ts';
import type { StartWords } from './start-words.ts';

const NANO = 1e9;
/** From here on a service can be told that its processes gain no privileges. */
const API_WITH_NO_NEW_PRIVILEGES = 44;

/** What a service is made of beside the server's own spec. */
export interface ServiceParts {
  readonly words: StartWords;
  /** What is not in the secret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly secret: { readonly id: string; readonly name: string } | null;
  /** Beside the server's labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly stopGraceSeconds: number;
  /** The second number of the engine's API: 41 for 1.41. */
  readonly api: number;
  /** The most cores that a limit may name, or null. */
  readonly mostCores: number | null;
}

/**
 * The Swarm's create request for a server: one task, which never begins anew by itself. It has no task yet: `start` gives
 * it one. The defaults of the security page stand here, as far as services know them, and are asserted whole in the test.
 */
export function serviceBody(spec: ContainerSpec, parts: ServiceParts) {
  return {
    Name: serviceName(spec.name),
    Labels: { ...spec.labels, ...parts.labels },
    TaskTemplate: {
      ContainerSpec: containerBody(spec, parts),
      Resources: resources(spec, parts.mostCores),
      RestartPolicy: { Condition: 'none', MaxAttempts: 0 },
      Placement: placement(spec),
      Networks: [{ Target: spec.network }],
      LogDriver: { Name: 'json-file', Options: { 'max-size': '10m', 'max-file': '2' } },
      ForceUpdate: 0,
    },
    Mode: { Replicated: { Replicas: 0 } },
    // No virtual address: it would be one more thing between the proxy and the task, and needs IPVS on every machine.
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

function containerBody(spec: ContainerSpec, parts: ServiceParts) {
  const { secret } = parts;
  return {
    Image: spec.image,
    ...parts.words,
    // Not the hub's own: whoever looks at one machine's containers would take them for containers of the hub.
    Labels: { [LABEL.user]: spec.labels[LABEL.user] ?? '', [LABEL.server]: spec.labels[LABEL.server] ?? '' },
    Env: [...Object.entries(parts.environment), ['TINI_SUBREAPER', '1']].map(
      ([name, value]) => `${name}=${value}`,
    ),
    ...(spec.user === null ? {} : { User: userWord(spec.user) }),
    ...(spec.groups.length === 0 ? {} : { Groups: spec.groups.map(String) }),
    Init: true,
    Mounts: [...spec.mounts.map((mount) => mountBody(mount, spec)), ...sharedMemory(spec)],
    StopGracePeriod: parts.stopGraceSeconds * NANO,
    // The hub looks instead; and a task that has one is not `running` before it answers.
    Healthcheck: { Test: ['NONE'] },
    ...(spec.extraHosts.length === 0 ? {} : { Hosts: spec.extraHosts.map(hostLine) }),
    ...(spec.dns.length === 0 ? {} : { DNSConfig: { Nameservers: [...spec.dns] } }),
    ...(secret === null ? {} : { Secrets: [secretBody(secret)] }),
    ...(parts.api < API_WITH_NO_NEW_PRIVILEGES ? {} : { Privileges: { NoNewPrivileges: true } }),
    CapabilityDrop: ['ALL'],
    ...(spec.user?.uid === 0 ? { CapabilityAdd: [...CAPABILITIES_OF_ROOT] } : {}),
    Ulimits: ulimitsOf(spec),
  };
}

/** Readable by whoever the image runs as: all in the container is one person's. */
function secretBody({ id, name }: { readonly id: string; readonly name: string }) {
  const File = { Name: SECRET_FILE, UID: '0', GID: '0', Mode: 0o444 };
  return { SecretID: id, SecretName: name, File };
}

/** Services have no word for its size, but what is mounted there takes its place. */
function sharedMemory({ shmSize }: ContainerSpec) {
  if (shmSize === null) return [];
  return [{ Type: 'tmpfs', Target: '/dev/shm', ReadOnly: false, TmpfsOptions: { SizeBytes: shmSize } }];
}

/** Engines refuse a limit of more cores than they have, where it would do no harm. */
function resources(spec: ContainerSpec, mostCores: number | null) {
  const cpus = spec.cpus === null ? null : Math.min(spec.cpus, mostCores ?? spec.cpus);
  const things = Object.entries(spec.placement?.resources ?? {});
  return {
    Limits: {
      ...(spec.memory === null ? {} : { MemoryBytes: spec.memory }),
      ...(cpus === null ? {} : { NanoCPUs: Math.max(NANO / 100, Math.round(cpus * NANO)) }),
      Pids: spec.pids,
    },
    Reservations: {
      ...(spec.memoryGuarantee === 0 ? {} : { MemoryBytes: spec.memoryGuarantee }),
      ...(spec.cpuGuarantee === 0 ? {} : { NanoCPUs: Math.round(spec.cpuGuarantee * NANO) }),
      ...(things.length === 0
        ? {}
        : {
            GenericResources: things.map(([Kind, Value]) => ({ DiscreteResourceSpec: { Kind, Value } })),
          }),
    },
  };
}

function placement({ placement: where }: ContainerSpec) {
  if (where === undefined) return {};
  const own = where.machine === undefined ? [] : [`node.id==${where.machine}`];
  return {
    Constraints: [...where.constraints, ...own],
    Preferences: where.spread.map((SpreadDescriptor) => ({ Spread: { SpreadDescriptor } })),
  };
}

/** `name:address` as a line of /etc/hosts; the address may have colons of its own. */
function hostLine(entry: string): string {
  const at = entry.indexOf(':');
  return `${entry.slice(at + 1)} ${entry.slice(0, at)}`;
}
