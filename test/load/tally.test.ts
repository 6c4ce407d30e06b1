import { expect, test } from 'vitest';
import { Ledger } from './ledger.ts';
import { ActFailed, codeOf, quantile, Tally } from './tally.ts';

test('quantiles are numbers that were measured, by the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([50, 95, 99, 100]);
  expect(quantile([7], 0.5)).toBe(7);
  expect(quantile([], 0.5)).toBeNull();
});

test('an act that fails is counted by its code, and its time is not', async () => {
  const tally = new Tally();
  await tally.time('save', 'ana', () => Promise.resolve());
  const failing = () => Promise.reject(new ActFailed('507', 'no room'));
  await expect(tally.time('save', 'ana', failing)).rejects.toThrow('no room');
  expect(tally.figures()).toMatchObject([{ act: 'save', done: 1, failed: { '507': 1 } }]);
});

test('a deadline that passed and a connection that was refused have codes of their own', () => {
  expect(codeOf(new DOMException('too late', 'TimeoutError'))).toBe('late');
  expect(codeOf(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
});

test('what was acknowledged must be there; what was sent and not answered may be', () => {
  const ledger = new Ledger();
  for (let saves = 0; saves < 3; saves += 1) ledger.next('ana');
  ledger.acknowledged('ana', 2);
  expect([1, 2, 3, 4, null].map((found) => ledger.complaint('ana', found) === null)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});
