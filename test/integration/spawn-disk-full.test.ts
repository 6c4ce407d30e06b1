import { afterEach, expect, test } from 'vitest';
import { openSmallEngine, type SmallEngine } from './small-engine.ts';
import { House, IMAGE } from './spawn-house.ts';

let engine: SmallEngine | undefined;
let house: House | undefined;
afterEach(async () => {
  await house?.close();
  await engine?.close();
  [house, engine] = [undefined, undefined];
});

test('a start on an engine whose disk is full says so, leaves nothing, and the next one finds room', async () => {
  engine = await openSmallEngine(600, IMAGE);
  house = await House.open({ socket: engine.socket, settings: { network: 'none', httpTimeout: 1_000 } });
  await engine.fill();
  const server = await house.startAndWait();
  const detail = expect.stringContaining('no space left on device');
  expect(server.failure).toMatchObject({ code: 'SPAWN-110', facts: { detail } });
  await house.ports.lives.quiet(AbortSignal.timeout(20_000));
  expect(await engine.docker.listContainers({ all: true })).toEqual([]);
  expect([...house.store.tokens.values()]).toEqual([]);
  await engine.free();
  // Without a network nobody can ask it: it came as far as that.
  expect((await house.startAndWait()).failure?.code).toBe('SPAWN-122');
});
