import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../support/visitor.ts';
import { PortsHouse } from './ports-house.ts';

// What leads to ports costs 48 MB: it goes when nobody uses it, and comes back with the next request.
let house: PortsHouse;
let alice: Visitor;
beforeAll(async () => {
  house = await PortsHouse.open({ PORT_FORWARDER_IDLE: '2' });
  alice = await house.person(house.alice);
  await house.hub.startServer(house.alice, {}, 120_000);
});
afterAll(() => house?.close());

/** What the hub does each minute by itself. */
const look = () => house.hub.api('POST', '/proxy');
const forwarders = async () => (await house.forwarders()).length;

test('a forwarder with an open connection stays; one that nobody uses goes, and the next request starts another', {
  timeout: 120_000,
}, async () => {
  expect((await house.go(alice, house.path('5000/'))).status).toBe(200);
  const socket = house.socket(house.path('5000/talk'), alice);
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
  // Longer than it may be unused, with nothing said on the connection.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await look();
  expect(await forwarders()).toBe(1);
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
  const looked = async () => {
    await look();
    return forwarders();
  };
  await expect.poll(looked, { timeout: 30_000, interval: 1_000 }).toBe(0);
  expect(await house.route()).toMatchObject({ asleep: true });
  expect((await house.go(alice, house.path('5000/'))).status).toBe(200);
  expect(await forwarders()).toBe(1);
});
