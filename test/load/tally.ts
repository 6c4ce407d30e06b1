/** Why an act did not end as it should: an HTTP status, a network error's code, or `late`. */
export class ActFailed extends Error {
  readonly code: string;

  constructor(code: string, words: string) {
    super(words);
    this.name = 'ActFailed';
    this.code = code;
  }
}

export interface ActFigures {
  readonly act: string;
  readonly done: number;
  /** How often by which code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Milliseconds of those that were done; null where none was. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly most: number | null;
}

/** One act that ended, well or not. */
export interface Ended {
  readonly act: string;
  readonly who: string;
  /** Milliseconds since the epoch, at its end. */
  readonly at: number;
  readonly took: number;
  /** Null: well. */
  readonly code: string | null;
  readonly words: string;
}

/** What people did, how long each act took them, and how it ended. */
export class Tally {
  readonly ended: Ended[] = [];

  /** Counts one act. @throws whatever `run` throws, after it was counted. */
  async time<T>(act: string, who: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const end = (code: string | null, words: string) =>
      this.ended.push({ act, who, at: Date.now(), took: performance.now() - began, code, words });
    try {
      const result = await run();
      end(null, '');
      return result;
    } catch (error) {
      end(codeOf(error), error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Everybody who did it at least once. */
  whoDid(act: string): ReadonlySet<string> {
    return new Set(this.ended.filter((one) => one.act === act && one.code === null).map(({ who }) => who));
  }

  /** A line for each act, in the order in which they first came. */
  figures(): readonly ActFigures[] {
    return [...Map.groupBy(this.ended, ({ act }) => act)].map(([act, all]) => {
      const took = all
        .filter(({ code }) => code === null)
        .map((one) => one.took)
        .toSorted((a, b) => a - b);
      const failed: Record<string, number> = {};
      for (const { code } of all) if (code !== null) failed[code] = (failed[code] ?? 0) + 1;
      return {
        act,
        done: took.length,
        failed,
        p50: quantile(took, 0.5),
        p95: quantile(took, 0.95),
        p99: quantile(took, 0.99),
        most: took.at(-1) ?? null,
      };
    });
  }
}

/** Of numbers in order, by the nearest rank; null of none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export function codeOf(error: unknown): string {
  if (error instanceof ActFailed) return error.code;
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return 'late';
  return typeof code === 'string' ? code : String(name ?? 'unknown');
}
