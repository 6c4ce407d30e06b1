/** One after the other for each key, in the order in which they came; different keys never wait for each other. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Waits for whoever has the key, and returns how to give it up, which may be called more than once.
   *
   * @throws the signal's reason when it ends first.
   */
  async take(key: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = Promise.withResolvers<void>();
    const turn = before.then(() => mine.promise);
    this.#last.set(key, turn);
    const giveUp = (): void => {
      mine.resolve();
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    const ended = Promise.withResolvers<never>();
    const end = () => ended.reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      await Promise.race([before, ended.promise]);
      return giveUp;
    } catch (error) {
      giveUp();
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }
}
