import { type Server, type ServerState, serverKey } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { ordinal } from '../domain/start-line.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import type { Place } from './start-line.ts';

/**
 * Waits for the start's turn and its room, and says its place in line to whoever watches.
 *
 * @throws what {@link StartLine.enter} throws.
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
  const claim = { memoryGuarantee, cpuGuarantee, gpus };
  return ports.line.enter(key, claim, ticket, signal, (place) => {
    const words = place === 1 ? 'You are next' : `You are ${ordinal(place)} in line`;
    story.tell(state, `Waiting for room on the machine. ${words}`);
  });
}
