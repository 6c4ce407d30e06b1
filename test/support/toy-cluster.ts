import type { ContainerView, Machine } from '../../hub/src/domain/containers.ts';
import type { Clock } from '../../hub/src/domain/ports.ts';
import type { DrainGrace } from '../../hub/src/usecases/empty-machines.ts';
import { MachineBook } from '../../hub/src/usecases/machine-book.ts';
import { type MachineDesk, makeMachineDesk } from '../../hub/src/usecases/machine-desk.ts';
import type { SpawnPorts } from '../../hub/src/usecases/spawn-ports.ts';
import { Turns } from '../../hub/src/usecases/turns.ts';
import { NO_ABILITY } from './abilities.ts';

const GIB = 2 ** 30;

/** A machine of 16 GiB and 8 cores, called as its id. */
export function machine(id: string, more: Partial<Machine> = {}): Machine {
  return { id, name: id, state: 'ready', manager: false, memory: 16 * GIB, cpus: 8, ...more };
}

/** A container that runs on a machine. */
export function runningOn(id: string, where: Machine): ContainerView {
  const { name, state } = where;
  return {
    ...{ id, name: id, labels: {}, image: 'lab:1', running: true, paused: false, removing: false },
    ...{ exitCode: null, outOfMemory: false, address: '10.0.0.5', created: 0 },
    machine: { id: where.id, name, state },
  };
}

/** The desk of a cluster whose book a test writes. */
export function toyCluster(
  clock: Clock,
  { movable = false, grace = () => 600_000 as number | null, abilities = NO_ABILITY } = {},
) {
  const book = new MachineBook(clock);
  const cluster = { movable, book, turns: new Turns(), ownMachine: async () => null };
  const desk = (ports: Pick<SpawnPorts, 'store' | 'clock' | 'log'>): MachineDesk =>
    makeMachineDesk({ ...ports, cluster, containers: { abilities } }, grace satisfies DrainGrace);
  return { book, cluster, desk };
}
