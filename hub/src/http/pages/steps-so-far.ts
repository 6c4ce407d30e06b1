import type { SpawnStep } from '../../domain/fact.ts';
import type { Hub } from '../hub.ts';

/** What has been told of a start until now, without waiting for more. */
export async function stepsSoFar(hub: Hub, user: string, server: string): Promise<readonly SpawnStep[]> {
  const enough = new AbortController();
  const steps: SpawnStep[] = [];
  // What is known already comes without waiting, that is: before the next turn of the event loop.
  const turn = setImmediate(() => enough.abort());
  try {
    for await (const step of hub.followSpawn(user, server, enough.signal)) steps.push(step);
  } finally {
    clearImmediate(turn);
  }
  return steps;
}
