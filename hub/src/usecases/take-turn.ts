import type { Server } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';

/**
 * Of two first starts of one person the second waits until the first has its machine: else each might get a volume on
 * a machine of its own. Returns how to let the next one in. Whose files have a machine, or move freely, waits for nobody.
 *
 * @throws the signal's reason.
 */
export async function takeTurn(
  { cluster, settings, store }: SpawnPorts,
  { user }: Server,
  signal: AbortSignal,
  story: SpawnStory,
): Promise<() => void> {
  if (cluster === undefined || cluster.movable || settings.volumeDir === null) return () => {};
  const volumes = store.servers.where('user', user).map(({ volumeName }) => volumeName);
  if (volumes.some((volume) => volume !== null && store.volumeHomes.get(volume) !== undefined)) {
    return () => {};
  }
  story.tell('queued', 'Waiting for one of the machines');
  return cluster.turns.take(user, signal);
}
