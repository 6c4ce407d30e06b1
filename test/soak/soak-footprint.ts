import { openFiles, residentMb, thirds } from './process-figures.ts';
import type { SoakWorld } from './soak-world.ts';

const EVERY_MS = 1_000;
/** Connections that are kept open for a while differ by a few; a leak of a start each would be in the hundreds. */
const FEW_FILES = 24;
/** How much more the last third of the time may hold than the one before: the garbage collector's rhythm. */
const FLAT = 1.15;
/** Memory says nothing over a shorter time. */
const TELLING_SAMPLES = 300;
/** The hub runs from its sources here, with the compiler in its own process. */
const MOST_MB = 500;

/** Open files and memory of hub and proxy over a while in which neither is restarted. */
export class Footprint {
  readonly #pids: Readonly<Record<string, number>>;
  readonly #files: Readonly<Record<string, number>>;
  readonly #samples: Record<string, number[]>;
  readonly #timer: NodeJS.Timeout;

  constructor({ hub }: SoakWorld) {
    this.#pids = { hub: hub.pid, proxy: hub.proxy.pid };
    this.#files = mapOf(this.#pids, openFiles);
    this.#samples = mapOf(this.#pids, () => []);
    this.#timer = setInterval(() => {
      for (const [name, pid] of Object.entries(this.#pids)) this.#samples[name]?.push(residentMb(pid));
    }, EVERY_MS);
  }

  /** Its figures in words, and what grew. Call when nothing is under way. */
  close(): { readonly words: string; readonly faults: readonly string[] } {
    clearInterval(this.#timer);
    const told = Object.entries(this.#pids).map(([name, pid]) => {
      const [before = 0, after] = [this.#files[name], openFiles(pid)];
      const samples = this.#samples[name] ?? [];
      const [, middle = 0, late = 0] = thirds(samples);
      const words = `${name}: files ${before} → ${after}, memory ${middle.toFixed(0)} → ${late.toFixed(0)} MB`;
      const grew = samples.length >= TELLING_SAMPLES && late > middle * FLAT;
      const bad = after > before + FEW_FILES || grew || late > MOST_MB;
      return { words, faults: bad ? [`it grew: ${words}`] : [] };
    });
    return {
      words: told.map(({ words }) => words).join('; '),
      faults: told.flatMap(({ faults }) => faults),
    };
  }
}

function mapOf<T, U>(record: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));
}
