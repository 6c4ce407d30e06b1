import type { Routes } from '../domain/ports.ts';
import type { PortDoors } from './port-doors.ts';

/**
 * The same routes; the way to a server's ports comes, sleeps and goes with the server's own. It comes before it:
 * whoever waited for the server must not be let through to a notebook that knows nothing of ports.
 */
export function routePorts(routes: Routes, doors: PortDoors): Routes {
  return {
    list: () => routes.list(),
    async add(route) {
      if (route.user !== null && route.ports !== true) await doors.follow(route);
      await routes.add(route);
    },
    async remove(path, how) {
      try {
        await doors.leave(path, how);
      } finally {
        await routes.remove(path, how);
      }
    },
  };
}
