import { describe, expect, test } from 'vitest';
import { type Cron, isTimezone, lastTick, nextTick, parseCron } from './cron.ts';

function cron(text: string): Cron {
  const read = parseCron(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
}
const at = (iso: string) => Date.parse(iso);

describe('the next tick', () => {
  test.each([
    ['45 7 * * mon-fri', 'Europe/Berlin', '2026-11-20T12:00:00Z', '2026-11-23T06:45:00Z'],
    // An hour earlier by the clock of the world, as the wall's has been put forward.
    ['45 7 * * 1-5', 'Europe/Berlin', '2026-06-01T00:00:00Z', '2026-06-01T05:45:00Z'],
    ['*/20 8-9 * * *', 'UTC', '2026-01-01T08:05:00Z', '2026-01-01T08:20:00Z'],
    ['5/25 * * * *', 'UTC', '2026-01-01T08:06:00Z', '2026-01-01T08:30:00Z'],
    ['0 0 1 jan *', 'Asia/Seoul', '2026-05-01T00:00:00Z', '2026-12-31T15:00:00Z'],
    ['30 6 * * 7', 'Asia/Kathmandu', '2026-11-21T00:00:00Z', '2026-11-22T00:45:00Z'],
    // Both kinds of day: either is enough.
    ['0 0 13 * fri', 'UTC', '2026-11-14T00:00:00Z', '2026-11-20T00:00:00Z'],
  ])('of %s in %s after %s is %s', (pattern, zone, after, next) => {
    expect(nextTick(cron(pattern), zone, at(after))).toBe(at(next));
  });
  test('of a day that no year within reach has is none', () => {
    expect(nextTick(cron('0 8 29 2 *'), 'UTC', at('2026-03-01T00:00:00Z'))).toBeNull();
    expect(nextTick(cron('0 8 31 4 *'), 'UTC', at('2026-03-01T00:00:00Z'))).toBeNull();
  });
});

describe('the last tick', () => {
  const every = cron('*/10 * * * *');
  test('counts from after the beginning to the end, both as they are', () => {
    expect(lastTick(every, 'UTC', at('2026-01-01T08:00:00Z'), at('2026-01-01T08:09:59Z'))).toBeNull();
    expect(lastTick(every, 'UTC', at('2026-01-01T08:00:00Z'), at('2026-01-01T08:10:00Z'))).toBe(
      at('2026-01-01T08:10:00Z'),
    );
    expect(lastTick(every, 'UTC', at('2026-01-01T07:59:59Z'), at('2026-01-01T08:09:00Z'))).toBe(
      at('2026-01-01T08:00:00Z'),
    );
  });
});

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '* * * * someday',
  '5-3 * * * *',
  '*/0 * * * *',
  '1,,2 * * * *',
  '@daily',
  '-1 * * * *',
])('%j is no pattern, and is told why', (text) => {
  expect(parseCron(text)).toEqual(expect.any(String));
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Mars/Phobos', false],
  ['', false],
])('whether %j is a time zone: %s', (name, is) => {
  expect(isTimezone(name)).toBe(is);
});
