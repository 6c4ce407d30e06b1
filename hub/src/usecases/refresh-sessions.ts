import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import type { Freshness, RefreshSession } from './refresh-session.ts';
import type { StartServer } from './start-server.ts';

/** Asks the providers of all sessions for which that is due. Answers how many were asked. */
export type RefreshSessions = () => Promise<number>;

// More at once would be a burst for the provider and for the store.
const AT_ONCE = 4;

export function makeRefreshSessions(ports: {
  readonly store: Store;
  readonly refreshSession: RefreshSession;
}): RefreshSessions {
  return async () => {
    const due = [...ports.store.sessions.values()].filter(ports.refreshSession.isDue);
    let next = 0;
    let asked = 0;
    const work = async (): Promise<void> => {
      for (let session = due[next++]; session !== undefined; session = due[next++]) {
        // Others may have ended it, or found the provider away, since the list was made.
        if (ports.store.sessions.get(session.idHash) === undefined || !ports.refreshSession.isDue(session))
          continue;
        asked += 1;
        await ports.refreshSession(session);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, work));
    return asked;
  };
}

/**
 * `refresh_pre_spawn`: the provider is asked before each start, by the owner's latest session. Without any the
 * start goes on, and so it does when the provider is away.
 *
 * @throws Problem AUTH-030 when the owner may not, or has to sign in again.
 */
export function startAfterRefresh(
  ports: { readonly store: Store; readonly refreshSession: RefreshSession },
  startServer: StartServer,
): StartServer {
  return async (request) => {
    const [latest] = ports.store.sessions
      .where('user', request.user)
      .toSorted((a, b) => b.lastSeen - a.lastSeen);
    const is: Freshness =
      latest === undefined ? 'fresh' : await ports.refreshSession(latest, { force: true });
    if (is === 'refused' || is === 'ended') throw new Problem('AUTH-030', { name: request.user });
    return await startServer(request);
  };
}
