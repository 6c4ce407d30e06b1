import { expect, test } from 'vitest';
import { isFresh } from './is-fresh.ts';

test.each([
  ['of this moment', 1_000, true],
  ['a millisecond younger than that', 501, true],
  ['as old as that', 500, false],
  ['from the future', 1_001, false],
])('what is %s', (_, at, fresh) => {
  expect(isFresh(at, 1_000, 500)).toBe(fresh);
});
