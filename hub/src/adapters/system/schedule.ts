import cron from 'node-cron';
import type { Log } from '../../domain/ports.ts';

/**
 * The cron pattern for "every so many seconds". Cron divides minutes and hours only evenly, so other
 * lengths are rounded: below a minute to a divisor of 60 s, above to whole minutes, at most an hour.
 */
export function cronEvery(seconds: number): string {
  const divisors = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
  if (seconds < 45) {
    const nearest = divisors.findLast((divisor) => divisor <= Math.max(1, seconds)) ?? 1;
    return `*/${nearest} * * * * *`;
  }
  const minutes = Math.min(60, Math.max(1, Math.round(seconds / 60)));
  if (minutes === 60) return '0 0 * * * *';
  const nearest = divisors.findLast((divisor) => divisor <= minutes) ?? 1;
  return `0 */${nearest} * * * *`;
}

/**
 * Runs a job by a cron pattern until the signal ends. A look that takes longer than the pause is not
 * doubled; one that fails is logged and the next one comes.
 */
export function schedule(pattern: string, job: () => Promise<unknown>, log: Log, signal: AbortSignal): void {
  const task = cron.schedule(
    pattern,
    async () => {
      try {
        await job();
      } catch (error) {
        if (!signal.aborted) log.error({ error, pattern }, 'a scheduled job failed');
      }
    },
    { noOverlap: true, suppressMissedWarning: true },
  );
  signal.addEventListener('abort', () => void task.stop(), { once: true });
}
