import { expect, test } from 'vitest';
import { freeGpus, leaseGpus } from './gpu-pool.ts';

const pool = [
  { id: 'GPU-a', shares: 1 },
  { id: 'GPU-b', shares: 3 },
];

test('an exclusive GPU is given once, a shared one as often as it may be', () => {
  expect(leaseGpus(pool, [], 1)).toEqual(['GPU-a']);
  expect(leaseGpus(pool, ['GPU-a'], 1)).toEqual(['GPU-b']);
  expect(leaseGpus(pool, ['GPU-a', 'GPU-b', 'GPU-b'], 1)).toEqual(['GPU-b']);
  expect(leaseGpus(pool, ['GPU-a', 'GPU-b', 'GPU-b', 'GPU-b'], 1)).toBeNull();
});

test('who wants two gets two different ones or none', () => {
  expect(leaseGpus(pool, [], 2)).toEqual(['GPU-a', 'GPU-b']);
  expect(leaseGpus(pool, ['GPU-a'], 2)).toBeNull();
});

test('the one with the fewest users comes first', () => {
  const shared = [
    { id: 'x', shares: 4 },
    { id: 'y', shares: 4 },
  ];
  expect(leaseGpus(shared, ['x', 'x', 'y'], 1)).toEqual(['y']);
});

test('a lease of a GPU that has left the machine takes nothing from the others', () => {
  expect(freeGpus(pool, ['GPU-gone']).map(({ id }) => id)).toEqual(['GPU-a', 'GPU-b']);
});
