import { serverKey } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Remembers that something went on at a server, or with a user. Never goes back in time, never claims the
 * future, and reaches the disk with the next change. `person`: it was somebody's doing, not a page's alone.
 */
export function noteActivity(
  ports: Pick<SpawnPorts, 'store' | 'clock'>,
  user: string,
  server: string | null,
  at: number,
  whose: 'any' | 'person' = 'any',
): void {
  const { users, servers } = ports.store;
  const when = Math.min(at, ports.clock.now());
  const person = users.get(user);
  const place = server === null ? undefined : servers.get(serverKey(user, server));
  const newForPerson = person !== undefined && when > (person.lastActivity ?? 0);
  const newForPlace = place !== undefined && when > (place.lastActivity ?? 0);
  const newPersonal = place !== undefined && whose === 'person' && when > (place.lastPersonal ?? 0);
  if (!newForPerson && !newForPlace && !newPersonal) return;
  ports.store.touch((drafts) => {
    if (newForPerson) drafts.users.put({ ...person, lastActivity: when });
    if (place !== undefined && (newForPlace || newPersonal)) {
      const { lastActivity, lastPersonal } = place;
      drafts.servers.put({
        ...place,
        lastActivity: newForPlace ? when : lastActivity,
        lastPersonal: newPersonal ? when : lastPersonal,
      });
    }
  });
}
