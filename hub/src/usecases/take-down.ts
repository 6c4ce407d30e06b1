import { ownerOf } from '../domain/container-spec.ts';
import { type Server, type StopReason, serverKey, serverPath } from '../domain/server.ts';
import { containerName } from '../domain/slug.ts';
import { moveOnDisk } from './move-on-disk.ts';
import { revokeAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Takes a server down from any active state: says so on the disk, route, container, then its token, its
 * OAuth client and all that was given out through it. Volumes stay.
 *
 * @throws Problem SPAWN-150 when the engine does not answer, STORE-001 when the disk is full; calling it again
 *   goes on where it was.
 */
export async function takeDown(ports: SpawnPorts, server: Server, reason: StopReason): Promise<Server> {
  const { user, name } = server;
  const { settings, containers } = ports;
  if (server.state !== 'stopping') await moveOnDisk(ports, server, 'stopping', { stopReason: reason });
  await removeRoute(ports, server);
  const id = server.containerId ?? (await leftover(ports, server));
  if (id !== null) {
    await containers.stop(id, settings.stopGraceSeconds);
    await containers.remove(id);
  }
  const stopped = await moveOnDisk(
    ports,
    server,
    'stopped',
    { stopReason: reason, containerId: null, target: null, started: null },
    (drafts) => revokeAccess(ports, server, drafts),
  );
  ports.line.leave(serverKey(user, name));
  ports.log.info({ user, server: name, why: reason.why, detail: reason.detail }, 'server stopped');
  return stopped;
}

/** A proxy that is away routes nobody; `reconcile` takes the route away when it is back. */
async function removeRoute(ports: SpawnPorts, server: Server): Promise<void> {
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  await ports.routes.remove(path).catch((error: unknown) => {
    const where = { user: server.user, server: server.name };
    ports.log.warn({ ...where, error: String(error) }, 'route left for the next look');
  });
}

/** A container whose id did not reach the record: the start was cut short just after its creation. */
async function leftover(ports: SpawnPorts, server: Server): Promise<string | null> {
  const { settings } = ports;
  const there = await ports.containers.inspect(containerName(server.user, server.name), settings.network);
  if (there === null) return null;
  const owner = ownerOf(there, settings.instance);
  if (owner === null || serverKey(owner.user, owner.server) !== serverKey(server.user, server.name)) {
    return null;
  }
  return there.id;
}
