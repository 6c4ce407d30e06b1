import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContractHub, openContractHub } from '../../../test/support/contract-hub.ts';
import type { Route } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { serverKey } from '../domain/server.ts';

let house: ContractHub;

beforeEach(async () => {
  house = await openContractHub();
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
  await house.runServer('alice');
  await put({ web: { port: 8787, healthPath: '/', stripPrefix: false, tokenHeader: null } });
});
afterEach(() => house.close());

const alices = () => {
  const server = house.store.servers.get(serverKey('alice', ''));
  if (server === undefined) throw new Error('no server');
  return server;
};
const put = (change: object) =>
  house.store.change((drafts) => drafts.servers.put({ ...alices(), ...change }));
const enter = async (who: string) => {
  const { session } = await house.signIn(who);
  return { session, cookie: house.hub.visits.open(session, alices()) };
};
const leave = (user: string) =>
  house.hub.endSessions({ user, sessions: house.store.sessions.where('user', user), by: 'user' });
/** Since when the proxy lets cookies for alice's server count; null: it was told nothing. */
const told = async () => {
  const route = (await house.routes.list()).find(({ path }) => path === '/user/alice/') as Route | undefined;
  return typeof route?.guarded === 'object' ? route.guarded.notBefore : null;
};

test('the first look gives every way anew: whom the hub before this one let in comes by again', async () => {
  await house.hub.visits.lookAfter();
  const first = await told();
  expect(first).toBeGreaterThan(Date.now() - 10_000);
  house.pass(60_000);
  await house.hub.visits.lookAfter();
  expect(await told()).toBe(first);
});

test('a visit counts that was opened a moment after all became void, also when the clock was put back', async () => {
  await house.hub.visits.lookAfter();
  house.pass(-3_600_000);
  const { cookie } = await enter('mary');
  const claims = JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString());
  expect(Math.round(claims.iat * 1000)).toBeGreaterThan((await told()) ?? Number.POSITIVE_INFINITY);
});

test('who has left voids the visits to the servers they were in, and those who may stay are renewed', async () => {
  await house.hub.visits.lookAfter();
  const [alice, mary] = [await enter('alice'), await enter('mary')];
  const before = await told();
  house.pass(1_000);
  await leave('mary');
  await house.hub.visits.lookAfter();
  expect(await told()).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY);
  expect(house.hub.visits.renew(mary.cookie)).toBeNull();
  expect(house.hub.visits.renew(alice.cookie)).toMatch(/~/);
});

test('a sleeping server stays asleep when its visits become void', async () => {
  await put({ state: 'frozen' });
  await house.hub.visits.lookAfter();
  await house.hub.visits.voidVisits('alice', '');
  expect((await house.routes.list()).find(({ path }) => path === '/user/alice/')).toMatchObject({
    asleep: true,
  });
});

test('one visitor’s visits are void only where that visitor was', async () => {
  await house.hub.visits.lookAfter();
  await enter('mary');
  const before = await told();
  house.pass(1_000);
  await house.hub.visits.voidVisits('alice', '', 'alice');
  expect(await told()).toBe(before);
  await house.hub.visits.voidVisits('alice', '', 'mary');
  expect(await told()).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY);
});

test('a proxy that did not listen is told again by the next look', async () => {
  await house.hub.visits.lookAfter();
  await enter('mary');
  const before = await told();
  house.pass(1_000);
  const add = vi
    .spyOn(house.routes, 'add')
    .mockRejectedValueOnce(new Problem('SPAWN-170', { detail: 'away' }));
  await leave('mary');
  await house.hub.visits.lookAfter();
  await house.hub.visits.lookAfter();
  expect(add.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(await told()).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY);
});
