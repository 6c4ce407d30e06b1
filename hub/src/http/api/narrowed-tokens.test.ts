import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Classroom, openClassroom } from '../../../../test/support/classroom.ts';
import type { ContractHub } from '../../../../test/support/contract-hub.ts';
import type { Audience } from '../../domain/saved-environment.ts';

// Mary administers. A token that she narrowed does what its scopes say and nothing that only administrators do.
let house: ContractHub;
let admin: string;
let alice: string;
let get: Classroom['get'];

beforeEach(async () => {
  ({ house, admin, alice, get } = await openClassroom());
});
afterEach(() => house.close());

const call = (method: string, path: string, token: string, body?: unknown) =>
  house.call(method, `/hub/api${path}`, { token, body });

const put = (id: string, user: string, audience: Audience) =>
  house.store.change((drafts) =>
    drafts.environments.put({
      id,
      name: id,
      description: '',
      user,
      by: user,
      audience,
      image: `berth-environment:${id}`,
      base: 'base',
      options: {},
      created: 1,
      size: 1,
    }),
  );

async function listed(token: string): Promise<readonly string[]> {
  const { json } = await get('/berth/environments', token);
  return (json as { id: string }[]).map(({ id }) => id).toSorted();
}

test('neither lists nor removes what others have saved, nor what is for everyone', async () => {
  const narrow = await house.token('mary', ['servers!user=mary']);
  await put('alices', 'alice', { kind: 'owner' });
  await put('class', 'mary', { kind: 'everyone' });
  expect(await listed(narrow)).toEqual([]);
  for (const id of ['alices', 'class']) {
    expect((await call('DELETE', `/berth/environments/${id}`, narrow)).status).toBe(404);
  }
  expect(await listed(admin)).toEqual(['alices', 'class']);
  expect(await listed(await house.token('mary', ['admin:servers']))).toEqual(['alices', 'class']);
});

test('reaches what is its person’s own as far as it reaches their servers', async () => {
  await put('marys', 'mary', { kind: 'owner' });
  await put('alices', 'alice', { kind: 'owner' });
  expect(await listed(await house.token('mary', ['servers!user']))).toEqual(['marys']);
  expect(await listed(await house.token('mary', ['servers!user=alice']))).toEqual([]);
  expect(await listed(alice)).toEqual(['alices']);
  expect(await listed(await house.token('alice', ['servers!server=alice/gpu']))).toEqual([]);
});

test('saves nothing for others and none of others’ servers', async () => {
  const [own, some] = [
    await house.token('mary', ['servers!user=mary']),
    await house.token('mary', ['servers!user=alice']),
  ];
  for (const name of ['mary', 'alice']) await house.runServer(name);
  const save = (token: string, user: string, body: object) =>
    call('POST', `/berth/users/${user}/server/environment`, token, { name: 'x', ...body });
  for (const wish of [{ for: 'everyone' }, { for: 'group', group: 'class' }]) {
    expect(await save(own, 'mary', wish)).toMatchObject({
      status: 403,
      json: { message: 'Only administrators share environments' },
    });
  }
  expect(await save(some, 'alice', {})).toMatchObject({ status: 403, json: { code: 'ENV-001' } });
});

test('sees no figures of the machine', async () => {
  const share = { total: 1, used: 1, servers: 1, committed: 1, unlimited: 0, guaranteed: 0 };
  const gpus = { total: 0, leased: 0 };
  house.usage.recordMachine({ at: 1, memory: share, cores: share, gpus, running: 1 });
  const narrow = await house.token('mary', ['read:servers!user=mary']);
  expect((await get('/berth/usage', narrow)).json).toEqual({ every: 15, servers: [] });
  for (const token of [admin, await house.token('mary', ['admin:servers'])]) {
    expect((await get('/berth/usage', token)).json).toMatchObject({ machine: { running: 1 } });
  }
});

test('makes nobody an administrator, and one for all accounts does', async () => {
  const narrow = await house.token('mary', ['admin:users!user=bob', 'admin:users!user=carol']);
  const refusal = { status: 403, json: { message: 'Only admins can grant admin permissions' } };
  expect(await call('PATCH', '/users/bob', narrow, { admin: true })).toMatchObject(refusal);
  expect(await call('POST', '/users/carol', narrow, { admin: true })).toMatchObject(refusal);
  expect(house.store.users.get('bob')?.admin).toBe(false);
  expect(house.store.users.get('carol')).toBeUndefined();
  expect((await call('PATCH', '/users/bob', narrow, { name: 'rob' })).status).toBe(200);
  const whole = await house.token('mary', ['admin:users']);
  expect((await call('PATCH', '/users/rob', whole, { admin: true })).status).toBe(200);
  expect((await call('POST', '/users/carol', whole, { admin: true })).status).toBe(201);
  expect(house.store.users.get('rob')?.admin).toBe(true);
});
