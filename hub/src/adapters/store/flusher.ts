/** A change that waits for the disk. */
interface Waiting {
  readonly undo: () => void;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/**
 * Brings changes to the disk in turn. Changes that arrive while one write is under way share the next
 * one, so a burst costs a few writes and each still waits for its own bytes.
 *
 * When a write fails, everything not yet on the disk is taken back, newest first: also what came in
 * while it was written, for that may stand on what is being taken back.
 */
export class Flusher {
  readonly #write: () => Promise<void>;
  readonly #explain: (error: unknown) => Error;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(write: () => Promise<void>, explain: (error: unknown) => Error) {
    this.#write = write;
    this.#explain = explain;
  }

  /** Resolves when what is in memory now is on the disk; rejects after `undo` has been called. */
  add(undo: () => void): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#waiting.push({ undo, done, failed }));
    this.#running ??= this.#run();
    return written;
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that a burst of changes starts as one write.
    await new Promise((turn) => setImmediate(turn));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write();
        for (const change of batch) change.done();
      } catch (error) {
        this.#takeBack([...batch, ...this.#waiting], this.#explain(error));
      }
    }
    this.#running = null;
  }

  #takeBack(changes: readonly Waiting[], error: Error): void {
    this.#waiting = [];
    for (const change of changes.toReversed()) change.undo();
    for (const change of changes) change.failed(error);
  }
}
