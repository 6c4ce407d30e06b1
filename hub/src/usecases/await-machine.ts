import { readRefusal, readWaiting, type Waiting } from '../domain/cluster-words.ts';
import type { ContainerView } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import { type Server, serverKey } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { ClusterPorts } from './cluster-ports.ts';
import { leftMachine } from './left-machine.ts';
import type { Life } from './lives.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import { rememberHome } from './volume-homes.ts';

const LOOK_EVERY_MS = 1_000;
/** Somebody may wait for hours, and managers restart: so long the engine may be silent meanwhile. */
const SILENCE_MS = 60_000;

interface Look {
  readonly ports: SpawnPorts & { readonly settings: SpawnSettings };
  readonly cluster: ClusterPorts;
  readonly containerId: string;
  readonly life: Life;
  readonly story: SpawnStory;
  /** It waits for others: whoever comes next need not wait for this start. */
  readonly waits: () => void;
  /** When its machine began with the image. */
  fetching: number | null;
  /** When the engine was heard last. */
  heard: number;
}

/**
 * Waits until a machine of the cluster runs the server, and remembers the machine. Want of room ends no start: it says
 * why it waits, and goes on when there is room. Without a cluster it is over at once.
 *
 * @throws Problem SPAWN-101 … SPAWN-131 as soon as a machine gives it up; SPAWN-104 when a machine takes longer than
 *   `pullTimeout` for the image; SPAWN-183 when no machine is what is asked for; SPAWN-184 when its machine goes away;
 *   SPAWN-120 when it is gone; SPAWN-150; the life's reason.
 */
export async function awaitMachine(
  ports: SpawnPorts,
  server: Server,
  containerId: string,
  life: Life,
  story: SpawnStory,
  waits: () => void = () => {},
): Promise<void> {
  const { cluster, clock } = ports;
  if (cluster === undefined) return;
  const look: Look = {
    ports,
    cluster,
    containerId,
    life,
    story,
    waits,
    fetching: null,
    heard: performance.now(),
  };
  let tick = new AbortController();
  life.onNudge(() => tick.abort());
  // Bounded by the life: whoever waits for room waits until there is some, or until somebody presses Cancel.
  while (!(await isPlaced(look, server))) {
    tick = new AbortController();
    await clock.sleep(LOOK_EVERY_MS, AbortSignal.any([life.signal, tick.signal])).catch(() => {});
    life.signal.throwIfAborted();
  }
}

async function isPlaced(look: Look, server: Server): Promise<boolean> {
  const { ports, cluster } = look;
  const view = await lookAt(look);
  if (view === null) return false;
  const { machine } = view;
  if (view.refused !== undefined) throw readRefusal(view.refused, ports.settings.image);
  const left = leftMachine(view);
  if (left !== null) throw new Problem('SPAWN-184', { machine: left.from });
  if (view.waiting === undefined) {
    const { volumeName } = ports.store.servers.get(serverKey(server.user, server.name)) ?? server;
    if (machine != null && volumeName !== null && ports.settings.volumeDir !== null) {
      await rememberHome(ports, cluster, volumeName, machine);
    }
    return true;
  }
  tellWait(look, view, view.waiting);
  return false;
}

/** Null while the engine is silent; not for ever. */
async function lookAt(look: Look): Promise<ContainerView | null> {
  const { ports, containerId } = look;
  const now = performance.now();
  try {
    const view = await ports.containers.inspect(containerId, ports.settings.network);
    look.heard = now;
    if (view === null) throw new Problem('SPAWN-120', { exitCode: null });
    return view;
  } catch (error) {
    const silent = error instanceof Problem && error.code === 'SPAWN-150';
    if (!silent || now - look.heard > SILENCE_MS) throw error;
    return null;
  }
}

function tellWait(look: Look, { machine }: ContainerView, words: string): void {
  const { ports, story } = look;
  const kind = readWaiting(words);
  if (kind === 'misfit') throw new Problem('SPAWN-183', { detail: words });
  if (kind === 'image') {
    look.fetching ??= performance.now();
    if (performance.now() - look.fetching > ports.settings.pullTimeout) {
      throw new Problem('SPAWN-104', { image: ports.settings.image });
    }
  } else look.fetching = null;
  if (kind === 'room') look.waits();
  story.tell('starting', sentenceOf(kind, machine?.name ?? null, words));
}

function sentenceOf(kind: Waiting, machine: string | null, words: string): string {
  if (kind === 'room') return `Waiting for room on one of the machines: ${words}`;
  return machine === null
    ? 'Waiting for one of the machines'
    : `The machine ${machine} fetches what the server needs`;
}
