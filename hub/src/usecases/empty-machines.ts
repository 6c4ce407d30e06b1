import type { Machine } from '../domain/containers.ts';
import { isOpen, type Server } from '../domain/server.ts';
import type { ClusterPorts } from './cluster-ports.ts';
import { eachOf } from './each-of.ts';
import { tellOfMove } from './left-machine.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { StopServer } from './stop-server.ts';

const AT_ONCE = 8;

/** Milliseconds after which a machine that takes nothing new is emptied; null: it is left alone. */
export type DrainGrace = () => number | null;

/** When the servers of a machine that is closing are ended; null when it is not closing, or is left alone. */
export function endOfGrace({ book }: ClusterPorts, grace: DrainGrace, machine: string): number | null {
  const since = book.closingSince(machine);
  const ms = grace();
  return since === null || ms === null ? null : since + ms;
}

/**
 * Ends the servers on machines that have taken nothing new for the grace, so that an administrator finds them empty.
 * Where files move, each is started elsewhere. What fails is left for the next look. Never rejects.
 */
export function makeEmptyMachines(
  ports: SpawnPorts & { readonly cluster: ClusterPorts },
  stopServer: StopServer,
  grace: DrainGrace,
): () => Promise<void> {
  const { cluster, store, clock, log } = ports;
  return async () => {
    const due = cluster.book.machines.filter(({ id }) => {
      const end = endOfGrace(cluster, grace, id);
      return end !== null && end <= clock.now();
    });
    const servers = [...store.servers.values()].flatMap((server) => {
      const at = isOpen(server) ? cluster.book.machineOf(server) : null;
      const machine = due.find(({ id }) => id === at?.id);
      return machine === undefined ? [] : [{ server, machine }];
    });
    await eachOf(servers, AT_ONCE, async ({ server, machine }) => {
      await end(ports, stopServer, server, machine).catch((error: unknown) => {
        const where = { user: server.user, server: server.name, machine: machine.name };
        log.warn(
          { ...where, error: String(error) },
          'a server on a machine that closes is left for the next look',
        );
      });
    });
  };
}

async function end(
  ports: SpawnPorts,
  stopServer: StopServer,
  server: Server,
  { name: from }: Machine,
): Promise<void> {
  const { user, name } = server;
  if (ports.lives.get(user, name) !== undefined) return;
  const detail = `the machine ${from} was emptied`;
  const { moved } = await stopServer({ user, server: name, why: 'drained', detail });
  tellOfMove(ports, server, { why: 'drained', from, detail }, moved);
}
