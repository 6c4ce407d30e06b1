import { expect, test } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

test.each([
  {},
  { schema: 1 },
  { schema: 1, users: [], groups: [{ name: 'a', properties: { deep: [1, null, 'ü"'] } }] },
  { users: Array.from({ length: 1201 }, (_, n) => ({ name: `user${n}` })), schema: 1 },
])('document %# is written as JSON.stringify writes it', (document) => {
  expect([...jsonPieces(document)].join('')).toBe(JSON.stringify(document));
});

test('no piece of a long list holds more than five hundred records', () => {
  const pieces = [...jsonPieces({ users: Array.from({ length: 10_000 }, (_, n) => ({ n })) })];
  const counts = pieces.map((piece) => piece.match(/"n"/g)?.length ?? 0);
  expect(Math.max(...counts)).toBe(500);
});
