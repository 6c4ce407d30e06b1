import type { Fact } from '../domain/fact.ts';
import { serverKey } from '../domain/server.ts';
import { mayEnter } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { StartServer } from './start-server.ts';

type Left = Extract<Fact, { kind: 'left-machine' }>;

/** One that loses two machines within this time is not moved again: it may be what brings them down. */
const AGAIN_MS = 10 * 60_000;

/**
 * Starts each server that lost its machine on another one, with the options it had, where files can be reached from
 * every machine. Once: what does not start, or loses the next machine too, stays as it is, with its reason.
 */
export function startElsewhere(ports: SpawnPorts, startServer: StartServer): void {
  ports.facts.listen((fact) => {
    if (fact.kind !== 'left-machine' || ports.cluster?.movable !== true) return;
    const where = { user: fact.user, server: fact.server, machine: fact.from };
    if (fact.before !== null && ports.clock.now() - fact.before.at < AGAIN_MS) {
      ports.log.warn(where, 'a server lost a second machine within minutes, and is not started again');
      return;
    }
    move(ports, startServer, fact).catch((error: unknown) => {
      ports.log.warn(
        { ...where, error: String(error) },
        'a server that lost its machine was not started again',
      );
    });
  });
}

async function move(ports: SpawnPorts, startServer: StartServer, fact: Left): Promise<void> {
  const { user, server, options, why, from } = fact;
  // Told while it is being taken down: somebody else may start it first, or be removed.
  await ports.lives.get(user, server)?.done;
  const now = ports.store.servers.get(serverKey(user, server));
  if (now?.state !== 'stopped' || now.stopReason?.why !== why || !mayEnter(ports, user)) return;
  ports.log.info({ user, server, machine: from, why }, 'a server is moved to another machine');
  await startServer({ user, server, options, by: 'hub', moved: { at: ports.clock.now(), from, why } });
}
