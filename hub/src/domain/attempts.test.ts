import { expect, test } from 'vitest';
import { Attempts } from './attempts.ts';

const NAME = { free: 5, forgive: 600_000, longest: 900_000 };
const ADDRESS = { free: 50, forgive: 10_000, longest: 5000 };

test('the free tries cost nothing, then each doubles the wait up to the longest', () => {
  const attempts = new Attempts(NAME);
  const waits = Array.from({ length: 20 }, () => {
    const wait = attempts.wait('ana', 0);
    attempts.made('ana', 0);
    return wait / 1000;
  });
  expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8]);
  expect(Math.max(...waits)).toBe(900);
});

test('a lab behind one address waits for seconds at most, and typing errors are forgiven', () => {
  const attempts = new Attempts(ADDRESS);
  for (let i = 0; i < 500; i++) attempts.made('lab', i * 100);
  expect(attempts.wait('lab', 50_000)).toBeLessThanOrEqual(5000);
  expect(attempts.wait('lab', 55_001)).toBe(0);
  const careful = new Attempts(ADDRESS);
  for (let i = 0; i < 500; i++) careful.made('lab', i * 10_000);
  expect(careful.wait('lab', 5_000_000)).toBe(0);
});

test('who was right is not counted', () => {
  const attempts = new Attempts(NAME);
  for (let i = 0; i < 20; i++) {
    attempts.made('ana', 0);
    attempts.takeBack('ana');
  }
  expect(attempts.wait('ana', 0)).toBe(0);
});

test('no more than ten thousand are remembered', () => {
  const attempts = new Attempts({ ...NAME, free: 1 });
  for (let i = 0; i < 10_001; i++) attempts.made(`key ${i}`, 0);
  expect(attempts.wait('key 0', 0)).toBe(0);
  expect(attempts.wait('key 10000', 0)).toBe(1000);
});

test('a clock that was put back keeps nobody out for longer than they would have waited', () => {
  const attempts = new Attempts(NAME);
  const hours = 3 * 3_600_000;
  for (let i = 0; i < 8; i++) attempts.made('ana', hours);
  expect(attempts.wait('ana', hours)).toBe(8_000);
  expect(attempts.wait('ana', 0)).toBe(8_000);
  expect(attempts.wait('ana', 5_000)).toBe(3_000);
  expect(attempts.wait('ana', 8_000)).toBe(0);
});
