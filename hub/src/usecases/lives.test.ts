import { expect, test } from 'vitest';
import { Problem } from '../domain/problem.ts';
import { Lives } from './lives.ts';

const never = () => new Promise<void>(() => {});

test('one thing at a time to each server, and different servers at once', () => {
  const lives = new Lives(() => {});
  lives.begin('alice', '', 'start', never);
  expect(() => lives.begin('alice', '', 'stop', never)).toThrow(RangeError);
  lives.begin('alice', 'gpu', 'start', never);
  lives.begin('bob', '', 'start', never);
  expect(lives.size).toBe(3);
});

test('a server is free again when the work has ended, also when it went wrong, and that is reported', async () => {
  const reported: unknown[] = [];
  const lives = new Lives((error) => reported.push(error));
  const life = lives.begin('alice', '', 'start', () => Promise.reject(new Error('a mistake')));
  await life.done;
  expect(lives.get('alice', '')).toBeUndefined();
  expect(reported).toMatchObject([{ message: 'a mistake' }]);
});

test('cancelling ends the signal with the reason', async () => {
  const lives = new Lives(() => {});
  let reason: unknown;
  const life = lives.begin('alice', '', 'start', async ({ signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    reason = signal.reason;
  });
  life.cancel(new Problem('SPAWN-160'));
  await life.done;
  expect(reason).toMatchObject({ code: 'SPAWN-160' });
});

test('quiet waits for all, or for as long as it may', async () => {
  const lives = new Lives(() => {});
  lives.begin('alice', '', 'start', () => new Promise((resolve) => setTimeout(resolve, 20)));
  await lives.quiet(AbortSignal.timeout(5_000));
  expect(lives.size).toBe(0);
  lives.begin('alice', '', 'start', never);
  await lives.quiet(AbortSignal.timeout(20));
  expect(lives.size).toBe(1);
});
