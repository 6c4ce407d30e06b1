import { z } from 'zod';
import { LABEL } from '../../../domain/container-spec.ts';
import { Problem } from '../../../domain/problem.ts';
import { type Engine, orNull, statusOf } from '../engine.ts';

const infoShape = z.looseObject({
  Swarm: z
    .looseObject({
      LocalNodeState: z.string(),
      ControlAvailable: z.boolean().optional(),
      Error: z.string().optional(),
    })
    .optional(),
});
const networkShape = z.looseObject({ Driver: z.string(), Attachable: z.boolean().optional() });

/** Makes the overlay that all servers share, on all machines, or says in one sentence what is wrong. */
export async function prepareOverlay(
  engine: Engine,
  network: string,
  instance: string,
): Promise<string | null> {
  try {
    const wrong = await wrongWithSwarm(engine);
    if (wrong !== null) return wrong;
    const found = await engine.look(() => orNull(engine.docker.getNetwork(network).inspect()));
    if (found !== null) return wrongWithNetwork(network, networkShape.parse(found));
    await makeOverlay(engine, network, instance);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

async function wrongWithSwarm(engine: Engine): Promise<string | null> {
  const { Swarm: swarm } = infoShape.parse(await engine.look(() => engine.docker.info()));
  const state = swarm?.LocalNodeState ?? 'inactive';
  if (state === 'inactive') {
    return 'This engine is in no Swarm: `docker swarm init` makes one, `docker swarm join` joins one.';
  }
  if (state !== 'active') return `This engine is in a Swarm, but ${state}: ${swarm?.Error ?? ''}`.trim();
  if (swarm?.ControlAvailable === true) return null;
  return 'This engine is a worker of its Swarm: the hub must run where a manager is.';
}

function wrongWithNetwork(
  name: string,
  { Driver: driver, Attachable: attachable }: z.infer<typeof networkShape>,
): string | null {
  if (driver !== 'overlay') {
    return `The network ${name} is a ${driver} network of one machine: rename it, or give DOCKER_NETWORK_NAME another name.`;
  }
  if (attachable === true) return null;
  return `The network ${name} is not attachable, so the hub cannot join it: make it again with \`--attachable\`.`;
}

/** Two hubs starting at once: whoever comes second finds it made. */
async function makeOverlay(engine: Engine, network: string, instance: string): Promise<void> {
  await engine.work((abortSignal) =>
    engine.docker
      .createNetwork({
        Name: network,
        CheckDuplicate: true,
        Driver: 'overlay',
        Attachable: true,
        Labels: { [LABEL.hub]: instance },
        abortSignal,
      })
      .catch((error: unknown) => {
        if (statusOf(error) !== 409) throw error;
      }),
  );
}
