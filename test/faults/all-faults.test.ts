import { expect, test } from 'vitest';
import { ALL_FAULTS, pairsOf } from './all-faults.ts';

const namesOf = (pairs: ReturnType<typeof pairsOf>) =>
  pairs.map((pair) => pair.map(({ name }) => name).join('+'));

test('faults have names of their own', () => {
  expect(new Set(ALL_FAULTS.map(({ name }) => name)).size).toBe(ALL_FAULTS.length);
});

test('pairs take different things away, each pair once', () => {
  const all = pairsOf(ALL_FAULTS, Number.POSITIVE_INFINITY, 1);
  expect(all.length).toBeGreaterThan(50);
  expect(all.every(([one, other]) => one.takes !== other.takes)).toBe(true);
  expect(new Set(namesOf(all)).size).toBe(all.length);
});

test('a clock is not set while something else ends servers: it must end none', () => {
  const withClock = pairsOf(ALL_FAULTS, Number.POSITIVE_INFINITY, 1).filter((pair) =>
    pair.some(({ takes }) => takes === 'clock'),
  );
  expect(withClock.length).toBeGreaterThan(20);
  expect(namesOf(withClock).filter((names) => /engine killed|notebook killed/.test(names))).toEqual([]);
});

test('the same seed draws the same pairs', () => {
  expect(namesOf(pairsOf(ALL_FAULTS, 4, 3))).toEqual(namesOf(pairsOf(ALL_FAULTS, 4, 3)));
  expect(namesOf(pairsOf(ALL_FAULTS, 4, 3))).not.toEqual(namesOf(pairsOf(ALL_FAULTS, 4, 4)));
  expect(pairsOf(ALL_FAULTS, 0, 1)).toEqual([]);
});
