import { Session } from 'node:inspector';

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/** Product code only: what a library does is not what we look for. */
const OURS = /\/(?:hub|proxy)\/src\//;

/**
 * Which blocks of our code have run, as V8 counts them itself: no instrumented copy of the program is needed. An input
 * that makes a new block run, or one run in another order of magnitude, is worth keeping (that is all that guides).
 */
export class CoveredCode {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  get blocks(): number {
    return this.#seen.size;
  }

  /** How many blocks ran since the last look that had never run before. */
  look(): number {
    const before = this.#seen.size;
    this.#session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw new Error(`V8 does not tell what ran: ${error.message}`);
      for (const script of taken.result) if (OURS.test(script.url)) this.#note(script);
    });
    return this.#seen.size - before;
  }

  close(): void {
    this.#session.disconnect();
  }

  #note({ url, functions }: Script): void {
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count > 0)
          this.#seen.add(`${url}:${startOffset}:${endOffset}:${Math.min(4, Math.log2(count) | 0)}`);
      }
    }
  }
}
