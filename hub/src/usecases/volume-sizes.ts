import { isFresh } from '../domain/is-fresh.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Volumes } from '../domain/volumes.ts';

export interface Measured {
  readonly at: number;
  /** Bytes by volume. */
  readonly sizes: ReadonlyMap<string, number>;
}

const NEVER: Measured = { at: 0, sizes: new Map() };
/** Younger than this it is not asked for again. */
const FRESH_MS = 5 * 60_000;

/** What volumes hold, as it was last measured; measuring walks through every file, so all who ask share one answer. */
export class VolumeSizes {
  readonly #ports: { readonly volumes: Volumes; readonly clock: Clock; readonly log: Log };
  readonly #ending: AbortSignal;
  #last: Measured = NEVER;
  #running: Promise<Measured> | null = null;

  constructor(
    ports: { readonly volumes: Volumes; readonly clock: Clock; readonly log: Log },
    ending: AbortSignal,
  ) {
    this.#ports = ports;
    this.#ending = ending;
  }

  get last(): Measured {
    return this.#last;
  }

  /**
   * Not older than `age`, if it can be had within `patience`; else the last one. An engine that is away leaves the last
   * one too. Both are milliseconds.
   */
  async within(patience: number, age: number = FRESH_MS): Promise<Measured> {
    const { clock } = this.#ports;
    if (isFresh(this.#last.at, clock.now(), age)) return this.#last;
    const over = new AbortController();
    const late = clock.sleep(patience, over.signal).then(
      () => this.#last,
      () => this.#last,
    );
    try {
      return await Promise.race([this.measure(), late]);
    } finally {
      over.abort();
    }
  }

  /** Measures now, or joins whoever does. */
  measure(): Promise<Measured> {
    this.#running ??= this.#measure().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #measure(): Promise<Measured> {
    const { volumes, clock, log } = this.#ports;
    try {
      const sizes = await volumes.sizes(this.#ending);
      this.#last = { at: clock.now(), sizes };
    } catch (error) {
      if (!this.#ending.aborted) log.warn({ error: String(error) }, 'volumes could not be measured');
    }
    return this.#last;
  }
}
