import type { Machine } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import type { VolumeHome } from '../domain/volume-home.ts';
import type { ClusterPorts } from './cluster-ports.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** A Swarm that chooses another leader calls its machines unknown for some seconds. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 1_000;

/**
 * The machine that holds a volume, ready to take a server; null when none does, or files move freely.
 *
 * @throws Problem SPAWN-181 when it is away or is no part of the cluster any more, SPAWN-182 while it takes no servers.
 */
export async function machineFor(
  ports: SpawnPorts,
  cluster: ClusterPorts,
  volume: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (cluster.movable) return null;
  const home = ports.store.volumeHomes.get(volume) ?? (await homeFromBefore(ports, cluster, volume));
  if (home === undefined) return null;
  const until = ports.clock.now() + PATIENCE_MS;
  for (;;) {
    signal.throwIfAborted();
    const machine = (await ports.containers.machines()).find(({ id }) => id === home.machine);
    if (machine?.state === 'ready') return home.machine;
    if (machine === undefined || machine.state === 'away' || ports.clock.now() >= until) {
      throw unreachable(home, machine);
    }
    await ports.clock.sleep(PAUSE_MS, signal);
  }
}

/** Of a hub that had one machine: whoever has a volume on it has their files there. */
async function homeFromBefore(
  ports: SpawnPorts,
  cluster: ClusterPorts,
  volume: string,
): Promise<VolumeHome | undefined> {
  if ((await ports.containers.findVolume([volume])) === null) return undefined;
  const own = await cluster.ownMachine();
  const machine = (await ports.containers.machines()).find(({ id }) => id === own);
  if (machine !== undefined) await rememberHome(ports, cluster, volume, machine);
  return ports.store.volumeHomes.get(volume);
}

/** Why nobody can be led to their files. */
function unreachable({ volume, machineName }: VolumeHome, machine: Machine | undefined): Problem {
  const away = machine === undefined || machine.state === 'away';
  return new Problem(away ? 'SPAWN-181' : 'SPAWN-182', { machine: machine?.name ?? machineName, volume });
}

/** Remembers which machine holds a volume from now on; once it is known it stays, whatever is asked for later. */
export async function rememberHome(
  ports: SpawnPorts,
  cluster: ClusterPorts,
  volume: string,
  machine: Pick<Machine, 'id' | 'name'>,
): Promise<void> {
  if (cluster.movable || ports.store.volumeHomes.get(volume) !== undefined) return;
  await ports.store.change((drafts) =>
    drafts.volumeHomes.put({
      volume,
      machine: machine.id,
      machineName: machine.name,
      since: ports.clock.now(),
    }),
  );
}
