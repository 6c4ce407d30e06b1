import { serverKey } from '../domain/server.ts';
import { noteActivity } from './note-activity.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** When bytes last went through the proxy to and from each server itself, by its key; milliseconds since the epoch. */
export type Traffic = ReadonlyMap<string, number>;

/** Notes what went through the proxy; null when it does not tell: whoever works through it would look idle. */
export async function noteTraffic(ports: SpawnPorts): Promise<Traffic | null> {
  const traffic = new Map<string, number>();
  try {
    for (const route of await ports.routes.list()) {
      if (route.user === null || route.lastActivity === null) continue;
      const name = route.server ?? '';
      if (route.ports !== true) traffic.set(serverKey(route.user, name), route.lastActivity);
      noteActivity(ports, route.user, name, route.lastActivity);
      // A proxy that cannot tell a person from a page: then any request is a person's.
      const person = route.lastPersonal ?? route.lastActivity;
      noteActivity(ports, route.user, name, person, 'person');
    }
    return traffic;
  } catch (error) {
    ports.log.warn({ error: String(error) }, 'nobody is culled: the proxy does not tell of its traffic');
    return null;
  }
}
