import { type Admission, isAdmitted, listedAdmin } from '../domain/admission.ts';
import type { Clock, Drafts, Facts, Log, Routes, Store } from '../domain/ports.ts';
import { isActive, serverPath } from '../domain/server.ts';
import type { User } from '../domain/user.ts';
import type { Userlist } from '../domain/userlist.ts';
import { endSession, forgetTokens } from './end-session.ts';
import type { StopServer } from './stop-server.ts';

export type ApplyUserlist = (list: Userlist) => Promise<void>;

/**
 * Puts a new userlist in force. From that moment the removed are nobody: no session and no token of theirs
 * opens anything, and the way to their servers is cut, open WebSockets included. Nothing is thrown away yet:
 * for the grace their servers go on, and whoever is back by then has lost nothing to a slip of the pen.
 * After it, sessions and tokens are deleted and the servers stop.
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
  const leaving = new Map<string, AbortController>();
  const admitted = (user: User): boolean => isAdmitted(admission(), user.name, user);

  return async (list) => {
    const before = admission().userlist;
    setUserlist(list);
    await store.change((drafts) => {
      for (const user of store.users.values()) followList(drafts, user, before.has(user.name));
    });
    facts.tell({ kind: 'userlist-changed', ...difference(before, list) });
    const departed = [...store.users.values()].filter((user) => !admitted(user));
    for (const name of leaving.keys()) {
      if (!departed.some((user) => user.name === name)) comeBack(name);
    }
    await Promise.all(departed.filter(({ name }) => !leaving.has(name)).map((user) => leave(user.name)));
  };

  /** What the list says of administrators is followed; of whom it says nothing, nothing is changed. */
  function followList(drafts: Drafts, user: User, wasListed: boolean): void {
    const listed = listedAdmin(admission(), user.name);
    const admin = listed ?? (wasListed && !user.invited ? false : user.admin);
    if (admin !== user.admin) drafts.users.put({ ...user, admin });
  }

  function comeBack(name: string): void {
    leaving.get(name)?.abort();
    leaving.delete(name);
  }

  async function leave(name: string): Promise<void> {
    const grace = new AbortController();
    leaving.set(name, grace);
    afterGrace(name, AbortSignal.any([signal, grace.signal])).catch((error: unknown) => {
      if (signal.aborted || grace.signal.aborted) return;
      log.error({ error, user: name }, 'not everything of a removed user could be ended');
    });
    const running = store.servers.where('user', name).filter(isActive);
    await Promise.all(running.map((server) => closeWay(serverPath(baseUrl, name, server.name))));
  }

  async function closeWay(path: string): Promise<void> {
    try {
      await routes.remove(path, { cut: true });
    } catch (error) {
      log.warn({ error, path }, 'the way to the server of a removed user stays open until the next look');
    }
  }

  async function afterGrace(name: string, signal: AbortSignal): Promise<void> {
    await clock.sleep(admission().settings.userlistGrace * 1000, signal);
    leaving.delete(name);
    const user = store.users.get(name);
    if (user === undefined || admitted(user)) return;
    await store.change((drafts) => {
      for (const session of store.sessions.where('user', name)) endSession(store, drafts, session);
      forgetTokens(store, drafts, name);
    });
    facts.tell({ kind: 'signed-out', user: name, by: 'removed' });
    for (const server of store.servers.where('user', name).filter(isActive)) {
      const detail = 'not on the userlist any more';
      await stopServer({ user: name, server: server.name, why: 'user-removed', detail });
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
