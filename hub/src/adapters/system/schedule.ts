import cron from 'node-cron';
import type { Log } from '../../domain/ports.ts';

/** Less than the shortest pattern's pause, a second, and more than timers are early. */
const SHORTEST_MS = 500;

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
 * Runs a job by a cron pattern until the signal ends. A look that takes longer than the pause is not doubled; one that fails
 * is logged and the next one comes.
 *
 * Each pause is looked up in the pattern by the time of day and then waited for by a clock that nobody sets. The package's
 * own loop goes by the time of day alone: put back three hours, it waits three hours; put ahead a month, it counts every
 * look that it has missed, two minutes long with nothing else going on in the process.
 */
export function schedule(pattern: string, job: () => Promise<unknown>, log: Log, signal: AbortSignal): void {
  const task = cron.createTask(pattern, () => {});
  let timer: NodeJS.Timeout;
  let atWork = false;

  const look = async (): Promise<void> => {
    if (atWork) return;
    atWork = true;
    try {
      await job();
    } catch (error) {
      if (!signal.aborted) log.error({ error, pattern }, 'a scheduled job failed');
    } finally {
      atWork = false;
    }
  };
  const waitForNext = (): void => {
    // A timer may be a little early by the time of day: the tick that it was for is not due once more.
    const pauses = task.getNextRuns(2).map((run) => run.getTime() - Date.now());
    const pause = pauses.find((ms) => ms >= SHORTEST_MS) ?? SHORTEST_MS;
    timer = setTimeout(() => {
      void look();
      waitForNext();
    }, pause);
  };

  if (signal.aborted) return;
  waitForNext();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
