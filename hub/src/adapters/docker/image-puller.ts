import type { PullProgress } from '../../domain/containers.ts';
import { type Engine, orNull } from './engine.ts';
import { type PullLine, PullTally } from './pull-tally.ts';
import { readLines } from './read-lines.ts';
import { translatePullError } from './translate-error.ts';

type Report = (progress: PullProgress) => void;

interface Download {
  readonly done: Promise<void>;
  readonly stop: AbortController;
  readonly reports: Set<Report>;
}

/** How often at most those who wait are told. */
const REPORT_EVERY_MS = 250;

/** Brings images to this machine; all who want one at the same time share one download. */
export class ImagePuller {
  readonly #engine: Engine;
  readonly #downloads = new Map<string, Download>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Makes sure that the image is here. When the last who waits leaves, the download ends too; the engine
   * keeps the layers that were complete.
   *
   * @throws Problem SPAWN-101 … SPAWN-110, SPAWN-150; the signal's reason when it ends.
   */
  async ensure(image: string, report: Report, signal: AbortSignal): Promise<void> {
    if (await this.isHere(image, signal)) return;
    await this.refresh(image, report, signal);
  }

  /** As `ensure`, and looks for a newer one although one is here. */
  async refresh(image: string, report: Report, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const download = this.#downloads.get(image) ?? this.#begin(image);
    download.reports.add(report);
    const left = Promise.withResolvers<never>();
    const leave = () => left.reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await Promise.race([download.done, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      download.reports.delete(report);
      if (download.reports.size === 0) download.stop.abort();
    }
  }

  #begin(image: string): Download {
    const stop = new AbortController();
    const reports = new Set<Report>();
    const done = this.#pull(image, reports, stop.signal).finally(() => {
      if (this.#downloads.get(image)?.stop === stop) this.#downloads.delete(image);
    });
    // Those who wait are told; when nobody does any more, nobody needs to know.
    done.catch(() => {});
    // Who comes after the last has left begins anew, instead of sharing a download that is being ended.
    stop.signal.addEventListener('abort', () => {
      if (this.#downloads.get(image)?.stop === stop) this.#downloads.delete(image);
    });
    const download = { done, stop, reports };
    this.#downloads.set(image, download);
    return download;
  }

  async #pull(image: string, reports: ReadonlySet<Report>, signal: AbortSignal): Promise<void> {
    const tally = new PullTally();
    let told = Number.NEGATIVE_INFINITY;
    try {
      const stream = await this.#engine.docker.pull(image, { abortSignal: signal });
      for await (const text of readLines(stream, signal)) {
        const line = parse(text);
        // The status was 200 long ago: that it failed is said in a line, or nowhere.
        if (typeof line.error === 'string') throw new Error(line.error);
        tally.add(line);
        if (performance.now() - told < REPORT_EVERY_MS) continue;
        told = performance.now();
        for (const report of reports) report(tally.progress());
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw translatePullError(error, image);
    }
    if (!(await this.isHere(image, signal))) {
      throw translatePullError(new Error('the download ended without the image'), image);
    }
  }

  async isHere(image: string, signal: AbortSignal): Promise<boolean> {
    const inspected = await this.#engine.look(
      () => orNull(this.#engine.docker.getImage(image).inspect()),
      signal,
    );
    return inspected !== null;
  }
}

function parse(text: string): PullLine {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? line : {};
  } catch (error) {
    throw new Error(`the engine's answer cannot be read: ${text.slice(0, 200)}`, { cause: error });
  }
}
