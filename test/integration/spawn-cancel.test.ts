import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SpawnStep } from '../../hub/src/domain/fact.ts';
import type { ServerState } from '../../hub/src/domain/server.ts';
import { openRegistry, type SmallRegistry } from './small-registry.ts';
import { House, shell } from './spawn-house.ts';

let house: House;
let registry: SmallRegistry;
beforeAll(async () => {
  registry = await openRegistry();
  house = await House.open({ line: { starts: 1 } });
});
beforeEach(() => {
  house.warnings.length = 0;
});
afterAll(async () => {
  await house.close();
  await registry.close();
});

/** Cancels at the moment at which the server reaches a state, and gives the steps that a waiting page saw. */
async function cancelAt(state: ServerState, user = house.alice): Promise<readonly SpawnStep[]> {
  const cancelled = Promise.withResolvers<unknown>();
  const deaf = house.ports.facts.listen((fact) => {
    if (fact.kind !== 'server-moved' || fact.user !== user || fact.state !== state) return;
    deaf();
    cancelled.resolve(house.stopAsUser(user));
  });
  await house.wish(user);
  const steps: SpawnStep[] = [];
  for await (const step of house.follow(user, '', AbortSignal.timeout(20_000))) steps.push(step);
  await cancelled.promise;
  return steps;
}

async function expectStopped(steps: readonly SpawnStep[], user = house.alice) {
  expect(steps.slice(-2)).toMatchObject([
    { state: 'stopping', code: 'SPAWN-160', message: expect.stringContaining('The start was cancelled') },
    { state: 'stopped' },
  ]);
  expect(house.server(user)).toMatchObject({ state: 'stopped', failure: null, containerId: null });
  expect(await house.dock.containers()).toEqual([]);
  expect(await house.ports.routes.list()).toEqual([]);
  expect(house.store.tokens.where('user', user)).toEqual([]);
  expect([...house.store.clients.values()]).toEqual([]);
  expect(house.warnings).toEqual([]);
}

test.each(['queued', 'creating', 'starting', 'waiting'] as const)(
  'cancelled while %s, a start leaves nothing',
  async (state) => {
    await expectStopped(await cancelAt(state));
  },
);

test('cancelled in line behind another start, it leaves the other alone', async () => {
  await house.die();
  await house.boot({ command: shell('exec sleep 100') });
  await house.wish(house.bob);
  await house.reaches(['waiting'], house.bob);
  await house.wish(house.alice);
  const waiting = house.follow(house.alice, '', AbortSignal.timeout(5_000));
  for await (const { message } of waiting) if (message.startsWith('Waiting for room on the machine')) break;
  const stopped = await house.stopAsUser(house.alice);
  expect(stopped.state).toBe('stopped');
  expect(house.server(house.bob).state).toBe('waiting');
  await house.stopAsUser(house.bob);
  expect(await house.dock.containers()).toEqual([]);
});

test('cancelled in the middle of a download, it does not wait for its end', async () => {
  await house.die();
  await house.boot({ image: registry.reference('serves') });
  await house.wish();
  for await (const step of house.follow(house.alice, '', AbortSignal.timeout(20_000))) {
    if (step.message.startsWith('Downloading')) break;
  }
  await house.stopAsUser();
  expect(registry.layersServed).toBe(0);
  expect(house.server().state).toBe('stopped');
});

test('started and stopped again and again without waiting, it ends as the last one wished', async () => {
  await house.die();
  await house.boot();
  for (let round = 0; round < 8; round += 1) {
    await house.wish();
    await new Promise((resolve) => setTimeout(resolve, round * 40));
    await house.stopAsUser();
  }
  await house.wish();
  expect((await house.reaches(['ready', 'failed'])).state).toBe('ready');
  expect(await house.dock.containers()).toHaveLength(1);
  expect(house.warnings).toEqual([]);
  await house.stopAsUser();
});
