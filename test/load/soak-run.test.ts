import { expect, test } from 'vitest';
import { SAMPLE_CONDITIONS } from './sample-conditions.ts';
import { smoothed } from './smoothed.ts';
import { type SoakRun, shortOfSoak } from './soak-run.ts';
import type { Sample } from './watch-machine.ts';

/** An hour in which the hub gains so many MB and descriptors. */
function hour({ mb = 0, files = 0, kb = 0 }): SoakRun {
  const looks = Array.from({ length: 100 }, (_, index) => index);
  const sample = (index: number): Sample => ({
    at: index * 36,
    cpu: { hub: 0, proxy: 0, engine: 0, generator: 0 },
    memory: { hub: 200 + (mb * index) / 100, proxy: 80, generator: 100 },
    heap: 90,
    files: { hub: 100 + (files * index) / 100, proxy: 100 },
    loopDelay: 1,
    resources: 90,
    load: 1,
  });
  return {
    size: { minutes: 60, people: 8, seed: 1 },
    conditions: SAMPLE_CONDITIONS,
    starts: 1,
    acts: 1,
    failures: [],
    samples: looks.map(sample),
    store: looks.map((index) => [index * 36, 50 + (kb * index) / 100]),
    lost: [],
  };
}

test('an hour in which nothing climbs falls short in nothing', () => {
  expect(shortOfSoak(hour({}))).toEqual([]);
});

test.each([
  ['memory', { mb: 100 }, /hub, MB/],
  ['descriptors', { files: 60 }, /hub, descriptors/],
  ['the store', { kb: 40 }, /store, KB/],
])('%s that climbs is named', (_, climb, name) => {
  expect(shortOfSoak(hour(climb))).toEqual([expect.stringMatching(name)]);
});

test('a failed act and a lost file fall short', () => {
  expect(shortOfSoak({ ...hour({}), failures: ['sign in: 502'], lost: ['ana’s file'] })).toEqual([
    'sign in: 502',
    'ana’s file',
  ]);
});

test('a line of many points is drawn by means of few, which stand where their points stood', () => {
  const points = Array.from({ length: 1000 }, (_, index) => [index, index % 2] as const);
  const few = smoothed(points, 100);
  expect(few).toHaveLength(100);
  expect(few[0]).toEqual([4.5, 0.5]);
  expect(smoothed(points.slice(0, 7), 100)).toEqual(points.slice(0, 7));
});
