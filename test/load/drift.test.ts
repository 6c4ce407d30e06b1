import { expect, test } from 'vitest';
import { driftOf, isFlat } from './drift.ts';

const over = (value: (at: number) => number) =>
  Array.from({ length: 100 }, (_, at) => [at, value(at)] as const);

test('a saw of garbage collection is flat, a steady climb is not', () => {
  expect(
    isFlat(
      driftOf(
        'saw',
        over((at) => 100 + (at % 10) * 3),
        5,
      ),
    ),
  ).toBe(true);
  expect(
    isFlat(
      driftOf(
        'climb',
        over((at) => 100 + at),
        5,
      ),
    ),
  ).toBe(false);
});

test('what comes in the warm-up does not count', () => {
  const { gained, level } = driftOf(
    'early',
    over((at) => (at < 20 ? at * 5 : 100)),
    5,
  );
  expect(gained).toBeCloseTo(0);
  expect(level).toBeCloseTo(100);
});
