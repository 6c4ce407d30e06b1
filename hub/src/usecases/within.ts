import type { Clock } from '../domain/ports.ts';
import type { Problem } from '../domain/problem.ts';

/**
 * Runs `work` with a signal that ends after `ms` with the problem `late`, or with `signal` and its reason.
 * The work is trusted to end with its signal: every port does.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  late: Problem,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const over = new AbortController();
  clock.sleep(ms, over.signal).then(
    () => limit.abort(late),
    () => {},
  );
  try {
    signal.throwIfAborted();
    return await work(AbortSignal.any([signal, limit.signal]));
  } finally {
    over.abort();
  }
}
