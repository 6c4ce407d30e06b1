import type { Problem } from '../domain/problem.ts';
import { serverKey } from '../domain/server.ts';

/** What is being done: a start, a stop, or a repair (a burial, an adoption) that the hub does by itself. */
export type LifeKind = 'start' | 'stop' | 'repair';

/** One thing that is being done to one server. Its promises never reject. */
export interface Life {
  readonly kind: LifeKind;
  /** Ends when somebody cancels; the reason is a Problem. */
  readonly signal: AbortSignal;
  /** Settled when nothing more happens, however it went. */
  readonly done: Promise<void>;
  cancel(reason: Problem): void;
  /** Something happened to its container: whoever waits looks at once. */
  nudge(): void;
  /** What a nudge calls; one at a time. */
  onNudge(listener: () => void): void;
}

/**
 * Who is doing what to which server: at most one thing at a time to each, so that start, stop and repair in
 * any order end with engine, routes and store in agreement. Different servers never wait for each other.
 */
export class Lives {
  readonly #lives = new Map<string, Life>();
  readonly #report: (error: unknown) => void;

  /** `report` is told of what the work itself did not handle: a mistake of ours. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** How many servers something is being done to. */
  get size(): number {
    return this.#lives.size;
  }

  get(user: string, server: string): Life | undefined {
    return this.#lives.get(serverKey(user, server));
  }

  /**
   * Takes the server and runs `work`. Synchronous up to the first wait of `work`, so that whoever saw a free
   * server and calls this at once has it.
   *
   * @throws RangeError when something is being done to it already.
   */
  begin(user: string, server: string, kind: LifeKind, work: (life: Life) => Promise<void>): Life {
    const key = serverKey(user, server);
    if (this.#lives.has(key)) throw new RangeError(`something is being done to ${key} already`);
    const control = new AbortController();
    let listener = () => {};
    const done = Promise.withResolvers<void>();
    const life: Life = {
      kind,
      signal: control.signal,
      done: done.promise,
      cancel: (reason) => control.abort(reason),
      nudge: () => listener(),
      onNudge: (next) => {
        listener = next;
      },
    };
    this.#lives.set(key, life);
    const end = () => {
      this.#lives.delete(key);
      done.resolve();
    };
    work(life).catch(this.#report).finally(end);
    return life;
  }

  /** Resolves when nothing is being done any more, or after what the signal allows. */
  async quiet(signal: AbortSignal): Promise<void> {
    const ended = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    while (this.#lives.size > 0 && !signal.aborted) {
      await Promise.race([ended, ...[...this.#lives.values()].map((life) => life.done)]);
    }
  }
}
