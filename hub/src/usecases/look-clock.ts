import type { Clock } from '../domain/ports.ts';

/** A clock that is merely kept right by its time server moves less between two looks; no time-out is as short. */
const SET_MS = 60_000;

/**
 * The time of day for work that ends what somebody needs: it knows when the machine's clock was set. Within one look it only
 * goes on, whatever is done to the machine's meanwhile: a look that began at ten ends a few seconds after ten.
 */
export class LookClock implements Clock {
  readonly #clock: Clock;
  /** Milliseconds of a clock that nobody can set. */
  readonly #steady: () => number;
  #ahead: number;
  #believed: number;
  #seen: number;
  #setAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, steady: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#steady = steady;
    this.#ahead = this.#believed = this.#seen = clock.now() - steady();
  }

  /** Begins a look. Answers by how many milliseconds the clock was set since that was last borne with: 0 when it was not. */
  begin(): number {
    this.undisturbed();
    this.#ahead = this.#clock.now() - this.#steady();
    const by = this.#ahead - this.#believed;
    return Math.abs(by) > SET_MS ? Math.round(by) : 0;
  }

  /** What {@link begin} told has been allowed for. */
  believe(): void {
    this.#believed = this.#ahead;
  }

  /** For how many milliseconds nobody has set the clock, as far as was looked. */
  undisturbed(): number {
    const ahead = this.#clock.now() - this.#steady();
    if (Math.abs(ahead - this.#seen) > SET_MS) {
      this.#seen = ahead;
      this.#setAt = this.#steady();
    }
    return this.#steady() - this.#setAt;
  }

  /** The time of day at the beginning of the look, and what has gone by since. */
  now(): number {
    return Math.floor(this.#ahead + this.#steady());
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms, signal);
  }
}
