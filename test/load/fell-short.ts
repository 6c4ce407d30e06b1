import type { LoadRun } from './class-load.ts';

/**
 * What a run promises and did not keep, in words; nothing when all was well. Times are told and not judged: they belong to
 * the machine.
 */
export function fellShort({ size, served, acts, lost }: LoadRun): readonly string[] {
  const failed = acts.flatMap(({ act, failed }) =>
    Object.entries(failed).map(([code, times]) => `${act}: ${code}, ${times} times`),
  );
  const left = size.people - served;
  return [...lost, ...failed, ...(left > 0 ? [`${left} of ${size.people} never ran a cell`] : [])];
}
