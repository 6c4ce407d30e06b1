import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzBytes } from './doors/fuzz-bytes.ts';
import { fuzzDoors } from './doors/fuzz-doors.ts';
import { type FuzzHouse, openFuzzHouse } from './doors/fuzz-house.ts';
import { everyRoute } from './doors/routes.ts';

/** `npm run fuzz` runs for minutes, with other seeds. */
const SEED = 20_261_122;
const TIME = 150_000;
let house: FuzzHouse;
beforeAll(async () => {
  house = await openFuzzHouse();
});
afterAll(() => house.close());

test('no request breaks a route of the hub, of its API, of its command line or of the proxy', {
  timeout: 180_000,
}, async () => {
  const rounds = everyRoute(house.parts.hub).length + 20;
  const { requests, routes, taken } = await fuzzDoors(house, { seed: SEED, rounds, time: TIME });
  // Each route was asked, and not everything was refused: else nothing behind the doors was tried.
  expect(requests).toBeGreaterThan(routes);
  expect(taken).toBeGreaterThan(routes / 10);
});

test('no bytes break the proxy or the hub, and none of the hub’s words reach a notebook', {
  timeout: 180_000,
}, async () => {
  const { rounds, forwarded } = await fuzzBytes(house, { seed: SEED, rounds: 60, time: TIME });
  expect(rounds).toBe(60);
  expect(forwarded).toBeGreaterThan(0);
});
