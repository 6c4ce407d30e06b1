import { z } from 'zod';

// Nothing that is not named here passes: the engine reads field names without regard to capitals, so a body is never
// handed on as it came, only what was read from it.

/** What root inside a container needs to install packages and give files away; nothing among them leads out of it. */
const CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID'] as const;

const words = z.array(z.string().max(131_072)).max(2000);
const amount = z.number().nonnegative();
/** Inside the container: whether it can be a place there is the engine's to say. */
const targetPath = z.string().min(1).max(4096);
const volumeName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/);
/** Ours only: Compose and others read labels too. */
export const ownLabels = z.record(z.string().regex(/^org\.berth\.[a-z.-]+$/), z.string().max(1000));
const size = z.string().regex(/^\d{1,16}[KMGTkmgt]?$/);
const nothingPrivileged = { Privileged: z.literal(false).optional(), CapDrop: z.tuple([z.literal('ALL')]) };

/** `Options` of the local driver can mount any path of the machine: only a size passes. */
const driver = z.strictObject({
  Name: z.enum(['', 'local']),
  Options: z.strictObject({ size: size.optional() }),
});
const volumeOptions = z.strictObject({ NoCopy: z.boolean(), Labels: ownLabels, DriverConfig: driver });

const mount = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('volume'),
    Source: volumeName,
    Target: targetPath,
    ReadOnly: z.boolean(),
    VolumeOptions: volumeOptions,
  }),
  // No options: how a mount spreads is not the hub's to say.
  z.strictObject({ Type: z.literal('bind'), Source: z.string(), Target: targetPath, ReadOnly: z.boolean() }),
  z.strictObject({
    Type: z.literal('tmpfs'),
    Source: z.literal(''),
    Target: targetPath,
    ReadOnly: z.boolean(),
  }),
]);

export type MountBody = z.infer<typeof mount>;

const ulimit = z.strictObject({
  Name: z.string().regex(/^[a-z]{1,20}$/),
  Soft: z.number(),
  Hard: z.number(),
});
const log = z.strictObject({
  Type: z.literal('json-file'),
  Config: z.strictObject({
    'max-size': z
      .string()
      .regex(/^\d+[kmg]$/)
      .optional(),
    'max-file': z.string().regex(/^\d+$/).optional(),
  }),
});
const device = z.strictObject({
  PathOnHost: z.string(),
  PathInContainer: z.string(),
  CgroupPermissions: z.literal('rwm'),
});
const gpu = z.strictObject({
  Driver: z.literal('nvidia'),
  DeviceIDs: z.array(z.string()).min(1),
  Capabilities: z.tuple([z.tuple([z.literal('gpu')])]),
});

const hostConfig = z.strictObject({
  ...nothingPrivileged,
  NetworkMode: z.string(),
  AutoRemove: z.literal(false),
  RestartPolicy: z.strictObject({ Name: z.literal('no') }),
  Init: z.boolean(),
  Mounts: z.array(mount).max(100),
  CapAdd: z.array(z.enum(CAPABILITIES)).optional(),
  GroupAdd: z.array(z.string().regex(/^\d{1,10}$/)).optional(),
  SecurityOpt: z.tuple([z.literal('no-new-privileges:true')]),
  PidsLimit: z.number().positive(),
  Memory: amount.optional(),
  MemorySwap: amount.optional(),
  MemoryReservation: amount.optional(),
  CpuPeriod: amount.optional(),
  CpuQuota: amount.optional(),
  CpuShares: amount.optional(),
  ShmSize: amount.optional(),
  StorageOpt: z.strictObject({ size }).optional(),
  Devices: z.array(device).optional(),
  DeviceRequests: z.array(gpu).optional(),
  Ulimits: z.array(ulimit).max(30),
  Dns: z.array(z.string().max(64)).optional(),
  ExtraHosts: z.array(z.string().max(300)).optional(),
  LogConfig: log,
});

const noHealthcheck = z.strictObject({ Test: z.tuple([z.literal('NONE')]) });

/** Somebody's server. */
export const containerBody = z.strictObject({
  // The library says it in the query and here; the query's is the one that counts.
  name: z.string().optional(),
  Image: z.string(),
  Entrypoint: words.optional(),
  Cmd: words.optional(),
  User: z
    .string()
    .regex(/^\d{1,10}(?::\d{1,10})?$/)
    .optional(),
  Env: words,
  Labels: ownLabels,
  Healthcheck: noHealthcheck,
  HostConfig: hostConfig,
});

export type ContainerBody = z.infer<typeof containerBody>;

/** What is never started: through it the engine reads and writes one volume, or tries whether it knows disk quotas. */
export const keeperBody = z.strictObject({
  name: z.string().optional(),
  Image: z.string(),
  Entrypoint: z.tuple([z.literal('true')]),
  Cmd: z.tuple([]).optional(),
  Labels: ownLabels,
  NetworkDisabled: z.literal(true).optional(),
  HostConfig: z.strictObject({
    ...nothingPrivileged,
    CapDrop: nothingPrivileged.CapDrop.optional(),
    NetworkMode: z.literal('none'),
    Mounts: z
      .array(
        z.strictObject({
          Type: z.literal('volume'),
          Source: volumeName,
          Target: z.literal('/berth/volume'),
          ReadOnly: z.boolean(),
          VolumeOptions: volumeOptions,
        }),
      )
      .max(1)
      .optional(),
    StorageOpt: z.strictObject({ size }).optional(),
  }),
});

/** The doctor's container: root without any capability, one volume, the notebooks' network. */
export const trialBody = z.strictObject({
  name: z.string().optional(),
  Image: z.string(),
  Entrypoint: words,
  Cmd: words,
  User: z.literal('0:0'),
  Labels: ownLabels,
  Healthcheck: noHealthcheck,
  HostConfig: z.strictObject({
    ...nothingPrivileged,
    NetworkMode: z.string(),
    Mounts: z
      .array(
        z.strictObject({
          Type: z.literal('volume'),
          Source: z.string().regex(/^berth-trial-[0-9a-f]+$/),
          Target: z.literal('/berth-trial'),
        }),
      )
      .max(1),
    Memory: amount,
    MemorySwap: amount,
    PidsLimit: z.number().positive(),
    SecurityOpt: z.tuple([z.literal('no-new-privileges:true')]),
    LogConfig: log,
  }),
});

/** What leads to ports: nobody, without any right, in the network of a container. */
export const forwarderBody = z.strictObject({
  name: z.string().optional(),
  Image: z.string(),
  Entrypoint: z.tuple([z.literal('')]),
  Cmd: z.tuple([
    z.literal('node'),
    z.string().regex(/^--max-old-space-size=\d{1,4}$/),
    z.literal('dist/proxy/src/ports/main.js'),
  ]),
  User: z.literal('65534:65534'),
  Env: z.array(z.string().regex(/^PORTS_[A-Z]+=[^\0]{0,2000}$/)).max(10),
  Labels: ownLabels,
  Healthcheck: noHealthcheck,
  HostConfig: z.strictObject({
    Privileged: z.literal(false),
    CapDrop: nothingPrivileged.CapDrop,
    NetworkMode: z.string().regex(/^container:[0-9a-f]{64}$/),
    AutoRemove: z.literal(false),
    RestartPolicy: z.strictObject({ Name: z.literal('no') }),
    Init: z.literal(true),
    Mounts: z.tuple([]),
    ReadonlyRootfs: z.literal(true),
    SecurityOpt: z.tuple([z.literal('no-new-privileges:true')]),
    PidsLimit: z.number().positive().max(256),
    Memory: amount,
    MemorySwap: amount,
    LogConfig: log,
  }),
});
