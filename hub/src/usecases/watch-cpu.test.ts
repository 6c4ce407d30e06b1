import { expect, test } from 'vitest';
import type { Server } from '../domain/server.ts';
import { makeWatchCpu } from './watch-cpu.ts';

/** A container that uses a hundredth of a core, on a machine that is as full as each look says. */
async function coresSeen(crowds: readonly number[]): Promise<readonly (number | null)[]> {
  let look = 0;
  const watch = makeWatchCpu({
    containers: {
      readUsage: async () => ({ containerId: 'c', at: look * 60_000, used: look * 600 }),
    },
    crowd: () => crowds[look] ?? 1,
    log: { warn: () => {} },
  } as unknown as Parameters<typeof makeWatchCpu>[0]);
  const server = { user: 'ana', name: '', containerId: 'c' } as Server;
  const seen = [];
  for (; look < crowds.length; look += 1) seen.push((await watch([server])).get('ana/') ?? null);
  return seen;
}

test('on a machine with room, what a container used is what it wanted', async () => {
  expect(await coresSeen([1, 1, 1])).toEqual([null, 0.01, 0.01]);
});

test('what a container got on a full machine counts as often as it had to share', async () => {
  expect(await coresSeen([1, 10, 10])).toEqual([null, 0.1, 0.1]);
});

test('a machine that emptied since the last look was full for most of the time between', async () => {
  expect(await coresSeen([10, 1, 1])).toEqual([null, 0.1, 0.01]);
});
