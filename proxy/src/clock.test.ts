import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CoarseClock, dateOf, momentOf } from './clock.ts';
import { touch } from './routes/route.ts';
import { Routes } from './routes/routes.ts';

const BEGAN = Date.parse('2026-11-22T10:00:00Z');
const HOURS = 3 * 3_600_000;
let clock: CoarseClock;

beforeEach(() => {
  vi.useFakeTimers({ now: BEGAN, toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  clock = new CoarseClock();
});

afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

/** Somebody sets the machine's clock: the time of day, and nothing else. */
const setClock = (by: number): void => void vi.setSystemTime(Date.now() + by);

test.each([
  ['ahead', HOURS],
  ['back', -HOURS],
])('a clock that is put %s moves the time of day and no deadline', (_, by) => {
  const ticks: number[] = [];
  clock.onTick((now) => ticks.push(now));
  vi.advanceTimersByTime(1_000);
  setClock(by);
  vi.advanceTimersByTime(1_000);
  expect(clock.now).toBe(BEGAN + 2_000);
  expect(ticks.at(-1)).toBe(BEGAN + 2_000);
  expect(clock.date).toBe(BEGAN + 2_000 + by);
});

test.each([
  ['ahead', HOURS],
  ['back', -HOURS],
])('a clock that is put %s makes no route look idle, nor used in the future', (_, by) => {
  const routes = new Routes(clock);
  const route = routes.add('/user/ana', { target: 'http://10.0.0.1:8888', user: 'ana' });
  vi.advanceTimersByTime(60_000);
  touch(route, clock, true);
  vi.advanceTimersByTime(30_000);
  setClock(by);
  vi.advanceTimersByTime(1_000);
  const told = Date.parse(routes.present()['/user/ana']?.last_activity ?? '');
  expect(Date.now() - told).toBe(31_000);
  expect(Object.keys(routes.present(Date.now() - 31_000))).toEqual([]);
  expect(Object.keys(routes.present(Date.now() - 30_999))).toEqual(['/user/ana']);
});

test('the few milliseconds by which a clock is kept right move no date that was told', () => {
  const before = dateOf(clock, BEGAN);
  setClock(40);
  vi.advanceTimersByTime(1_000);
  setClock(-60);
  vi.advanceTimersByTime(1_000);
  expect(dateOf(clock, BEGAN)).toBe(before);
});

test('a date that was written down with a clock ahead of this one is not believed', () => {
  expect(momentOf(clock, BEGAN + HOURS)).toBe(clock.now);
  expect(momentOf(clock, BEGAN - HOURS)).toBe(clock.now - HOURS);
});
