import { expect, test } from 'vitest';
import { takesNothing } from './kernel-question.ts';

const kernel = { id: 'k', connections: 0, lastActivity: 100_000 };

test.each([
  ['a page is connected to it', { ...kernel, connections: 1 }, 0, undefined, true],
  ['all that it said went through the proxy', kernel, 100_000, undefined, true],
  ['the proxy’s clock is a tick behind', kernel, 98_000, undefined, true],
  ['it said something that nobody heard', kernel, 97_999, undefined, false],
  ['it said that after we had asked, and nobody came since', kernel, 50_000, 60_000, true],
  ['somebody came since we asked', kernel, 70_000, 60_000, false],
  ['it does not tell when it said something', { ...kernel, lastActivity: null }, 100_000, undefined, false],
  ['Jupyter counts one too few', { ...kernel, connections: -1 }, 0, undefined, false],
] as const)('when %s: %j after traffic at %d, asked at %s, is %s', (_, one, traffic, asked, takes) => {
  expect(takesNothing(one, traffic, asked)).toBe(takes);
});
