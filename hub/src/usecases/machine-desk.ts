import type { Abilities, Machine } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import { isActive, type Server } from '../domain/server.ts';
import type { ClusterPorts } from './cluster-ports.ts';
import { type DrainGrace, endOfGrace } from './empty-machines.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** A machine as lists show it. */
export interface MachineRow extends Omit<Machine, 'state'> {
  /** `gone`: it is no part of the cluster any more, and people's files are still said to lie there. */
  readonly state: Machine['state'] | 'gone';
  /** Servers that run there. */
  readonly servers: number;
  /** What they are promised: bytes and cores. */
  readonly promised: { readonly memory: number; readonly cpus: number };
  /** Volumes that lie there and cannot move. */
  readonly volumes: number;
  /** When its servers are ended; null while it is not being emptied, or is left alone. */
  readonly emptiedAt: number | null;
}

/** What a page of somebody's server says of its machine. */
export interface MachineNote {
  readonly machine: string;
  /** When the server is ended. */
  readonly at: number;
  /** Whether it goes on elsewhere then. */
  readonly moves: boolean;
}

/** What the doors may ask about many machines, and do. */
export interface MachineDesk {
  /** What the cluster's engine can; the rest is greyed out. */
  readonly abilities: Abilities;
  /** As last seen, by name. */
  list(): readonly MachineRow[];
  /** The machine of a server, by name; null where it is not known. */
  machineOf(server: Server): string | null;
  /** Null while its machine is not about to be emptied. */
  noteOf(server: Server): MachineNote | null;
  /**
   * Says where the volumes of a machine lie from now on: on another one, or nowhere (`to` is null), so that their owners
   * begin with empty ones wherever there is room. Nothing on any disk is touched. How many volumes it was.
   *
   * @throws Problem HTTP-404 for machines that are not there; SERVER-001 while servers run on it.
   */
  moveHomes(from: string, to: string | null): Promise<number>;
}

export function makeMachineDesk(
  ports: Pick<SpawnPorts, 'store' | 'clock' | 'log'> & {
    readonly cluster: ClusterPorts;
    readonly containers: Pick<SpawnPorts['containers'], 'abilities'>;
  },
  grace: DrainGrace,
): MachineDesk {
  const { store, cluster, log } = ports;
  const { book } = cluster;

  const rowOf = (machine: Omit<MachineRow, 'servers' | 'promised' | 'volumes' | 'emptiedAt'>): MachineRow => {
    const here = [...store.servers.values()].filter(
      (server) => isActive(server) && book.machineOf(server)?.id === machine.id,
    );
    const sum = (amount: (grant: NonNullable<Server['grant']>) => number) =>
      here.reduce((total, { grant }) => total + (grant === null ? 0 : amount(grant)), 0);
    return {
      ...machine,
      servers: here.length,
      promised: { memory: sum((grant) => grant.memoryGuarantee), cpus: sum((grant) => grant.cpuGuarantee) },
      volumes: store.volumeHomes.where('machine', machine.id).length,
      emptiedAt: endOfGrace(cluster, grace, machine.id),
    };
  };

  return {
    abilities: ports.containers.abilities,
    list() {
      const known = new Set(book.machines.map(({ id }) => id));
      const gone = new Map(
        [...store.volumeHomes.values()]
          .filter(({ machine }) => !known.has(machine))
          .map(({ machine: id, machineName: name }) => [id, { id, name }]),
      );
      const rest = { state: 'gone', manager: false, memory: 0, cpus: 0 } as const;
      return [...book.machines, ...[...gone.values()].map((one) => ({ ...one, ...rest }))].map(rowOf);
    },
    machineOf: (server) => book.machineOf(server)?.name ?? null,
    noteOf(server) {
      const machine = book.machineOf(server);
      const at = machine === null ? null : endOfGrace(cluster, grace, machine.id);
      return machine === null || at === null ? null : { machine: machine.name, at, moves: cluster.movable };
    },
    async moveHomes(from, to) {
      const homes = store.volumeHomes.where('machine', from);
      const target = to === null ? null : book.get(to);
      if (homes.length === 0 || from === to || (to !== null && target === null))
        throw new Problem('HTTP-404');
      const busy = [...store.servers.values()].some(
        (server) => isActive(server) && homes.some(({ volume }) => volume === server.volumeName),
      );
      if (busy)
        throw new Problem('SERVER-001', {
          detail: 'Servers still use files of that machine. Stop them first.',
        });
      await store.change((drafts) => {
        for (const { volume } of homes) {
          if (target === null) drafts.volumeHomes.delete(volume);
          else {
            const since = ports.clock.now();
            drafts.volumeHomes.put({ volume, machine: target.id, machineName: target.name, since });
          }
        }
      });
      log.info({ from, to, volumes: homes.length }, 'volumes are looked for on another machine');
      return homes.length;
    },
  };
}
