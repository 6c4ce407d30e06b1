import type { Logger } from 'pino';
import { type Clock, dateOf } from '../clock.ts';
import type { WaitingList } from '../contract.ts';
import type { LiveRoute } from '../routes/route.ts';

/** A request or upgrade that waits for its server. Exactly one of the two is called, once, unless it left before. */
export interface Held {
  /** The route has changed: find the way again. */
  release(): void;
  refuse(status: number, sentence: string): void;
}

export interface WaitingRoomParts {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Asks the hub to wake a route's server; resolves when the hub understood. */
  readonly ask: (route: LiveRoute) => Promise<void>;
  readonly log: Logger;
}

interface Room {
  readonly route: LiveRoute;
  readonly held: Map<Held, number>;
  readonly since: number;
  askedAt: number;
  /** What somebody typed lies at the sleeping server, with nobody held: it is asked for until the server wakes. */
  typed: boolean;
}

/** Whoever asked to be told when somebody waits. */
interface Watcher {
  readonly until: number;
  tell(): void;
}

/**
 * For what a page repeats by itself. Not 503 and not 424: to an open JupyterLab these mean that its server is gone, and
 * it asks the person whether to start a new one. Whatever else it hears lets it ask less often. And not held: six such
 * requests would take up all connections that a browser opens, and the person's own would not get through.
 */
const ASLEEP_STATUS = 429;
const MAX_PER_ROUTE = 100;
const MAX_IN_ALL = 2_000;
const ASK_AGAIN_MS = 5_000;
const MAX_WATCHERS = 100;

/**
 * Where requests to sleeping servers wait. What a person does wakes the server; what an open page repeats by itself
 * does not, or no server with a forgotten tab could ever sleep: it waits along if a wake is under way, else is told no.
 */
export class WaitingRoom {
  readonly #parts: WaitingRoomParts;
  readonly #rooms = new Map<string, Room>();
  #count = 0;
  #watchers: Watcher[] = [];

  constructor(parts: WaitingRoomParts) {
    this.#parts = parts;
  }

  enter(route: LiveRoute, personal: boolean, held: Held): void {
    const room = personal ? this.#wake(route) : this.#rooms.get(route.path);
    if (room === undefined) {
      held.refuse(ASLEEP_STATUS, 'The server sleeps. It wakes when somebody uses it.');
    } else if (room.held.size >= MAX_PER_ROUTE || this.#count >= MAX_IN_ALL) {
      held.refuse(503, 'The server is waking, and too many requests wait for it already.');
    } else {
      room.held.set(held, this.#parts.clock.now);
      this.#count += 1;
    }
  }

  /** The client is gone: nobody is to be called. */
  leave(held: Held): void {
    for (const room of this.#rooms.values()) if (room.held.delete(held)) this.#count -= 1;
  }

  /** Somebody uses a connection to this route. Wakes its server if it sleeps. */
  nudge(route: LiveRoute): void {
    const { current } = route.state;
    if (current?.asleep === true) this.#wake(current).typed = true;
  }

  /** The route is awake or gone: everyone finds the way again. */
  release(path: string): void {
    for (const held of this.#empty(path)) held.release();
  }

  /** Turns away whoever has waited too long, and asks again for the others. Called on each tick. */
  sweep(now: number): void {
    for (const [path, room] of this.#rooms) {
      for (const [held, since] of room.held) {
        if (now - since <= this.#parts.timeoutMs) continue;
        room.held.delete(held);
        this.#count -= 1;
        held.refuse(504, 'The server did not wake in time.');
      }
      const wanted = room.held.size > 0 || room.typed;
      if (now - room.since > this.#parts.timeoutMs && !wanted) this.#rooms.delete(path);
      else if (wanted && now - room.askedAt > ASK_AGAIN_MS) this.#ask(room);
    }
    this.#tellWatchers((watcher) => watcher.until <= now);
  }

  /** Resolves as soon as somebody waits, or after `ms`. */
  someone(ms: number): Promise<void> {
    if (this.#rooms.size > 0 || this.#watchers.length >= MAX_WATCHERS) return Promise.resolve();
    return new Promise((tell) => this.#watchers.push({ until: this.#parts.clock.now + ms, tell }));
  }

  present(): WaitingList {
    const list: WaitingList = Object.create(null);
    for (const [path, room] of this.#rooms)
      list[path] = {
        waiting: room.held.size,
        since: new Date(dateOf(this.#parts.clock, room.since)).toISOString(),
      };
    return list;
  }

  close(): void {
    for (const path of [...this.#rooms.keys()])
      for (const held of this.#empty(path)) held.refuse(503, 'The proxy is stopping.');
    this.#tellWatchers(() => true);
  }

  #tellWatchers(which: (watcher: Watcher) => boolean): void {
    if (this.#watchers.length === 0) return;
    const told = this.#watchers.filter(which);
    this.#watchers = this.#watchers.filter((watcher) => !which(watcher));
    for (const { tell } of told) tell();
  }

  #empty(path: string): Held[] {
    const room = this.#rooms.get(path);
    if (room === undefined) return [];
    this.#rooms.delete(path);
    this.#count -= room.held.size;
    return [...room.held.keys()];
  }

  #wake(route: LiveRoute): Room {
    const known = this.#rooms.get(route.path);
    if (known !== undefined) return known;
    const room: Room = { route, held: new Map(), since: this.#parts.clock.now, askedAt: 0, typed: false };
    this.#rooms.set(route.path, room);
    this.#tellWatchers(() => true);
    this.#ask(room);
    return room;
  }

  #ask(room: Room): void {
    const { route } = room;
    room.askedAt = this.#parts.clock.now;
    this.#parts
      .ask(route)
      .catch((error: unknown) =>
        this.#parts.log.warn(
          { route: route.path, wake: route.wake, reason: String(error) },
          'the hub could not be asked to wake a server',
        ),
      );
  }
}
