import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../hub/src/domain/problem.ts';
import { makeFreezeServer } from '../../hub/src/usecases/freeze-server.ts';
import { wakeAwaited } from '../../hub/src/usecases/wake-awaited.ts';
import { makeWakeServer } from '../../hub/src/usecases/wake-server.ts';
import { House } from './spawn-house.ts';

// Real engine, proxy and store; freeze, wake, start, stop, and people who come, in orders that nobody chose.
const ROUNDS = 12;

let house: House;
const ending = new AbortController();
beforeAll(async () => {
  house = await House.open({ settings: { startTimeout: 120_000, httpTimeout: 120_000 } });
  void wakeAwaited(house.ports, makeWakeServer(house.ports), ending.signal);
});
afterAll(async () => {
  ending.abort();
  await house.close();
});

/** The machine may have much else to do. */
const reaches = (...states: string[]) => house.reaches(states, house.alice, 120_000);
/** A machine under load needs more than one try: runc gives up when the kernel does not freeze at once. */
const pauseByHand = (container: { pause(): Promise<unknown> }) =>
  expect.poll(() => container.pause().then(() => true), { timeout: 60_000, interval: 200 }).toBe(true);
const inspect = () => house.dock.docker.getContainer(house.server().containerId ?? '').inspect();

test('whatever freezes, wakes, starts and stops at once: engine, route and record agree, and whoever comes is let in', {
  timeout: 300_000,
}, async () => {
  const freeze = makeFreezeServer(house.ports);
  const wake = makeWakeServer(house.ports);
  const visit = async () => {
    const answer = await fetch(`${house.proxy.url}/user/${house.alice}/lab`);
    await answer.body?.cancel();
    return answer.status;
  };
  const patient = (deed: Promise<unknown>) =>
    deed.catch((error: unknown) => {
      // Being told no is fine; being told nonsense is not.
      if (!(error instanceof Problem)) throw error;
    });
  for (let round = 0; round < ROUNDS; round += 1) {
    await house.wish();
    await reaches('ready');
    const now = Date.now();
    const deeds = [
      () => patient(freeze(house.server(), now)),
      () => patient(wake(house.server())),
      () => patient(house.wish()),
      () => patient(house.reconcile()),
      ...(round % 3 === 0 ? [() => patient(house.stopAsUser())] : []),
    ];
    // Another order and other gaps each round, the same ones each run.
    await Promise.all(
      deeds.map(async (deed, index) => {
        await sleep(((index * 7 + round * 3) % 5) * 15);
        await deed();
      }),
    );
    await house.ports.lives.quiet(AbortSignal.timeout(30_000));
    const { state } = house.server();
    if (state === 'stopped') {
      expect(await house.dock.containers()).toEqual([]);
      continue;
    }
    expect(['ready', 'frozen']).toContain(state);
    expect((await inspect()).State.Paused).toBe(state === 'frozen');
    const route = (await house.ports.routes.list()).find(({ user }) => user === house.alice);
    expect(route?.asleep ?? false).toBe(state === 'frozen');
    expect(await visit()).toBe(200);
    expect(house.server().state).toBe('ready');
  }
});

test('paused and let go at the machine itself, the record follows, and so does the way in', {
  timeout: 300_000,
}, async () => {
  await house.wish();
  await reaches('ready');
  const container = house.dock.docker.getContainer(house.server().containerId ?? '');
  await pauseByHand(container);
  await reaches('frozen');
  await container.unpause();
  await reaches('ready');
  await pauseByHand(container);
  await reaches('frozen');
  const answer = await fetch(`${house.proxy.url}/user/${house.alice}/lab`);
  expect(answer.status).toBe(200);
  expect((await inspect()).State.Paused).toBe(false);
});

test('an engine that refuses to pause leaves the server awake, and its door open', {
  timeout: 300_000,
}, async () => {
  await house.wish();
  await reaches('ready');
  const { containers } = house.ports;
  const refuse = () => Promise.reject(new Problem('SPAWN-150', { detail: 'not now' }));
  const freeze = makeFreezeServer({ ...house.ports, containers: { ...containers, pause: refuse } });
  await expect(freeze(house.server(), Date.now())).rejects.toThrow('SPAWN-150');
  expect(house.server().state).toBe('ready');
  expect((await fetch(`${house.proxy.url}/user/${house.alice}/lab`)).status).toBe(200);
});

test('what dies in its sleep is buried with its reason', { timeout: 300_000 }, async () => {
  await house.wish();
  await reaches('ready');
  await makeFreezeServer(house.ports)(house.server(), Date.now() + 60_000);
  expect(house.server().state).toBe('frozen');
  const container = house.dock.docker.getContainer(house.server().containerId ?? '');
  await container.remove({ force: true });
  await reaches('stopped', 'failed');
  expect(house.server().stopReason?.why ?? house.server().failure?.code).toMatch(/^(removed|RUN-102)$/);
});
