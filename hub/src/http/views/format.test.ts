import { expect, it } from 'vitest';
import { ago, clock, fullDate, span } from './format.ts';
import { en } from './messages/en.ts';

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;

it.each([
  [-5, '0 s'],
  [0, '0 s'],
  [59 * S + 999, '59 s'],
  [60 * S, '1 min'],
  [59 * MIN, '59 min'],
  [60 * MIN, '1 h'],
  [3 * H + 5 * MIN, '3 h 5 min'],
  [47 * H + 59 * MIN, '47 h 59 min'],
  [48 * H, '2 days'],
  [400 * H, '16 days'],
])('%d ms is %s', (ms, text) => expect(span(en, ms)).toBe(text));

it('what is near, or ahead by a clock’s fault, is just now', () => {
  expect(ago(en, 1000, 1000 + 59 * S)).toBe('just now');
  expect(ago(en, 9000, 1000)).toBe('just now');
  expect(ago(en, 0, 12 * MIN)).toBe('12 min ago');
});

it('a time of day says its zone', () => {
  const at = Date.UTC(2026, 10, 21, 18, 40);
  expect(clock(en, at)).toBe('18:40 UTC');
  expect(fullDate(en, at)).toBe('November 21, 2026 at 18:40:00 UTC');
});
