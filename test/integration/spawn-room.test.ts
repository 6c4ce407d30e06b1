import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SpawnStep } from '../../hub/src/domain/fact.ts';
import { openRegistry } from './small-registry.ts';
import { House, shell } from './spawn-house.ts';

const MB = 1024 * 1024;
// Stand-ins for GPUs, which this machine may not have: device files that every machine has are leased and handed in alike.
const GPU = '/dev/full';

let house: House;
afterEach(async () => {
  house.plans = {};
  for (const user of [house.alice, house.bob])
    if (house.store.servers.get(`${user}/`)) await house.stopAsUser(user);
});

/** What the page shows when it is opened now: the steps so far, without waiting for more. */
async function stepsNow(user: string): Promise<SpawnStep[]> {
  const steps: SpawnStep[] = [];
  for await (const step of house.follow(user, '', AbortSignal.timeout(200))) steps.push(step);
  return steps;
}

const waits = (user: string) =>
  expect
    .poll(async () => (await stepsNow(user)).at(-1)?.message, { timeout: 15_000 })
    .toBe('Waiting for room on the machine. You are next');

describe('a machine that starts one at a time', () => {
  beforeAll(async () => {
    house = await House.open({ line: { starts: 1 } });
  });
  afterAll(() => house.close());

  test('who waits is told the place, also after a reload, and goes in when the one before has answered', async () => {
    house.plans = {
      alice: { command: shell('sleep 3; exec perl -e "$ANSWER"'), environment: { ANSWER: answer() } },
    };
    await house.wish(house.alice);
    await house.reaches(['starting', 'waiting'], house.alice);
    await house.wish(house.bob);
    await waits(house.bob);
    await waits(house.bob);
    expect(house.server(house.bob).state).toBe('queued');
    expect((await house.reaches(['ready', 'failed'], house.alice)).state).toBe('ready');
    expect((await house.reaches(['ready', 'failed'], house.bob)).state).toBe('ready');
  });

  test('a download holds up nobody else', async () => {
    const registry = await openRegistry();
    try {
      house.plans = { alice: { image: registry.reference('silent') } };
      await house.wish(house.alice);
      await house.reaches(['pulling'], house.alice);
      expect((await house.startAndWait(house.bob)).state).toBe('ready');
      expect(house.server(house.alice).state).toBe('pulling');
      await house.stopAsUser(house.alice);
      expect(house.server(house.alice)).toMatchObject({ state: 'stopped', containerId: null });
    } finally {
      await registry.close();
    }
  });
});

describe('a machine with room for one guarantee', () => {
  beforeAll(async () => {
    house = await House.open({
      line: { starts: 9, host: async () => ({ memory: 200 * MB, cpus: 2 }), gpus: [{ id: GPU, shares: 1 }] },
    });
  });
  afterAll(() => house.close());

  test('the second waits until the first is gone, and the engine keeps the promise', async () => {
    house.plans = { alice: { memoryGuarantee: 120 * MB }, bob: { memoryGuarantee: 120 * MB } };
    expect((await house.startAndWait(house.alice)).state).toBe('ready');
    const [container] = await house.dock.containers();
    const { HostConfig: host } = await house.dock.docker.getContainer(container?.Id ?? '').inspect();
    expect(host).toMatchObject({ MemoryReservation: 120 * MB, Memory: 128 * MB, MemorySwap: 128 * MB });
    await house.wish(house.bob);
    await waits(house.bob);
    await house.stopAsUser(house.alice);
    expect((await house.reaches(['ready', 'failed'], house.bob)).state).toBe('ready');
  });

  test('who waits for room can be cancelled, and leaves nothing', async () => {
    house.plans = { alice: { memoryGuarantee: 120 * MB }, bob: { memoryGuarantee: 120 * MB } };
    await house.startAndWait(house.alice);
    await house.wish(house.bob);
    await waits(house.bob);
    await house.stopAsUser(house.bob);
    expect(house.server(house.bob)).toMatchObject({ state: 'stopped', failure: null, containerId: null });
    expect(house.ports.line.waiting).toBe(0);
    expect(await house.dock.containers()).toHaveLength(1);
  });

  test('more than the machine has is refused with its reason', async () => {
    house.plans = { alice: { memoryGuarantee: 300 * MB } };
    const { state, failure } = await house.startAndWait(house.alice);
    expect({ state, code: failure?.code }).toEqual({ state: 'failed', code: 'SPAWN-140' });
  });

  test('a GPU belongs to one server at a time, also across a restart of the hub', async () => {
    house.plans = { alice: { gpus: 1 }, bob: { gpus: 1 } };
    expect((await house.startAndWait(house.alice)).grant?.gpus).toEqual([GPU]);
    const [container] = await house.dock.containers();
    const { HostConfig: host } = await house.dock.docker.getContainer(container?.Id ?? '').inspect();
    expect(host.Devices).toMatchObject([{ PathOnHost: GPU, PathInContainer: GPU }]);
    await house.wish(house.bob);
    await waits(house.bob);

    await house.die();
    await house.boot();
    await house.reconcile();
    await waits(house.bob);
    await house.stopAsUser(house.alice);
    expect((await house.reaches(['ready', 'failed'], house.bob)).grant?.gpus).toEqual([GPU]);
  });
});

test('a GPU whose driver is not installed fails with the reason, not with a riddle', async () => {
  house = await House.open({ line: { gpus: [{ id: 'GPU-stand-in', shares: 1 }] } });
  try {
    house.plans = { alice: { gpus: 1 } };
    const { state, failure } = await house.startAndWait(house.alice);
    expect({ state, code: failure?.code }).toEqual({ state: 'failed', code: 'SPAWN-130' });
    await expect.poll(() => house.dock.containers()).toEqual([]);
    // Its lease is free again: the next one comes as far.
    expect((await house.startAndWait(house.alice)).failure?.code).toBe('SPAWN-130');
  } finally {
    await house.close();
  }
});

/** The house's small web server, as a variable. */
function answer(): string {
  return house.settings.command?.at(-1) ?? '';
}
