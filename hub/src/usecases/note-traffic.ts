import { noteActivity } from './note-activity.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** Notes what went through the proxy; false when it does not tell: whoever works through it would look idle. */
export async function noteTraffic(ports: SpawnPorts): Promise<boolean> {
  try {
    for (const route of await ports.routes.list()) {
      if (route.user === null || route.lastActivity === null) continue;
      noteActivity(ports, route.user, route.server ?? '', route.lastActivity);
      // A proxy that cannot tell a person from a page: then any request is a person's.
      const person = route.lastPersonal ?? route.lastActivity;
      noteActivity(ports, route.user, route.server ?? '', person, 'person');
    }
    return true;
  } catch (error) {
    ports.log.warn({ error: String(error) }, 'nobody is culled: the proxy does not tell of its traffic');
    return false;
  }
}
