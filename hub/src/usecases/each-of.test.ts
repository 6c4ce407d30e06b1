import { expect, test } from 'vitest';
import { eachOf } from './each-of.ts';

test('every thing has its turn, in order, and no more at once than allowed', async () => {
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await eachOf([...Array(50).keys()], 4, async (thing) => {
    order.push(thing);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  });
  expect(order).toEqual([...Array(50).keys()]);
  expect(most).toBe(4);
});

test('nothing to do is done at once', async () => {
  await eachOf([], 4, () => Promise.reject(new Error('never asked')));
});

test('a failure is handed on', async () => {
  await expect(eachOf([1], 4, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
