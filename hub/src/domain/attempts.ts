/** What is remembered of somebody's failed sign-ins. */
interface Failures {
  count: number;
  last: number;
}

const LONGEST_WAIT_MS = 15 * 60_000;
const FORGET_AFTER_MS = 60 * 60_000;
const MOST_KEPT = 10_000;

/**
 * Slows down guessing. So many failures are free, then each doubles the wait, up to a quarter of an hour.
 *
 * Keys are an address, or a name together with an address: a name alone would let anybody lock anybody out.
 * Bounded: the oldest is forgotten when ten thousand are kept.
 */
export class Attempts {
  readonly #free: number;
  readonly #failures = new Map<string, Failures>();

  /** @param free failures that cost nothing: few for a name, many for an address that a whole lab shares. */
  constructor(free: number) {
    this.#free = free;
  }

  /** Milliseconds until the next try is let through; 0 when it may be made now. */
  wait(key: string, now: number): number {
    const failures = this.#failures.get(key);
    if (failures === undefined || failures.count < this.#free) return 0;
    const pause = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures.count - this.#free));
    return Math.max(0, failures.last + pause - now);
  }

  failed(key: string, now: number): void {
    const before = this.#failures.get(key);
    const count = before !== undefined && now - before.last < FORGET_AFTER_MS ? before.count : 0;
    this.#failures.delete(key);
    this.#failures.set(key, { count: count + 1, last: now });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MOST_KEPT && oldest.done !== true) this.#failures.delete(oldest.value);
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
