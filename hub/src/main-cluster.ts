import { makeContainers } from './adapters/docker/containers.ts';
import type { Engine } from './adapters/docker/engine.ts';
import { readOwnMachine } from './adapters/docker/swarm/own-machine.ts';
import { makeSwarmContainers } from './adapters/docker/swarm/swarm-containers.ts';
import { systemClock } from './adapters/system/clock.ts';
import type { Settings } from './config/settings.ts';
import { spawnMenu } from './config/spawn-menu.ts';
import type { ContainerEvent, Containers } from './domain/containers.ts';
import type { ImageSpread } from './domain/image-spread.ts';
import type { Log, Sealer } from './domain/ports.ts';
import type { ClusterPorts } from './usecases/cluster-ports.ts';
import { makeEmptyMachines } from './usecases/empty-machines.ts';
import { MachineBook, withBook } from './usecases/machine-book.ts';
import { type MachineDesk, makeMachineDesk } from './usecases/machine-desk.ts';
import type { SpawnPorts } from './usecases/spawn-ports.ts';
import { startElsewhere } from './usecases/start-elsewhere.ts';
import type { StartServer } from './usecases/start-server.ts';
import type { StopServer } from './usecases/stop-server.ts';
import { Turns } from './usecases/turns.ts';

/** The engine that was asked for: this machine's own, or the cluster of which it is a manager. */
export interface ChosenEngine {
  readonly containers: Containers;
  /** Absent on one machine. */
  readonly cluster?: ClusterPorts;
  readonly spread?: ImageSpread;
}

export function composeEngine(
  settings: Settings,
  engine: Engine,
  given: { readonly log: Log; readonly sealer: Sealer; readonly sealerLasts: boolean },
): ChosenEngine {
  const { instance } = settings;
  const { cluster, stopGraceSeconds } = spawnMenu(settings).settings;
  if (cluster === undefined) return { containers: makeContainers(engine, instance, given.log) };
  const swarm = makeSwarmContainers(engine, { ...given, instance, stopGraceSeconds });
  const book = new MachineBook(systemClock);
  return {
    containers: withBook(swarm, book),
    cluster: {
      movable: cluster.movable,
      book,
      turns: new Turns(),
      ownMachine: () => readOwnMachine(engine),
    },
    spread: swarm,
  };
}

/** What all machines have together, and how many they are: each keeps its own reserve. */
export async function wholeRoom({ containers, cluster }: ChosenEngine) {
  const host = await containers.host();
  if (cluster === undefined) return host;
  const ready = cluster.book.machines.filter(({ state }) => state === 'ready').length;
  return { ...host, machines: Math.max(1, ready) };
}

type Look<T> = () => Promise<T>;
type Note = (event: ContainerEvent) => Promise<void>;

export interface ComposedMachines {
  readonly desk: MachineDesk | null;
  /** After each look at everything. */
  after<T>(look: Look<T>): Look<T>;
  alsoNote(first: Note): Note;
}

/** What the hub does by itself about machines that come, go and are emptied; nothing on one machine. */
export function composeMachines(
  ports: SpawnPorts,
  verbs: { readonly startServer: StartServer; readonly stopServer: StopServer },
  now: () => Settings,
  signal: AbortSignal,
): ComposedMachines {
  const { cluster } = ports;
  if (cluster === undefined) return { desk: null, after: (look) => look, alsoNote: (note) => note };
  const whole = { ...ports, cluster };
  const grace = () => (now().drainGrace === 0 ? null : now().drainGrace * 1000);
  const empty = makeEmptyMachines(whole, verbs.stopServer, grace);
  startElsewhere(ports, verbs.startServer);
  const lookAround = async (): Promise<void> => {
    try {
      await ports.containers.machines();
      await ports.line.hostChanged();
    } catch (error) {
      ports.log.warn({ error: String(error) }, 'the machines could not be looked at');
    }
    await empty();
  };
  return {
    desk: makeMachineDesk(whole, grace),
    after: (look) => async () => {
      const report = await look();
      await lookAround();
      return report;
    },
    alsoNote: (first) => async (event) => {
      cluster.book.noteEvent(event);
      await first(event);
      if (event.kind === 'machine' && event.machine.state === 'paused') emptyLater();
    },
  };

  /** On time: the next look at everything may be a minute away. */
  function emptyLater(): void {
    const ms = grace();
    if (ms === null) return;
    systemClock.sleep(ms + 100, signal).then(empty, () => {});
  }
}
