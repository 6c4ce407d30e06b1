import type { Clock, Log, Routes } from '../domain/ports.ts';
import { isOpen, serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import type { Token } from '../domain/token.ts';
import { openRoute } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** `jupyterhub-singleuser` remembers for 300 s whom it let in; twice that is enough whatever the clocks say. */
const BARRED_MS = 600_000;
/** How long, and how often, a server is waited for to which something else is being done. */
const BUSY_MS = 500;
const BUSY_TRIES = 4;
/** What the proxy takes for one route. */
const WORDS_MAX = 500;

/** A visitor who is out of somebody's server. */
export interface Outcast {
  readonly owner: string;
  readonly server: string;
  readonly user: string;
  /** What they are known by beside what they hold now: digests of the ids of sessions, which may have ended since. */
  readonly words: readonly string[];
}

interface Bar {
  readonly words: readonly string[];
  readonly until: number;
  /** They may come again. Kept in mind: the notebook may let them in by what it remembers, without asking the hub. */
  readonly lifted: boolean;
}

/**
 * Who is kept from which server while its notebook still remembers them. In memory: it is over in minutes.
 * `words`: SHA-256 of session ids and tokens, as the proxy compares them.
 */
export class Bars {
  readonly #byServer = new Map<string, Map<string, Bar>>();
  /** Servers whose route does not say yet what it should. */
  readonly stale = new Set<string>();

  /** Beside what bars this person already: the notebook still remembers that, whatever they hold now. */
  add({ owner, server, user, words }: Outcast, until: number): void {
    const key = serverKey(owner, server);
    const users = this.#byServer.get(key) ?? new Map<string, Bar>();
    const all = new Set([...(users.get(user)?.words ?? []), ...words].reverse());
    // Whoever is barred last comes last, with their newest words at the end: a list that is too long loses its beginning.
    users.delete(user);
    users.set(user, { words: [...all].slice(0, WORDS_MAX).reverse(), until, lifted: false });
    this.#byServer.set(key, users);
    this.stale.add(key);
  }

  /** Lifts the bars of people who may come again, forgets those that are over; answers who is to be barred once more. */
  review(now: number, may: (server: string, user: string) => boolean): readonly Outcast[] {
    const again: Outcast[] = [];
    for (const [key, users] of this.#byServer) {
      for (const [user, bar] of users) {
        const welcome = may(key, user);
        if (bar.until <= now) users.delete(user);
        else if (welcome && !bar.lifted) users.set(user, { ...bar, lifted: true });
        else {
          if (!welcome && bar.lifted) again.push(outcastOf(key, user, bar.words));
          continue;
        }
        if (!bar.lifted) this.stale.add(key);
      }
      if (users.size === 0) this.#byServer.delete(key);
    }
    return again;
  }

  wordsAt(key: string): readonly string[] {
    const bars = [...(this.#byServer.get(key)?.values() ?? [])].filter(({ lifted }) => !lifted);
    return bars.flatMap(({ words }) => words).slice(-WORDS_MAX);
  }
}

function outcastOf(key: string, user: string, words: readonly string[]): Outcast {
  const cut = key.indexOf('/');
  return { owner: key.slice(0, cut), server: key.slice(cut + 1), user, words };
}

/** The same routes, each with who is barred from it: however often a route is given, the bar stays. */
export function withBars(routes: Routes, bars: Bars): Routes {
  return {
    ...routes,
    add(route) {
      const barred = route.user === null ? [] : bars.wordsAt(serverKey(route.user, route.server ?? ''));
      return routes.add(barred.length === 0 ? route : { ...route, barred });
    },
  };
}

/** What closes behind people who are out, and opens for those who are back. */
export interface VisitDoors {
  bar(outcasts: readonly Outcast[]): void;
  /** Brings the proxy's routes to what the bars are. What cannot be now is tried again by the next call. Never rejects. */
  settle(may: (server: string, user: string) => boolean): Promise<void>;
}

export function makeVisitDoors(
  ports: Pick<SpawnPorts, 'store' | 'routes' | 'lives' | 'admission' | 'settings' | 'digest' | 'guard'> & {
    readonly clock: Clock;
    readonly log: Log;
    readonly bars: Bars;
  },
): VisitDoors {
  const { store, bars, clock, digest } = ports;
  function bar(outcasts: readonly Outcast[]): void {
    const now = clock.now();
    for (const outcast of outcasts) {
      const words = [...wordsOf(store, outcast.user, digest), ...outcast.words];
      if (words.length > 0) bars.add({ ...outcast, words }, now + BARRED_MS);
    }
  }

  return {
    bar,
    async settle(may) {
      bar(bars.review(clock.now(), may));
      await Promise.all([...bars.stale].map((key) => giveAgain(ports, key)));
    },
  };
}

/** What somebody's requests to a notebook carry: tokens that were ever used, the last used last, and their sessions' ids. */
function wordsOf(store: Store, user: string, digest: SpawnPorts['digest']): readonly string[] {
  const sessions = store.sessions.where('user', user).map(({ sharedId }) => digest(sharedId));
  const tokens = usedTokens(store, user)
    .filter(({ former }) => former === undefined)
    .toSorted((a, b) => (a.lastActivity ?? 0) - (b.lastActivity ?? 0));
  return [...tokens.map(({ hash }) => hash), ...sessions];
}

/**
 * Tokens with which somebody may have come into a notebook, however long ago: who opened a socket with one and says
 * nothing more is not heard of again.
 */
export function usedTokens(store: Store, user: string): readonly Token[] {
  return store.tokens
    .where('user', user)
    .filter(({ server, lastActivity }) => server === null && lastActivity !== null);
}

async function giveAgain(
  ports: Parameters<typeof makeVisitDoors>[0],
  key: string,
  triesLeft = BUSY_TRIES,
): Promise<void> {
  const { store, bars, lives, log, clock } = ports;
  const server = store.servers.get(key);
  if (server === undefined || server.target === null || !isOpen(server)) {
    // Its next start gives a route with what is barred by then.
    bars.stale.delete(key);
    return;
  }
  const { target } = server;
  // Something is being done to it: most of it takes a moment, and what takes longer is left to the next look.
  const busy = lives.get(server.user, server.name);
  if (busy !== undefined && triesLeft > 0) {
    await Promise.race([busy.done, clock.sleep(BUSY_MS)]);
    await giveAgain(ports, key, triesLeft - 1);
    return;
  }
  if (busy !== undefined) return;
  // As its only life: a stop that comes now waits, and no route is left of a server that went.
  await lives.begin(server.user, server.name, 'repair', async () => {
    bars.stale.delete(key);
    try {
      await openRoute(ports, server, target, server.state === 'frozen');
    } catch (error) {
      bars.stale.add(key);
      log.warn({ error, server: key }, 'the proxy was not told who is out; it is told again soon');
    }
  }).done;
}
