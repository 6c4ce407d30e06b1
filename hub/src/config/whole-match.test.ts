import { describe, expect, test } from 'vitest';
import { wholeMatch } from './whole-match.ts';

const PATTERNS = [
  '[a-z]+',
  '^[a-z]{3,5}$',
  '[a-z]+\\.[a-z]+',
  '(?:alice|bob)(-x)?',
  '\\w+@uni\\.example',
  '[^0-9]+\\d{2}',
  'a|b|',
  '(ab?)*c',
  'a{0}b',
  '(a|ab)(c|bcd)',
  'x+?y',
];
const TEXTS = [
  '',
  'a',
  'abc',
  'abcdef',
  'alice',
  'bob-x',
  'a.b',
  'me@uni.example',
  'me@uniXexample',
  'ab12',
  'ababc',
  'abcd',
  'xxy',
  'me@uni.example.evil',
  'abc\n',
];

describe('a pattern fits the whole text or not at all, as the language’s own engine has it', () => {
  test.each(PATTERNS)('%s', (source) => {
    const fits = wholeMatch(source);
    const theirs = new RegExp(`^(?:${source})$`);
    for (const text of TEXTS) expect(fits(text), text).toBe(theirs.test(text));
  });
});

test.each(['(a+)+', '(a|a)*', '(.*)*x', 'a?'.repeat(30) + 'a'.repeat(30), '(\\w+\\s?)*'])(
  '%s takes no time, however long the name',
  (source) => {
    const fits = wholeMatch(source);
    const begun = performance.now();
    for (let i = 0; i < 20; i++) fits(`${'a'.repeat(64)}!`);
    expect(performance.now() - begun).toBeLessThan(500);
  },
);

test.each(['(?=a)', '(?<!a)b', '(a)\\1', 'a**', '(a', 'a)', '[a', '[z-a]', 'a{9,2}', '*a'])(
  '%s is refused with a reason',
  (source) => {
    expect(() => wholeMatch(source)).toThrow(/error parsing regexp: ./);
  },
);
