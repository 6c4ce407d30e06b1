import { expect, test } from 'vitest';
import { Dice } from '../soak/dice.ts';
import { arrivals } from './lecture.ts';

const FIVE_MINUTES = 300_000;

test('most of a class come in the first two of five minutes, and all within the five', () => {
  const comes = arrivals(300, FIVE_MINUTES, new Dice(1));
  const early = comes.filter((at) => at < FIVE_MINUTES * 0.4).length;
  expect(early).toBeGreaterThan(180);
  expect(early).toBeLessThan(240);
  expect(Math.max(...comes)).toBeLessThanOrEqual(FIVE_MINUTES);
});

test('the same seed is the same lecture', () => {
  const once = (seed: number) => arrivals(20, FIVE_MINUTES, new Dice(seed));
  expect(once(7)).toEqual(once(7));
  expect(once(7)).not.toEqual(once(8));
});
