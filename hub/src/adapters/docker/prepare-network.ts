import { LABEL } from '../../domain/container-spec.ts';
import { Problem } from '../../domain/problem.ts';
import { type Engine, orNull, statusOf } from './engine.ts';

/**
 * Makes the network of the notebooks if it is missing and answers null, or says in one sentence what is
 * wrong. Also the hub's question whether the engine is there.
 */
export async function prepareNetwork(
  engine: Engine,
  network: string,
  instance: string,
): Promise<string | null> {
  const { docker } = engine;
  try {
    const found = await engine.look(() => orNull(docker.getNetwork(network).inspect()));
    if (found !== null) return null;
    await engine.work((abortSignal) =>
      // Two hubs starting at once: whoever comes second finds it made.
      docker
        .createNetwork({
          Name: network,
          CheckDuplicate: true,
          Driver: 'bridge',
          Labels: { [LABEL.hub]: instance },
          abortSignal,
        })
        .catch((error: unknown) => {
          if (statusOf(error) !== 409) throw error;
        }),
    );
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
