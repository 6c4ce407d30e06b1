import type { Server } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { makeWatchCpu } from './watch-cpu.ts';

/** Between two readings of the processor time: whoever waits for the answer sits at a terminal, or has a class to end. */
const BETWEEN_MS = 1_000;

/**
 * Cores that each server's container uses now, by its key, as {@link makeWatchCpu} tells them; nothing where the engine
 * measures nobody. Readings of its own, so that the culler's are not disturbed. Never rejects.
 */
export async function coresNow(
  ports: Pick<SpawnPorts, 'containers' | 'crowd' | 'log' | 'clock'>,
  servers: readonly Server[],
): Promise<ReadonlyMap<string, number | null>> {
  if (!ports.containers.abilities.usage) return new Map();
  const watch = makeWatchCpu(ports);
  await watch(servers);
  await ports.clock.sleep(BETWEEN_MS);
  return watch(servers);
}
