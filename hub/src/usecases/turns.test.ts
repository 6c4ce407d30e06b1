import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

const never = new AbortController().signal;

test('one key is had by one at a time, in the order in which they came; another key at once', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = await turns.take('ana', never);
  const second = turns.take('ana', never).then((done) => {
    order.push('second');
    return done;
  });
  const third = turns.take('ana', never).then((done) => {
    order.push('third');
    return done;
  });
  (await turns.take('ben', never))();
  order.push('ben');
  first();
  first();
  (await second)();
  (await third)();
  expect(order).toEqual(['ben', 'second', 'third']);
});

test('who gives up while waiting passes nobody and holds up nobody', async () => {
  const turns = new Turns();
  const first = await turns.take('ana', never);
  const leaving = new AbortController();
  const second = turns.take('ana', leaving.signal);
  const third = turns.take('ana', never);
  leaving.abort(new Error('changed their mind'));
  await expect(second).rejects.toThrow('changed their mind');
  const early = await Promise.race([third.then(() => 'in'), Promise.resolve('waits')]);
  expect(early).toBe('waits');
  first();
  (await third)();
  await expect(turns.take('ana', AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
});
