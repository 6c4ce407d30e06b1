import { expect, test } from 'vitest';
import { wishedLanguage } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.5', 'de'],
  ['ko-KR', 'ko'],
  ['KO-kr', 'ko'],
  ['fr-CH, fr;q=0.9, ko;q=0.7, de;q=0.8, *;q=0.5', 'de'],
  ['en;q=0.2, ko;q=0.3', 'ko'],
  // The first of equals.
  ['ko,de', 'ko'],
  // Refused, or unreadable: not a wish.
  ['de;q=0, ko;q=0.1', 'ko'],
  ['de;q=2, ko;q=0.1', 'ko'],
  ['de;q=x', 'en'],
  ['../../de', 'en'],
  ['de;q=0', 'en'],
  ['fr', 'en'],
  ['*', 'en'],
  ['deu', 'en'],
  [`${'fr,'.repeat(5000)}de`, 'en'],
])('%s', (header, lang) => {
  expect(wishedLanguage(header).lang).toBe(lang);
});
