import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeBoundedLine } from './bounded-line.ts';

const BOUNDS = { atOnce: 2, inLine: 3, deadline: 1000, least: 100 };

test('so many at once, so many in line, and no more', async () => {
  const line = makeBoundedLine(BOUNDS);
  let running = 0;
  let most = 0;
  const work = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await sleep(20);
    running -= 1;
    return 'done';
  };
  const all = await Promise.all(Array.from({ length: 8 }, () => line(work)));
  expect(most).toBe(2);
  expect(all.filter((one) => one === 'done')).toHaveLength(5);
  expect(all.filter((one) => one === null)).toHaveLength(3);
});

test('who would have too little time left is not begun', async () => {
  const line = makeBoundedLine({ ...BOUNDS, atOnce: 1, deadline: 200 });
  let begun = 0;
  const slow = (): Promise<void> => {
    begun += 1;
    return sleep(400);
  };
  const [first, second] = await Promise.all([line(slow), line(slow)]);
  expect([first, second, begun]).toEqual([undefined, null, 1]);
});

test('waiting counts against the deadline', async () => {
  const line = makeBoundedLine({ ...BOUNDS, atOnce: 1 });
  const left: number[] = [];
  await Promise.all([
    line(() => sleep(300)),
    line(async (ms) => {
      left.push(ms);
    }),
  ]);
  expect(left[0]).toBeLessThan(750);
  expect(left[0]).toBeGreaterThan(400);
});

test('work that fails gives its place on', async () => {
  const line = makeBoundedLine({ ...BOUNDS, atOnce: 1 });
  const failing = line(() => Promise.reject(new Error('no')));
  const next = line(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
  expect(await line(() => Promise.resolve('again'))).toBe('again');
});
