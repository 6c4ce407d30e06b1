import { expect, test } from 'vitest';
import { formatSpan } from './format-span.ts';

test.each([
  [1_000, '1 second'],
  [119_999, '119 seconds'],
  [120_000, '2 minutes'],
  [3_600_000, '60 minutes'],
  [7_200_000, '2 hours'],
])('%d ms are called %s', (ms, words) => {
  expect(formatSpan(ms)).toBe(words);
});
