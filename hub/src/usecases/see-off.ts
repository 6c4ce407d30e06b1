import { type Admission, isAdmitted } from '../domain/admission.ts';
import type { DepartureReason } from '../domain/departure.ts';
import type { Clock, Facts, Log, Routes } from '../domain/ports.ts';
import { isActive, serverPath } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { endSession, forgetTokens } from './end-session.ts';
import { takeBack } from './kept-volume.ts';
import type { StopServer } from './stop-server.ts';
import { ownersOf } from './whose-account.ts';

export interface SeeOffPorts {
  readonly store: Store;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly routes: Routes;
  readonly log: Log;
  readonly stopServer: StopServer;
  readonly admission: () => Admission;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
}

/**
 * Sees to it that whoever may not come in any more leaves in good order, and whoever is back is left in
 * peace. Looks at everybody; call it whenever what decides has changed.
 *
 * Who left is nobody from that moment: no session and no token of theirs opens anything, and the way to their
 * servers is cut, open WebSockets included. Nothing is thrown away yet: for the grace their servers go on, and
 * whoever is back by then has lost nothing to a slip of the pen. After it, sessions and tokens are deleted and
 * the servers stop. Volumes stay, and are listed for the administrator.
 */
export type SeeOff = (why: DepartureReason) => Promise<void>;

export function makeSeeOff(ports: SeeOffPorts): SeeOff {
  const { store, facts, clock, routes, log, stopServer, admission, baseUrl, signal } = ports;
  const leaving = new Map<string, AbortController>();
  const admitted = (user: User): boolean => isAdmitted(admission(), user.name, user);

  return async (why) => {
    const departed = new Set(
      [...store.users.values()].filter((user) => !admitted(user)).map(({ name }) => name),
    );
    for (const [name, grace] of leaving) {
      if (departed.has(name)) continue;
      grace.abort();
      leaving.delete(name);
    }
    await note(departed, why);
    await Promise.all([...departed].filter((name) => !leaving.has(name)).map(leave));
  };

  /** Writes down who left and what of theirs is here; takes back whoever is not gone. */
  async function note(departed: ReadonlySet<string>, why: DepartureReason): Promise<void> {
    const gone = [...departed].filter((name) => store.departures.get(name) === undefined);
    const kept = gone.filter((name) => volumesOf(store, name).length > 0);
    const back = [...store.departures.values()].filter(
      ({ user }) => store.users.get(user) !== undefined && !departed.has(user),
    );
    if (kept.length + back.length === 0) return;
    await store.change((drafts) => {
      for (const { user } of back) takeBack(store, drafts, user);
      for (const name of kept) noteDeparture(store, drafts, name, why, clock.now());
    });
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

  async function afterGrace(name: string, grace: AbortSignal): Promise<void> {
    await clock.sleep(admission().settings.userlistGrace * 1000, grace);
    leaving.delete(name);
    const user = store.users.get(name);
    if (user === undefined || admitted(user)) return;
    const sessions = store.sessions.where('user', name);
    await store.change((drafts) => {
      for (const session of store.sessions.where('user', name)) endSession(store, drafts, session);
      forgetTokens(store, drafts, name);
    });
    if (sessions.length > 0) facts.tell({ kind: 'signed-out', user: name, by: 'removed' });
    for (const server of store.servers.where('user', name).filter(isActive)) {
      const detail = 'its owner may not come in any more';
      await stopServer({ user: name, server: server.name, why: 'user-removed', detail });
    }
  }
}

/** Writes down that somebody left, if anything of theirs is on this machine. */
export function noteDeparture(
  store: Store,
  drafts: Drafts,
  user: string,
  why: DepartureReason,
  now: number,
): void {
  const volumes = volumesOf(store, user);
  const known = store.users.get(user);
  const owners = known === undefined ? {} : ownersOf(store, known);
  if (volumes.length > 0) drafts.departures.put({ user, at: now, why, volumes, owners });
}

/** The default server's first: with that one somebody who comes back goes on. */
function volumesOf(store: Store, user: string): readonly string[] {
  const servers = store.servers.where('user', user).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = servers.map(({ volumeName }) => volumeName);
  return [...new Set(names.filter((name) => name !== null))];
}
