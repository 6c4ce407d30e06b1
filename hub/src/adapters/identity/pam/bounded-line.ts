/**
 * A few at a time, some in line, nobody for longer than the deadline. The work is given the milliseconds that are
 * left of it; null: there was no place in the line, or none came free in time.
 */
export type BoundedLine = <T>(work: (left: number) => Promise<T>) => Promise<T | null>;

/**
 * @param deadline milliseconds from the moment of asking, waiting included. Whoever would have less than
 * `least` of it left is not begun.
 */
export function makeBoundedLine(bounds: {
  readonly atOnce: number;
  readonly inLine: number;
  readonly deadline: number;
  readonly least: number;
}): BoundedLine {
  const { atOnce, inLine, deadline, least } = bounds;
  let running = 0;
  const waiting = new Set<() => void>();

  return async (work) => {
    const begun = performance.now();
    if (running >= atOnce) {
      if (waiting.size >= inLine) return null;
      if (!(await turn(deadline - least))) return null;
    } else running += 1;
    try {
      return await work(deadline - (performance.now() - begun));
    } finally {
      const next = waiting.values().next();
      // The place is handed on, not given back: nobody slips in between.
      if (next.done === true) running -= 1;
      else next.value();
    }
  };

  function turn(patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve(true);
      };
      const timer = setTimeout(() => {
        waiting.delete(go);
        resolve(false);
      }, patience);
      waiting.add(go);
    });
  }
}
