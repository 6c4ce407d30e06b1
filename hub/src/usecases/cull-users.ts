import type { CullSettings } from '../domain/cull-settings.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { isAdmin, type Roles } from '../domain/role.ts';
import { isActive } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import type { RemoveUser } from './remove-user.ts';

/** Accounts that one look removes at most: a wrong number in the settings is noticed before everybody is gone. */
const MOST_A_LOOK = 100;

/**
 * Removes accounts that nobody has used for `timeout` seconds and that have no server (`cull.users`). Files stay;
 * whoever may sign in gets an account again. Names of those that went. Never rejects.
 */
export type CullUsers = () => Promise<readonly string[]>;

export function makeCullUsers(
  ports: {
    readonly store: Store;
    readonly clock: Clock;
    readonly log: Log;
    readonly roles: Roles;
    readonly removeUser: RemoveUser;
  },
  settings: CullSettings,
): CullUsers {
  const { store, clock, log, roles, removeUser } = ports;

  return async () => {
    const { users, adminUsers, timeout, enabled } = settings;
    if (!users || !enabled || timeout === null) return [];
    const since = clock.now() - timeout * 1000;
    const idle = [...store.users.values()].filter(
      (user) =>
        Math.max(user.lastActivity ?? 0, user.created) <= since &&
        (adminUsers || !isAdmin(roles, user)) &&
        !store.servers.where('user', user.name).some(isActive),
    );
    const gone: string[] = [];
    for (const { name } of idle.slice(0, MOST_A_LOOK)) {
      try {
        await removeUser(name);
        gone.push(name);
      } catch (error) {
        log.warn({ user: name, error: String(error) }, 'an idle account is left for the next look');
      }
    }
    if (gone.length > 0) log.info({ users: gone }, 'idle accounts removed');
    return gone;
  };
}
