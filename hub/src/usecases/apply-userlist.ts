import { type Admission, isAdmitted, listedAdmin } from '../domain/admission.ts';
import type { Clock, Drafts, Facts, Log, Routes, Store } from '../domain/ports.ts';
import { isActive, serverPath } from '../domain/server.ts';
import type { User } from '../domain/user.ts';
import type { Userlist } from '../domain/userlist.ts';
import { endSession } from './open-session.ts';
import type { StopServer } from './stop-server.ts';

export type ApplyUserlist = (list: Userlist) => Promise<void>;

/**
 * Puts a new userlist in force. From that moment the removed are nobody: sessions, tokens and the way
 * through the proxy go at once; their servers go on for the grace, so that a slip of the pen in the file
 * costs no work, and stop unless the name is back by then.
 */
export function makeApplyUserlist(ports: {
  readonly store: Store;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly routes: Routes;
  readonly log: Log;
  readonly stopServer: StopServer;
  readonly admission: () => Admission;
  readonly setUserlist: (list: Userlist) => void;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
}): ApplyUserlist {
  const { store, facts, clock, routes, log, stopServer, admission, setUserlist, baseUrl, signal } = ports;
  const admitted = (user: User): boolean => isAdmitted(admission(), user.name, user);

  return async (list) => {
    const before = admission().userlist;
    setUserlist(list);
    const departed = [...store.users.values()].filter((user) => !admitted(user));
    await store.change((drafts) => {
      for (const user of store.users.values()) followList(drafts, user);
      for (const user of departed) forgetAccess(drafts, user);
    });
    facts.tell({ kind: 'userlist-changed', ...difference(before, list) });
    for (const user of departed) await closeWay(user);
  };

  function followList(drafts: Drafts, user: User): void {
    const admin = listedAdmin(admission(), user.name) ?? (user.invited && user.admin);
    if (admin !== user.admin) drafts.users.put({ ...user, admin });
  }

  function forgetAccess(drafts: Drafts, user: User): void {
    for (const session of store.sessions.where('user', user.name)) endSession(store, drafts, session);
    for (const token of store.tokens.where('user', user.name)) {
      // A server's own token lives and dies with its server.
      if (token.server === null) drafts.tokens.delete(token.hash);
    }
  }

  async function closeWay(user: User): Promise<void> {
    const running = store.servers.where('user', user.name).filter(isActive);
    if (running.length === 0) return;
    for (const server of running) {
      await routes
        .remove(serverPath(baseUrl, user.name, server.name))
        .catch((error: unknown) =>
          log.warn({ error, user: user.name }, 'route of a removed user stays until the next look'),
        );
    }
    stopAfterGrace(user.name).catch((error: unknown) => {
      if (!signal.aborted)
        log.error({ error, user: user.name }, 'server of a removed user could not be stopped');
    });
  }

  async function stopAfterGrace(name: string): Promise<void> {
    await clock.sleep(admission().settings.userlistGrace * 1000, signal);
    const user = store.users.get(name);
    if (user === undefined || admitted(user)) return;
    for (const server of store.servers.where('user', name).filter(isActive)) {
      await stopServer({
        user: name,
        server: server.name,
        why: 'user-removed',
        detail: 'not on the userlist any more',
      });
    }
  }
}

function difference(
  before: Userlist,
  after: Userlist,
): { added: readonly string[]; removed: readonly string[] } {
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  };
}
