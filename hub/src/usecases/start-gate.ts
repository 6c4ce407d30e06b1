/**
 * Lets so many starts through at once, in the order in which they came. Forty notebooks booting together on
 * two cores are all slower than one after the other.
 */
export class StartGate {
  readonly #limit: number;
  readonly #line: (() => void)[] = [];
  #inside = 0;

  /** `limit`: how many may be inside; `Infinity` for no limit. */
  constructor(limit: number) {
    if (!(limit >= 1)) throw new RangeError(`a gate for ${limit} starts would let nobody through`);
    this.#limit = limit;
  }

  /** Whether the next one will have to wait. */
  get full(): boolean {
    return this.#inside >= this.#limit;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.length;
  }

  /**
   * Waits for a place and returns the way to give it back, which may be called more than once.
   *
   * @throws the signal's reason when it ends before there was a place.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.full) await this.#stand(signal);
    else this.#inside += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      // The place is handed over, not freed: nobody who comes just now can slip in before the line.
      const next = this.#line.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    };
  }

  #stand(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#line.splice(this.#line.indexOf(enter), 1);
        reject(signal.reason);
      };
      this.#line.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
