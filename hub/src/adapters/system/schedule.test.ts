import { afterEach, expect, test, vi } from 'vitest';
import { cronEvery, schedule } from './schedule.ts';

const HOUR = 3_600_000;
const LOG = { info: () => {}, warn: () => {}, error: () => {} };

afterEach(() => void vi.useRealTimers());

/** Looks each minute, from ten seconds past ten o'clock on, and counts. */
function eachMinute() {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T10:00:10Z') });
  const end = new AbortController();
  let count = 0;
  const look = async () => {
    count += 1;
  };
  schedule(cronEvery(60), look, LOG, end.signal);
  return { end, looks: () => count };
}

/** Looks each minute for five minutes; in the third, somebody sets the machine's clock. How many looks there were. */
async function looksAround(by: number): Promise<number> {
  const { end, looks } = eachMinute();
  await vi.advanceTimersByTimeAsync(150_000);
  vi.setSystemTime(Date.now() + by);
  await vi.advanceTimersByTimeAsync(150_000);
  end.abort();
  await vi.advanceTimersByTimeAsync(HOUR);
  return looks();
}

test.each([
  ['stands', 0],
  ['is put three hours ahead', 3 * HOUR],
  ['is put three hours back', -3 * HOUR],
  ['is put half a minute back', -30_000],
  ['is put a year ahead', 365 * 24 * HOUR],
])('looks go on minute by minute when the clock %s', async (_, by) => {
  const looks = await looksAround(by);
  expect(looks).toBeGreaterThanOrEqual(4);
  expect(looks).toBeLessThanOrEqual(6);
});

test('a timer that is early by a millisecond does not double its look', async () => {
  const { end, looks } = eachMinute();
  await vi.advanceTimersByTimeAsync(49_000);
  vi.setSystemTime(Date.now() - 1);
  await vi.advanceTimersByTimeAsync(30_000);
  end.abort();
  expect(looks()).toBe(1);
});

test('a look that takes longer than the pause is not doubled, and one that fails is told and not the last', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T10:00:00Z') });
  const end = new AbortController();
  const errors: unknown[] = [];
  let [atOnce, most, looks] = [0, 0, 0];
  const slow = async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((later) => setTimeout(later, 2_500));
    atOnce -= 1;
    looks += 1;
    throw new Error('not today');
  };
  schedule(cronEvery(1), slow, { ...LOG, error: (what) => void errors.push(what) }, end.signal);
  await vi.advanceTimersByTimeAsync(20_000);
  end.abort();
  expect(most).toBe(1);
  expect(looks).toBeGreaterThanOrEqual(5);
  expect(errors).toHaveLength(looks);
});

test.each([
  [1, '*/1 * * * * *'],
  [7, '*/6 * * * * *'],
  [30, '*/30 * * * * *'],
  [60, '0 */1 * * * *'],
  [90, '0 */2 * * * *'],
  [600, '0 */10 * * * *'],
  [3600, '0 0 * * * *'],
  [7200, '0 0 * * * *'],
])('every %d seconds is what cron can say of it', (seconds, pattern) => {
  expect(cronEvery(seconds)).toBe(pattern);
});
