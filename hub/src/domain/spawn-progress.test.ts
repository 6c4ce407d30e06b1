import { expect, test } from 'vitest';
import { formatBytes, formatLimit, percentOf, pullStep, waitPercent } from './spawn-progress.ts';

test('the steps of a start stand in rising order, and only ready is 100', () => {
  const steps = (['queued', 'pulling', 'creating', 'starting', 'waiting', 'ready'] as const).map(percentOf);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.filter((percent) => percent === 100)).toHaveLength(1);
});

test('a download goes from where pulling begins to where creating begins, and says its bytes', () => {
  const at = (done: number) => pullStep('lab:1', { done, total: 1_900_000_000, message: '' });
  expect(at(0).percent).toBe(percentOf('pulling'));
  expect(at(1_900_000_000).percent).toBe(percentOf('creating'));
  expect(at(950_000_000)).toEqual({ percent: 33, message: 'Downloading lab:1: 950 MB of 1.9 GB' });
});

test('more bytes than announced, or none announced, do not break the bar', () => {
  expect(pullStep('x', { done: 20, total: 10, message: '' }).percent).toBe(percentOf('creating'));
  expect(pullStep('x', { done: 0, total: 0, message: '' })).toEqual({
    percent: percentOf('pulling'),
    message: 'Downloading x',
  });
});

test('waiting nears the end and never claims it', () => {
  const percents = [0, 1_000, 10_000, 60_000, 3_600_000].map((ms) => waitPercent(ms));
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents[0]).toBe(percentOf('waiting'));
  expect(percents.at(-1)).toBeLessThan(100);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [123_456_789, '123 MB'],
])('%d bytes are written %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test('limits are written in the unit in which they were set', () => {
  expect(formatLimit(2 * 1024 ** 3)).toBe('2 GiB');
  expect(formatLimit(512 * 1024 ** 2)).toBe('512 MiB');
  expect(formatLimit(null)).toBe('the whole machine');
});
