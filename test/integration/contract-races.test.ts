import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import type { ServerState } from '../../hub/src/domain/server.ts';
import { newServer } from '../../hub/src/domain/server.ts';
import { makeCreateUsers } from '../../hub/src/usecases/create-users.ts';
import { makeRemoveUser } from '../../hub/src/usecases/remove-user.ts';
import { House } from './spawn-house.ts';

// An account is removed while its server is on its way: whatever the order, nothing may be left of either.
let house: House;
let remove: ReturnType<typeof makeRemoveUser>;

beforeAll(async () => {
  house = await House.open();
});
beforeEach(async () => {
  remove = makeRemoveUser({ clock: systemClock, store: house.store, stopServer: house.stop });
  await makeCreateUsers(house.ports)({ names: [house.alice], admin: false });
});
afterAll(() => house.close());

async function expectGone(): Promise<void> {
  const { store, ports, alice, dock } = house;
  await ports.lives.quiet(AbortSignal.timeout(20_000));
  expect(store.users.get(alice)).toBeUndefined();
  expect(store.servers.where('user', alice)).toEqual([]);
  expect(store.tokens.where('user', alice)).toEqual([]);
  expect(store.clients.where('user', alice)).toEqual([]);
  expect(await dock.containers()).toEqual([]);
  expect(await ports.routes.list()).toEqual([]);
}

test.each(['queued', 'creating', 'starting', 'waiting', 'ready'] as const)(
  'removed while its server is %s, an account leaves no container, route or token',
  async (state: ServerState) => {
    const removed = Promise.withResolvers<void>();
    const deaf = house.ports.facts.listen((fact) => {
      if (fact.kind !== 'server-moved' || fact.user !== house.alice || fact.state !== state) return;
      deaf();
      remove(house.alice).then(removed.resolve, removed.reject);
    });
    await house.wish();
    await removed.promise;
    await expectGone();
  },
);

test('ten starts and two removals at once end with the account gone or whole, never in between', async () => {
  const settled = await Promise.allSettled([
    ...Array.from({ length: 5 }, () => house.wish()),
    remove(house.alice),
    ...Array.from({ length: 5 }, () => house.wish()),
    remove(house.alice),
  ]);
  for (const result of settled) {
    // Late ones hear that the account is gone, or that the server is just stopping.
    if (result.status === 'rejected')
      expect(result.reason.code).toMatch(/^(?:HTTP-404|SERVER-001|SPAWN-160)$/);
  }
  if (house.store.users.get(house.alice) !== undefined) await remove(house.alice);
  await expectGone();
});

test('the next of that name starts with a server of their own', async () => {
  await house.startAndWait();
  const before = house.server();
  await remove(house.alice);
  await makeCreateUsers(house.ports)({ names: [house.alice], admin: false });
  // Of the former one nothing is left but where the files are: they were kept under this name.
  const { volumeName } = before;
  expect(house.store.servers.where('user', house.alice)).toEqual([{ ...newServer(house.alice), volumeName }]);
  const after = await house.startAndWait();
  expect(after.containerId).not.toBe(before.containerId);
  await remove(house.alice);
  await expectGone();
});
