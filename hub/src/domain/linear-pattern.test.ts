import { describe, expect, test } from 'vitest';
import { linearPattern } from './linear-pattern.ts';

const PATTERNS = [
  '[a-z]+',
  '^[a-z]{3,5}$',
  '[a-z]+\\.[a-z]+',
  '(?:alice|bob)(-x)?',
  '\\w+@uni\\.example',
  '[^0-9]+\\d{2}',
  'a|b|',
  'x*y*z*',
  '[a-z][a-z0-9_.-]*',
  '(ab?)*c',
  '.{2,}',
  '[]a]+'.replace('[]', '[\\]'),
  'a{0}b',
  '(a|ab)(c|bcd)',
  'x+?y',
];
const TEXTS = [
  '',
  'a',
  'b',
  'abc',
  'abcdef',
  'alice',
  'bob-x',
  'a.b',
  'me@uni.example',
  'me@uniXexample',
  'ab12',
  'xyz',
  'xxyyz',
  'ababc',
  'abcd',
  ']a',
  'xxy',
  'a-b_c.1',
  'me@uni.example.evil',
];

describe('a pattern matches the whole text, as the language’s own engine would', () => {
  test.each(PATTERNS)('%s', (source) => {
    const ours = linearPattern(source);
    const theirs = new RegExp(`^(?:${source})$`);
    for (const text of TEXTS) expect(ours.matches(text), text).toBe(theirs.test(text));
  });
});

test.each([
  '(a+)+',
  '(a|a)*',
  '(a|aa)+',
  '(.*)*x',
  'a?'.repeat(30) + 'a'.repeat(30),
  '(\\w+\\s?)*',
  '(a*)*b',
])('%s takes no time, however long the name', (source) => {
  const pattern = linearPattern(source);
  const begun = performance.now();
  for (let i = 0; i < 20; i++) pattern.matches(`${'a'.repeat(64)}!`);
  expect(performance.now() - begun).toBeLessThan(500);
});

test.each([
  ['(?=a)', /group other than/],
  ['(?<!a)b', /group other than/],
  ['(a)\\1', /not understood/],
  ['a**', /repetition of a repetition/],
  ['(a', /not closed/],
  ['a)', /not opened/],
  ['[a', /too early/],
  ['[z-a]', /backwards/],
  ['a{9,2}', /repetitions/],
  ['*a', /in this place/],
  ['a$b', /in this place/],
  ['\\bword', /not understood/],
  ['((a{200}){200}){200}', /too large/],
  ['('.repeat(60), /more than 50/],
])('%s is refused with a reason', (source, reason) => {
  expect(() => linearPattern(source)).toThrow(reason);
});
