import { expect, test } from 'vitest';
import { systemClock } from '../adapters/system/clock.ts';
import { Problem } from '../domain/problem.ts';
import { within } from './within.ts';

const late = new Problem('SPAWN-104', { image: 'x' });
const forever = new AbortController().signal;
const untilEnded = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('work that is done in time gives its result', async () => {
  expect(await within(systemClock, 1_000, late, forever, async () => 'done')).toBe('done');
});

test('work that takes too long ends with the problem it was given', async () => {
  await expect(within(systemClock, 10, late, forever, untilEnded)).rejects.toBe(late);
});

test('work that is cancelled ends with the reason of that', async () => {
  const cancelled = new Problem('SPAWN-160');
  await expect(
    within(systemClock, 1_000, late, AbortSignal.abort(cancelled), async () => 'never begun'),
  ).rejects.toBe(cancelled);
  const control = new AbortController();
  const work = within(systemClock, 1_000, late, control.signal, untilEnded);
  control.abort(cancelled);
  await expect(work).rejects.toBe(cancelled);
});
