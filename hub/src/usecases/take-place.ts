import { type Server, type ServerState, serverKey } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { ordinal } from '../domain/start-line.ts';
import { refuseMisfit } from './refuse-misfit.ts';
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
  settings: SpawnSettings,
  ticket: number,
  signal: AbortSignal,
  story: SpawnStory,
): Promise<Place> {
  const key = serverKey(server.user, server.name);
  const state: ServerState = ports.store.servers.get(key)?.state === 'pulling' ? 'pulling' : 'queued';
  const { memoryGuarantee, cpuGuarantee, gpus } = settings;
  await refuseMisfit(ports, settings);
  // On a cluster the machines count their GPUs, and the engine chooses the machine.
  const claim = { memoryGuarantee, cpuGuarantee, gpus: ports.cluster === undefined ? gpus : 0 };
  return ports.line.enter(key, claim, ticket, signal, (place) => {
    const words = place === 1 ? 'You are next' : `You are ${ordinal(place)} in line`;
    story.tell(state, `Waiting for room on the machine. ${words}`);
  });
}
