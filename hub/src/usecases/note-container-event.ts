import type { ContainerEvent } from '../domain/containers.ts';
import { isOpen, type Server } from '../domain/server.ts';
import { buryServer } from './bury-server.ts';
import type { Life } from './lives.ts';
import type { Reconcile } from './reconcile.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * What the engine tells by itself. Who waits for a start looks at once; a ready server that died is buried;
 * a restarted container may have a new address, and after a gap anything may have happened: then everything
 * is looked at. Never rejects.
 */
export type NoteContainerEvent = (event: ContainerEvent) => Promise<void>;

export function makeNoteContainerEvent(ports: SpawnPorts, reconcile: Reconcile): NoteContainerEvent {
  return async (event) => {
    // With a machine, all that ran on it went or came: that is looked at as a whole.
    if (event.kind === 'gap' || event.kind === 'machine') {
      await reconcile();
      return;
    }
    const server = ownerOfContainer(ports, event.id);
    if (server === null) return;
    const life = ports.lives.get(server.user, server.name);
    if (event.kind === 'paused' || event.kind === 'unpaused') {
      await notePause(ports, event, life, reconcile);
    } else if (life !== undefined) await noteDuring(ports, event, life, reconcile);
    else if (!isOpen(server)) return;
    else if (event.kind === 'started') await reconcile();
    else await bury(ports, server);
  };
}

/** A start that has looked for the last time does not hear that its container died: what it leaves is looked at then. */
async function noteDuring(
  ports: SpawnPorts,
  { id, kind }: { readonly id: string; readonly kind: ContainerEvent['kind'] },
  life: Life,
  reconcile: Reconcile,
): Promise<void> {
  life.nudge();
  if (kind === 'started') return;
  await life.done;
  const server = ownerOfContainer(ports, id);
  if (server === null || !isOpen(server)) return;
  // Something else may have begun at once: then it is looked at with all others.
  if (ports.lives.get(server.user, server.name) === undefined) await bury(ports, server);
  else await reconcile();
}

/** The engine tells of a pause a moment before its own list knows of it: so it is looked at more than once. */
const PAUSE_LOOKS = 5;
const PAUSE_LOOK_MS = 300;

/** Our own doing is on the record when we are done with it; what is not by then was done at the machine. */
async function notePause(
  ports: SpawnPorts,
  event: ContainerEvent & { readonly kind: 'paused' | 'unpaused' },
  life: Life | undefined,
  reconcile: Reconcile,
): Promise<void> {
  await life?.done;
  for (let look = 0; look < PAUSE_LOOKS; look += 1) {
    const server = ownerOfContainer(ports, event.id);
    if (server === null || !isOpen(server)) return;
    if ((server.state === 'frozen') === (event.kind === 'paused')) return;
    await reconcile();
    await ports.clock.sleep(PAUSE_LOOK_MS);
  }
}

/** The engine tells of deaths rarely enough to look through all. */
function ownerOfContainer(ports: SpawnPorts, id: string): Server | null {
  for (const server of ports.store.servers.values()) if (server.containerId === id) return server;
  return null;
}

async function bury(ports: SpawnPorts, server: Server): Promise<void> {
  const { user, name } = server;
  const life = ports.lives.begin(user, name, 'repair', async () => {
    try {
      await buryServer(ports, server);
    } catch (error) {
      ports.log.warn({ user, server: name, error: String(error) }, 'a dead server is left for the next look');
    }
  });
  await life.done;
}
