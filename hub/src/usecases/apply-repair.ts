import { ownerOf } from '../domain/container-spec.ts';
import type { Repair } from '../domain/repair-plan.ts';
import { isOpen, moveServer, type Server, serverKey, serverPath } from '../domain/server.ts';
import { bringUp, resumeWaiting } from './bring-up.ts';
import { buryServer } from './bury-server.ts';
import type { Life } from './lives.ts';
import { moveInMemory, moveOnDisk } from './move-on-disk.ts';
import { mayEnter, openRoute } from './open-route.ts';
import { queueStart } from './queue-start.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { takeDown } from './take-down.ts';

/**
 * Does one repair, unless the world has moved on since it was planned. Resolves when it is done; a start that
 * is taken up again, and a stop, go on behind.
 */
export async function applyRepair(ports: SpawnPorts, repair: Repair): Promise<void> {
  if (repair.act === 'remove-route') return removeRoute(ports, repair.path);
  if (repair.act === 'remove-container') return removeContainer(ports, repair);
  const { server } = repair;
  if (!isAsPlanned(ports, server)) return;
  switch (repair.act) {
    case 'adopt':
      return asLife(ports, server, () => adopt(ports, repair));
    case 'wake':
      return asLife(ports, server, async () => {
        await ports.containers.unpause(repair.containerId);
        await adopt(ports, { ...repair, frozen: false });
      });
    case 'bury':
      return asLife(ports, server, () => buryServer(ports, server));
    case 'finish-stop':
      return finishStop(ports, server);
    case 'resume':
      return resume(ports, server, repair.containerId);
    case 'restart':
      return restart(ports, server);
  }
}

function isAsPlanned(ports: SpawnPorts, server: Server): boolean {
  const now = ports.store.servers.get(serverKey(server.user, server.name));
  const free = ports.lives.get(server.user, server.name) === undefined;
  return free && now?.generation === server.generation && now.state === server.state;
}

/** As the server's only life, with its failure handed back. */
async function asLife(ports: SpawnPorts, server: Server, work: () => Promise<void>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  ports.lives.begin(server.user, server.name, 'repair', () => work().then(resolve, reject));
  await promise;
}

async function adopt(
  ports: SpawnPorts,
  { server, containerId, target, frozen }: Omit<Extract<Repair, { act: 'adopt' }>, 'act'>,
): Promise<void> {
  const { user, name } = server;
  await openRoute(ports, server, target, frozen);
  const state = frozen ? 'frozen' : 'ready';
  if (server.state !== state) {
    await moveOnDisk(ports, server, state, { containerId, target });
    return;
  }
  if (server.target === target && server.containerId === containerId) return;
  await ports.store.change((drafts) => {
    const now = ports.store.servers.get(serverKey(user, name));
    if (now?.generation === server.generation) drafts.servers.put({ ...now, containerId, target });
  });
}

/** A notebook may take its whole grace to end: nobody waits for that before the hub's doors. */
async function finishStop(ports: SpawnPorts, server: Server): Promise<void> {
  const { user, name } = server;
  const reason = {
    at: ports.clock.now(),
    why: 'hub' as const,
    detail: 'the hub was restarted while it stopped',
  };
  ports.lives.begin(user, name, 'repair', async () => {
    try {
      await takeDown(ports, server, server.stopReason ?? reason);
    } catch (error) {
      ports.log.warn({ user, server: name, error: String(error) }, 'a stop is left for the next look');
    }
  });
}

async function resume(ports: SpawnPorts, server: Server, containerId: string): Promise<void> {
  const { user, name } = server;
  ports.lives.begin(user, name, 'start', async (life: Life) => {
    if (server.state === 'creating') await moveOnDisk(ports, server, 'starting', { containerId });
    // Paused meanwhile, by whoever sat at the machine: it would never answer.
    await ports.containers.unpause(containerId);
    if (server.state !== 'waiting') moveInMemory(ports, server, 'waiting');
    await resumeWaiting(ports, server, containerId, life);
  });
}

/** The token of the interrupted start is lost with the process that knew it: a new start it is. */
async function restart(ports: SpawnPorts, server: Server): Promise<void> {
  const { user, name } = server;
  ports.lives.begin(user, name, 'start', async (life: Life) => {
    const interrupted = moveServer(server, 'failed');
    const { server: queued, token } = await queueStart(ports, interrupted, server.options, {
      moved: server.moved,
    });
    await bringUp(ports, queued, token, life);
  });
}

async function removeContainer(
  ports: SpawnPorts,
  repair: Extract<Repair, { act: 'remove-container' }>,
): Promise<void> {
  const owner = ownerOf(repair.container, ports.settings.instance);
  if (owner === null || ports.lives.get(owner.user, owner.server) !== undefined) return;
  await ports.containers.remove(repair.container.id);
  ports.log.warn({ user: owner.user, server: owner.server }, 'removed a container that no server claims');
}

/** A server may have become ready, or its owner have come back, since the look: its route is not stale then. */
async function removeRoute(ports: SpawnPorts, path: string): Promise<void> {
  for (const server of ports.store.servers.values()) {
    if (serverPath(ports.settings.baseUrl, server.user, server.name) !== path) continue;
    if (ports.lives.get(server.user, server.name) !== undefined) return;
    if (isOpen(server) && mayEnter(ports, server.user)) return;
  }
  await ports.routes.remove(path);
}
