import { request as nodeRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Classroom, openClassroom } from '../../../../test/support/classroom.ts';
import { wordOf } from '../../../../test/support/contract-call.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

// Records go while they are in use. Whatever the order, what a caller was told is gone opens nothing any more.
let house: ContractHub;
let admin: string;
let alice: string;
let get: Classroom['get'];

beforeEach(async () => {
  ({ house, admin, alice, get } = await openClassroom());
});
afterEach(() => house.close());

const call = (method: string, path: string, body?: unknown, token = admin) =>
  house.call(method, `/hub/api${path}`, { token, body });

/** Sends the head of a call, does `meanwhile`, sends the rest, and answers the status. */
async function slowly(path: string, token: string, body: string, meanwhile: () => Promise<unknown>) {
  const answered = Promise.withResolvers<number>();
  const sending = nodeRequest(`${house.url}/hub/api${path}`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-length': Buffer.byteLength(body) },
  });
  sending.once('error', answered.reject);
  sending.once('response', (response) => {
    response.resume();
    answered.resolve(response.statusCode ?? 0);
  });
  sending.write(body.slice(0, 1));
  // Long enough for its head to have been looked at.
  await new Promise((later) => setTimeout(later, 50));
  await meanwhile();
  sending.end(body.slice(1));
  return answered.promise;
}

describe('a token', () => {
  test('used a hundred times while it is revoked opens nothing once that is acknowledged', async () => {
    const made = await call('POST', '/users/alice/tokens', {});
    const [word, id] = [wordOf(made, 'token'), wordOf(made, 'id')];
    const use = async () => (await get('/user', word)).status;
    const meanwhile = Array.from({ length: 50 }, use);
    const revoked = call('DELETE', `/users/alice/tokens/${id}`);
    meanwhile.push(...Array.from({ length: 50 }, use));
    expect((await revoked).status).toBe(204);
    const afterwards = await Promise.all(Array.from({ length: 50 }, use));
    for (const status of await Promise.all(meanwhile)) expect([200, 403]).toContain(status);
    expect(afterwards).toEqual(afterwards.map(() => 403));
    // Noting its last use must not have brought it back.
    expect((await get('/user', word)).status).toBe(403);
    expect((await get(`/users/alice/tokens/${id}`, admin)).status).toBe(404);
  });

  test('revoked while the body of its call is on the way does nothing', async () => {
    const made = await call('POST', '/users/mary/tokens', {});
    const [word, id] = [wordOf(made, 'token'), wordOf(made, 'id')];
    const status = await slowly('/users/mallory', word, '{"admin":true}', () =>
      call('DELETE', `/users/mary/tokens/${id}`),
    );
    expect(status).toBe(403);
    expect(house.store.users.get('mallory')).toBeUndefined();
  });

  test('of an account that went is worth nothing to the next one of that name', async () => {
    await call('DELETE', '/users/alice');
    await call('POST', '/users/alice');
    expect((await get('/user', alice)).status).toBe(403);
    expect(house.store.tokens.where('user', 'alice')).toEqual([]);
  });

  test('made while its account is removed never outlives it', async () => {
    const [made] = await Promise.all([
      call('POST', '/users/alice/tokens', {}, alice),
      call('DELETE', '/users/alice'),
    ]);
    expect([201, 403]).toContain(made.status);
    if (made.status === 201) expect((await get('/user', wordOf(made, 'token'))).status).toBe(403);
    expect(house.store.tokens.where('user', 'alice')).toEqual([]);
  });

  test('loses at once what its owner loses', async () => {
    const others = await house.token('mary', ['list:users']);
    expect((await get('/users', others)).status).toBe(200);
    await house.store.change((drafts) => {
      const mary = house.store.users.get('mary');
      if (mary !== undefined) drafts.users.put({ ...mary, admin: false });
    });
    expect((await get('/users', others)).status).toBe(403);
  });
});

describe('an account', () => {
  beforeEach(async () => {
    await house.close();
    house = await openContractHub({ spawn: 'slow' });
    await house.addUser('alice');
    await house.addUser('mary', { admin: true });
    [alice, admin] = [await house.token('alice'), await house.token('mary')];
  });

  test('cannot be renamed while a server of it is starting', async () => {
    const started = call('POST', '/users/alice/server', {}, alice);
    await expect.poll(() => house.store.servers.get('alice/')?.state).toBe('queued');
    const renamed = await call('PATCH', '/users/alice', { name: 'alba' });
    expect(renamed.status).toBe(400);
    expect(house.store.users.get('alba')).toBeUndefined();
    await house.finishStart('alice', '', 'ready');
    expect((await started).status).toBe(201);
    expect(house.store.clients.where('user', 'alice')).toHaveLength(1);
  });
});
