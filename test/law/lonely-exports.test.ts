import { expect, test } from 'vitest';
import { lonelyExports } from './lonely-exports.ts';

const lonely = (files: Readonly<Record<string, string>>) =>
  lonelyExports(new Map(Object.entries(files)), () => true);

test('an exported value that nobody imports is lonely, also when its own file uses it', () => {
  const text = 'export const LIMIT = 3;\nexport function cut(n: number) { return n > LIMIT; }';
  expect(lonely({ 'a/cut.ts': text, 'b/go.ts': "import { cut } from '../a/cut.ts';\ncut(4);" })).toEqual([
    'a/cut.ts: LIMIT',
  ]);
});

test('a type is lonely only when not even its own file speaks of it', () => {
  const text =
    'export interface Seen { at: number }\nexport type Unseen = string;\nconst seen: Seen = { at: 1 };';
  expect(lonely({ 'seen.ts': text })).toEqual(['seen.ts: Unseen']);
});

test('an import by another name, of a whole module, and one made as the program runs count', () => {
  const two = 'export const one = 1;\nexport class Two {}';
  expect(lonely({ 'a.ts': two, 'b.ts': "import { one as uno, type Two } from './a.ts';" })).toEqual([]);
  expect(lonely({ 'a.ts': two, 'b.ts': "import * as all from './a.ts';" })).toEqual([]);
  expect(lonely({ 'a.ts': two, 'b.ts': "const a = await import('./a.ts');" })).toEqual([]);
  expect(lonely({ 'a.ts': two, 'c/a.ts': "import { one, Two } from './a.ts';" })).toEqual([
    'a.ts: one',
    'a.ts: Two',
  ]);
});
