/**
 * Two clocks, read on every chunk: exact to a quarter of a second, and free. Whoever sets the machine's time must end no
 * request and no wait: durations and deadlines are measured with `now`, and only what others wrote down, or will read, with
 * `date`.
 */
export interface Clock {
  /** Milliseconds that only ever go on. They begin with the time of day at the proxy's start, and mean no date. */
  readonly now: number;
  /** The time of day, as the machine has it by now: milliseconds since 1970. */
  readonly date: number;
}

const TICK_MS = 250;
/** A clock that is merely kept right by its time server moves less; following each millisecond would move every date told. */
const SET_MS = 100;

export class CoarseClock implements Clock {
  readonly #began = Date.now() - performance.now();
  now = Math.floor(this.#began + performance.now());
  /** What the time of day is ahead of `now`. */
  #ahead = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<(now: number) => void>();

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  get date(): number {
    return this.now + this.#ahead;
  }

  /** Calls back on each tick, for the deadlines that need no timer of their own. */
  onTick(listener: (now: number) => void): void {
    this.#listeners.add(listener);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #tick(): void {
    this.now = Math.floor(this.#began + performance.now());
    const ahead = Date.now() - this.now;
    if (Math.abs(ahead - this.#ahead) > SET_MS) this.#ahead = ahead;
    for (const listener of this.#listeners) listener(this.now);
  }
}

/** What time of day it was, by the machine's clock as it is now, when `now` was that. */
export function dateOf({ now, date }: Clock, moment: number): number {
  return date - (now - moment);
}

/** The other way round; no date from the future is believed. */
export function momentOf({ now, date }: Clock, moment: number): number {
  return now - Math.max(0, date - moment);
}
