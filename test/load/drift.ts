export interface Drift {
  readonly name: string;
  /** In the middle of what was measured. */
  readonly level: number;
  /** What it gained from the end of the warm-up to the end, on the line that fits best. */
  readonly gained: number;
  /** How much of that is taken for the rhythm of garbage collection and of connections. */
  readonly allowed: number;
}

/** The part of a run in which caches fill and code is compiled. */
const WARM_UP = 0.25;

/**
 * How a figure moves over a run once it is warm: by least squares, so that one high moment says little and a steady climb
 * says much. `points`: seconds and figure.
 *
 * @param slack what it may gain besides a tenth of its level.
 */
export function driftOf(
  name: string,
  points: readonly (readonly [at: number, value: number])[],
  slack: number,
): Drift {
  const from = (points.at(-1)?.[0] ?? 0) * WARM_UP;
  const warm = points.filter(([at]) => at >= from);
  const mean = (axis: 0 | 1) => warm.reduce((sum, point) => sum + point[axis], 0) / Math.max(1, warm.length);
  const [at, level] = [mean(0), mean(1)];
  const [above, below] = warm.reduce(
    ([up, down], [x, y]) => [up + (x - at) * (y - level), down + (x - at) ** 2],
    [0, 0],
  );
  const span = (warm.at(-1)?.[0] ?? 0) - (warm[0]?.[0] ?? 0);
  return { name, level, gained: below === 0 ? 0 : (above / below) * span, allowed: level * 0.1 + slack };
}

export const isFlat = ({ gained, allowed }: Drift): boolean => gained <= allowed;
