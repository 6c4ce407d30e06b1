/** What is remembered of somebody's failed sign-ins. */
interface Failures {
  readonly count: number;
  readonly last: number;
}

/** How much guessing is borne. */
export interface AttemptRules {
  /** Failures that cost nothing: few for a name, many for an address that a whole lab shares. */
  readonly free: number;
  /** Milliseconds after which one failure is forgiven. */
  readonly forgive: number;
  /** Longest wait, in milliseconds: short for an address, or one stranger keeps a lab out. */
  readonly longest: number;
}

const MOST_KEPT = 10_000;

/**
 * Slows down guessing. So many failures are free, then each doubles the wait, up to the longest.
 *
 * A try is counted before the password is looked at, and taken back when it was right: whoever sends forty
 * at once has made forty tries. Keys are an address, or a name together with an address: a name alone would
 * let anybody lock anybody out. Bounded: the oldest is forgotten when ten thousand are kept.
 */
export class Attempts {
  readonly #rules: AttemptRules;
  readonly #failures = new Map<string, Failures>();

  constructor(rules: AttemptRules) {
    this.#rules = rules;
  }

  /** Milliseconds until the next try is let through; 0 when it may be made now. */
  wait(key: string, now: number): number {
    const failures = this.#of(key, now);
    if (failures === undefined) return 0;
    const over = this.#left(failures, now) - this.#rules.free;
    if (over < 0) return 0;
    const pause = Math.min(this.#rules.longest, 1000 * 2 ** Math.min(over, 30));
    return Math.max(0, failures.last + pause - now);
  }

  /** Counts a try. */
  made(key: string, now: number): void {
    const before = this.#of(key, now);
    this.#failures.delete(key);
    this.#failures.set(key, { count: (before === undefined ? 0 : this.#left(before, now)) + 1, last: now });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MOST_KEPT && oldest.done !== true) this.#failures.delete(oldest.value);
  }

  /** The try was right after all: it does not count. */
  takeBack(key: string): void {
    const failures = this.#failures.get(key);
    if (failures === undefined) return;
    if (failures.count <= 1) this.#failures.delete(key);
    else this.#failures.set(key, { ...failures, count: failures.count - 1 });
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** A clock that was put back makes no wait longer: a try from the future was made now. */
  #of(key: string, now: number): Failures | undefined {
    const failures = this.#failures.get(key);
    if (failures === undefined || failures.last <= now) return failures;
    const made = { ...failures, last: now };
    this.#failures.set(key, made);
    return made;
  }

  #left({ count, last }: Failures, now: number): number {
    return Math.max(0, count - Math.floor(Math.max(0, now - last) / this.#rules.forgive));
  }
}
