import { expect, test } from 'vitest';
import { cronEvery } from './schedule.ts';

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
