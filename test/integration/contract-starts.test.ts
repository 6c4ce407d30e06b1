import { afterAll, beforeAll, expect, test } from 'vitest';
import { House } from './spawn-house.ts';

let house: House;

beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

test('fifty starts of one server at once make one container', { timeout: 60_000 }, async () => {
  const created: string[] = [];
  house.ports.facts.listen((fact) => {
    if (fact.kind === 'server-moved' && fact.state === 'creating') created.push(fact.user);
  });
  const asked = await Promise.all(Array.from({ length: 50 }, () => house.wish()));
  expect(asked.map(({ generation }) => generation)).toEqual(asked.map(() => 1));
  await house.reaches(['ready']);
  // Late ones join what is there.
  await Promise.all(Array.from({ length: 50 }, () => house.wish()));
  expect(created).toEqual([house.alice]);
  expect(await house.dock.containers()).toHaveLength(1);
  expect(house.store.tokens.where('user', house.alice)).toHaveLength(1);
  expect(house.store.clients.where('user', house.alice)).toHaveLength(1);
});

test('fifty starts and fifty stops at once leave what the record says, and no more', {
  timeout: 90_000,
}, async () => {
  await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) =>
      n % 2 === 0 ? house.wish(house.bob) : house.stopAsUser(house.bob),
    ),
  );
  await house.ports.lives.quiet(AbortSignal.timeout(60_000));
  const { state, containerId } = house.server(house.bob);
  expect(['ready', 'stopped']).toContain(state);
  const running = (await house.dock.containers()).filter(({ Names }) => Names.join().includes('bob'));
  expect(running.map(({ Id }) => Id)).toEqual(state === 'ready' ? [containerId] : []);
  expect(house.store.tokens.where('user', house.bob)).toHaveLength(running.length);
});
