import { expect, test } from 'vitest';
import type { LoadRun } from './class-load.ts';
import { fellShort } from './fell-short.ts';
import { SAMPLE_CONDITIONS } from './sample-conditions.ts';

const WELL: LoadRun = {
  size: { people: 2, labs: 0, minutes: 1, more: 1, seed: 1 },
  conditions: SAMPLE_CONDITIONS,
  acts: [{ act: 'sign in', done: 2, failed: {}, p50: 1, p95: 1, p99: 1, most: 1 }],
  served: 2,
  starts: [],
  samples: [],
  saves: 0,
  lost: [],
  neighbours: '1024',
  words: [],
};

test('a class of which everybody came to a cell, with nothing failed and nothing lost, fell short in nothing', () => {
  expect(fellShort(WELL)).toEqual([]);
});

test.each([
  ['something acknowledged is lost', { lost: ['ana’s file'] }, 'ana’s file'],
  [
    'an act failed, though it was done the next time',
    { acts: [{ act: 'sign in', done: 2, failed: { 502: 3 }, p50: 1, p95: 1, p99: 1, most: 1 }] },
    'sign in: 502, 3 times',
  ],
  ['somebody never ran a cell', { served: 1 }, '1 of 2 never ran a cell'],
])('a run falls short when %s', (_, change, said) => {
  expect(fellShort({ ...WELL, ...change })).toEqual([said]);
});
