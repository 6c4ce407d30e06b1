import { expect, it } from 'vitest';
import { makeMachine } from './machine.ts';

it('tells of memory at once, and of cores from the second look', async () => {
  const machine = makeMachine();
  const first = await machine.load();
  expect(first.memory.total).toBeGreaterThan(first.memory.used);
  expect(first.memory.used).toBeGreaterThan(0);
  expect(first.cores.used).toBeNull();
  const until = performance.now() + 60;
  while (performance.now() < until);
  const { cores } = await machine.load();
  expect(cores.used).toBeGreaterThan(0);
  expect(cores.used).toBeLessThanOrEqual(cores.total);
});

it('says what it cannot read instead of making up a number', async () => {
  await expect(makeMachine('/proc/version').load()).rejects.toThrow('MemTotal');
});
