import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../support/visitor.ts';
import { PortsHouse } from './ports-house.ts';

// A hub that lets servers sleep after three seconds, at the root of its address.
const FREEZE_SECONDS = 3;
let house: PortsHouse;
let alice: Visitor;
beforeAll(async () => {
  const times = {
    FREEZE_TIMEOUT: `${FREEZE_SECONDS}`,
    CULL_TIMEOUT: '3600',
    CULL_EVERY: '1',
    CULL_ENABLED: 'true',
  };
  house = await PortsHouse.open({ ...times, EXTRA_ENVIRONMENT: '', DOCKER_SPAWN_CMD: '' }, '/');
  alice = await house.person(house.alice);
  await house.hub.startServer(house.alice, {}, 120_000);
});
afterAll(() => house?.close());

const paused = async () => (await house.hub.container())?.State.Paused;
const falls = (asleep: boolean) => expect.poll(paused, { timeout: 120_000, interval: 200 }).toBe(asleep);

test('a request to a port of a server that sleeps wakes it first, then leads there', {
  timeout: 400_000,
}, async () => {
  expect((await house.go(alice, house.path('5000/'))).status).toBe(200);
  const [forwarder] = await house.forwarders();
  await falls(true);
  expect(await house.route()).toMatchObject({ asleep: true });
  expect((await house.go(alice, house.path('5000/again'))).status).toBe(200);
  expect(await paused()).toBe(false);
  expect((await house.forwarders()).map(({ Id }) => Id)).toEqual([forwarder?.Id]);
});

test('whoever uses a program keeps the server awake, and one that is only open does not', {
  timeout: 400_000,
}, async () => {
  const until = Date.now() + (FREEZE_SECONDS + 4) * 1000;
  while (Date.now() < until) {
    expect((await house.go(alice, house.path('5000/used'))).status).toBe(200);
    expect(await paused()).toBe(false);
    await sleep(500);
  }
  const socket = house.socket(house.path('5000/talk'), alice);
  await once(socket, 'message');
  await falls(true);
  // What is typed into a line that stayed open wakes the server, and is answered on it.
  socket.send('still there?');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(String(answer)).toBe('still there?');
  expect(await paused()).toBe(false);
  socket.close();
  await once(socket, 'close');
});
