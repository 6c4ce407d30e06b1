import { z } from 'zod';
import { docker, type Stack } from './stack.ts';

const inspected = z.array(
  z.looseObject({
    Name: z.string(),
    Config: z.looseObject({
      User: z.string(),
      Healthcheck: z.looseObject({ Test: z.array(z.string()) }).nullish(),
      Labels: z.record(z.string(), z.string()),
    }),
    HostConfig: z.looseObject({
      ReadonlyRootfs: z.boolean(),
      Privileged: z.boolean(),
      CapDrop: z.array(z.string()).nullish(),
      CapAdd: z.array(z.string()).nullish(),
      SecurityOpt: z.array(z.string()).nullish(),
      PidMode: z.string(),
      NetworkMode: z.string(),
      RestartPolicy: z.looseObject({ Name: z.string() }),
      LogConfig: z.looseObject({ Type: z.string(), Config: z.record(z.string(), z.string()) }),
    }),
    Mounts: z.array(
      z.looseObject({ Source: z.string().optional(), Destination: z.string(), RW: z.boolean() }),
    ),
  }),
);

type Container = z.infer<typeof inspected>[number];

/** What each container of the appliance must be. The words are of what is wrong when it is not. */
const RULES: readonly (readonly [string, (container: Container) => boolean])[] = [
  ['runs as root', ({ Config }) => /^[1-9]\d*(:\d+)?$/.test(Config.User)],
  ['can write to its image', ({ HostConfig }) => HostConfig.ReadonlyRootfs],
  ['is privileged', ({ HostConfig }) => !HostConfig.Privileged],
  [
    'keeps capabilities',
    ({ HostConfig: { CapDrop, CapAdd } }) => CapDrop?.join() === 'ALL' && !CapAdd?.length,
  ],
  [
    'may gain privileges',
    ({ HostConfig }) => HostConfig.SecurityOpt?.includes('no-new-privileges:true') === true,
  ],
  [
    'sees the machine’s processes or network',
    ({ HostConfig }) => HostConfig.PidMode === '' && HostConfig.NetworkMode !== 'host',
  ],
  ['has no health check', ({ Config }) => (Config.Healthcheck?.Test.length ?? 0) > 1],
  [
    'stays away after a restart of the machine',
    ({ HostConfig }) => HostConfig.RestartPolicy.Name === 'always',
  ],
  [
    'may fill the disk with its log',
    ({ HostConfig: { LogConfig } }) =>
      LogConfig.Type === 'json-file' && LogConfig.Config['max-size'] !== undefined,
  ],
  [
    'has the engine’s socket',
    ({ Config, Mounts }) =>
      Config.Labels['com.docker.compose.service'] === 'gate' ||
      Config.Labels['com.docker.compose.service'] === 'hub' ||
      !Mounts.some(({ Source }) => Source?.endsWith('docker.sock')),
  ],
];

/**
 * Looks at every container of a running stack.
 *
 * @returns the services that were looked at.
 * @throws Error with every property that one of them lacks.
 */
export async function checkHardening(stack: Stack): Promise<readonly string[]> {
  const ids = (await stack.compose('ps', '-q')).split('\n').filter((id) => id !== '');
  const containers = inspected.parse(JSON.parse(await docker('inspect', ...ids)));
  const serviceOf = ({ Config }: Container) => Config.Labels['com.docker.compose.service'] ?? '';
  const wrong = containers.flatMap((one) =>
    RULES.filter(([, holds]) => !holds(one)).map(([words]) => `${serviceOf(one)} ${words}`),
  );
  const services = containers.map(serviceOf).sort();
  const hub = containers.find((one) => serviceOf(one) === 'hub');
  // With a gate the hub has no socket of the engine's.
  if (
    services.includes('gate') &&
    hub?.Mounts.some(({ Source }) => Source?.endsWith('docker.sock')) !== false
  )
    wrong.push('hub has the engine’s socket although there is a gate');
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return services;
}
