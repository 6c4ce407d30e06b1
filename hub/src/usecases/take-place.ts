import { Problem } from '../domain/problem.ts';
import { type Server, type ServerState, serverKey } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { ordinal } from '../domain/start-line.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import type { Place } from './start-line.ts';

/**
 * Waits for the start's turn and its room, and says its place in line to whoever watches.
 *
 * @throws what {@link StartLine.enter} throws; Problem SPAWN-183 when no machine of a cluster could carry it.
 */
export async function takePlace(
  ports: SpawnPorts,
  server: Server,
  { memoryGuarantee, cpuGuarantee, gpus }: SpawnSettings,
  ticket: number,
  signal: AbortSignal,
  story: SpawnStory,
): Promise<Place> {
  const key = serverKey(server.user, server.name);
  const state: ServerState = ports.store.servers.get(key)?.state === 'pulling' ? 'pulling' : 'queued';
  if (ports.cluster !== undefined) await refuseTooLarge(ports, { memoryGuarantee, cpuGuarantee });
  // On a cluster the machines count their GPUs, and the engine chooses the machine.
  const claim = { memoryGuarantee, cpuGuarantee, gpus: ports.cluster === undefined ? gpus : 0 };
  return ports.line.enter(key, claim, ticket, signal, (place) => {
    const words = place === 1 ? 'You are next' : `You are ${ordinal(place)} in line`;
    story.tell(state, `Waiting for room on the machine. ${words}`);
  });
}

/** All machines together may have what none of them has. Those that are away may come back: they count. */
async function refuseTooLarge(
  { containers }: SpawnPorts,
  { memoryGuarantee, cpuGuarantee }: Pick<SpawnSettings, 'memoryGuarantee' | 'cpuGuarantee'>,
): Promise<void> {
  if (memoryGuarantee === 0 && cpuGuarantee === 0) return;
  const machines = await containers.machines();
  if (machines.some(({ memory, cpus }) => memory >= memoryGuarantee && cpus >= cpuGuarantee)) return;
  throw new Problem('SPAWN-183', { detail: 'it is promised more memory or cores than any of them has' });
}
