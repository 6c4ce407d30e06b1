import { Problem } from '../domain/problem.ts';
import { moveServer, type Server, type ServerState, serverKey } from '../domain/server.ts';
import type { Drafts } from '../domain/store.ts';
import type { SpawnPorts } from './spawn-ports.ts';

type Which = Pick<Server, 'user' | 'name' | 'generation'>;
type Change = Partial<Omit<Server, 'state'>>;

/**
 * Writes the next step of a server's life and tells of it once it is on the disk.
 *
 * `also` writes with it, all or nothing. Always starts from the record as it is now: activity may have been
 * noted meanwhile.
 *
 * @throws Problem STORE-001; nothing is changed then. Problem SPAWN-160 when a newer start has taken over.
 */
export async function moveOnDisk(
  ports: SpawnPorts,
  which: Which,
  state: ServerState,
  change: Change = {},
  also: (drafts: Drafts) => void = () => {},
): Promise<Server> {
  const moved = await ports.store.change((drafts) => {
    const next = moveServer(currentServer(ports, which), state, change);
    drafts.servers.put(next);
    also(drafts);
    return next;
  });
  ports.facts.tell({ kind: 'server-moved', user: moved.user, server: moved.name, state });
  return moved;
}

/** As {@link moveOnDisk}, for a step that may be forgotten by a crash because repeating it does no harm. */
export function moveInMemory(ports: SpawnPorts, which: Which, state: ServerState): Server {
  const next = moveServer(currentServer(ports, which), state);
  ports.store.touch((drafts) => drafts.servers.put(next));
  ports.facts.tell({ kind: 'server-moved', user: next.user, server: next.name, state });
  return next;
}

/** @throws Problem SPAWN-160 when the record belongs to another start by now, or is gone. */
function currentServer(ports: SpawnPorts, which: Which): Server {
  const now = ports.store.servers.get(serverKey(which.user, which.name));
  if (now === undefined || now.generation !== which.generation) throw new Problem('SPAWN-160');
  return now;
}
