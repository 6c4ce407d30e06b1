/** A clock read on every chunk: exact to a quarter of a second, and free. Milliseconds since 1970. */
export interface Clock {
  readonly now: number;
}

const TICK_MS = 250;

export class CoarseClock implements Clock {
  now = Date.now();
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<(now: number) => void>();

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
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
    this.now = Date.now();
    for (const listener of this.#listeners) listener(this.now);
  }
}
