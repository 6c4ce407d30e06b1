import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Classroom, openClassroom } from '../../../../test/support/classroom.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let alice: string;
let admin: string;
let get: Classroom['get'];

beforeEach(async () => {
  ({ house, alice, admin, get } = await openClassroom());
});
afterEach(() => house.close());

describe('users', () => {
  test('what one may not read is absent, not null', async () => {
    await house.runServer('alice');
    const names = await house.token('mary', ['list:users']);
    expect((await get('/users/alice', names)).json).toEqual({ kind: 'user', name: 'alice', admin: false });
    const servers = await house.token('mary', ['read:servers']);
    expect((await get('/users/alice', servers)).json).toMatchObject({
      kind: 'user',
      name: 'alice',
      servers: { '': { ready: true } },
    });
    expect((await get('/users/alice', servers)).json).not.toHaveProperty('last_activity');
    expect((await get('/users/alice', servers)).text).not.toContain('"state"');
    expect((await get('/users/alice', admin)).text).toContain('"state"');
  });

  test('the whole model, as JupyterHub 5 writes it', async () => {
    await house.runServer('alice');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/);
    expect((await get('/users/alice', alice)).json).toEqual({
      kind: 'user',
      name: 'alice',
      admin: false,
      roles: ['user'],
      groups: [],
      server: '/user/alice/',
      pending: null,
      created: time,
      last_activity: time,
      servers: {
        '': {
          name: '',
          full_name: 'alice/',
          last_activity: time,
          started: time,
          pending: null,
          ready: true,
          stopped: false,
          url: '/user/alice/',
          user_options: {},
          progress_url: '/hub/api/users/alice/server/progress',
          full_url: null,
          full_progress_url: null,
        },
      },
    });
  });

  test("others are not there for who may not see them: the same words for those who exist and who don't", async () => {
    const [bob, nobody] = [await get('/users/bob', alice), await get('/users/nobody', alice)];
    expect(bob).toMatchObject({ status: 404, json: nobody.json });
    for (const [method, path] of [
      ['DELETE', '/users/bob'],
      ['POST', '/users/bob/server'],
      ['DELETE', '/users/bob/server'],
      ['GET', '/users/bob/tokens'],
      ['POST', '/users/bob/tokens'],
      ['GET', '/users/bob/server/progress'],
    ] as const) {
      expect([403, 404]).toContain((await house.call(method, `/hub/api${path}`, { token: alice })).status);
    }
    expect((await get('/users', alice)).status).toBe(403);
  });

  test('the list is cut into pages, with the way to the next', async () => {
    const accept = { accept: 'application/jupyterhub-pagination+json' };
    const page = (query: string) =>
      house.call('GET', `/hub/api/users?${query}`, { token: admin, headers: accept });
    expect((await page('limit=2')).json).toMatchObject({
      items: [{ name: 'alice' }, { name: 'bob' }],
      _pagination: {
        offset: 0,
        limit: 2,
        total: 3,
        next: { offset: 2, limit: 2, url: `${house.url}/hub/api/users?limit=2&offset=2` },
      },
    });
    expect((await page('limit=2&offset=2')).json).toMatchObject({
      items: [{ name: 'mary' }],
      _pagination: { next: null },
    });
    expect((await page('limit=-2&offset=-1')).json).toMatchObject({ _pagination: { limit: 2, offset: 1 } });
    expect((await page('limit=0')).json).toMatchObject({ _pagination: { limit: 1 } });
    for (const bad of ['limit=x', 'offset=1.5', 'sort=__proto__', 'state=x'])
      expect((await page(bad)).status).toBe(400);
    expect((await get('/users', admin)).json).toHaveLength(3);
  });

  test('state, name and order', async () => {
    await house.runServer('bob');
    const names = async (query: string) =>
      ((await get(`/users?${query}`, admin)).json as { name: string }[]).map(({ name }) => name);
    expect(await names('state=ready')).toEqual(['bob']);
    expect(await names('state=active')).toEqual(['bob']);
    expect(await names('state=inactive')).toEqual(['alice', 'mary']);
    expect(await names('name_filter=A')).toEqual(['alice', 'mary']);
    expect(await names('sort=-name')).toEqual(['mary', 'bob', 'alice']);
    expect(await names('sort=-id&limit=1')).toEqual(['mary']);
  });

  test('a list limited to some shows some', async () => {
    await house.addUser('bob', { groups: ['physics'] });
    const some = await house.token('mary', ['list:users!group=physics', 'list:users!user=alice']);
    expect((await get('/users', some)).json).toEqual([
      { kind: 'user', name: 'alice', admin: false },
      { kind: 'user', name: 'bob', admin: false },
    ]);
  });

  test('made, made again, renamed, removed', async () => {
    const call = (method: string, path: string, body?: unknown) =>
      house.call(method, `/hub/api${path}`, { token: admin, body });
    expect(await call('POST', '/users', { usernames: ['Carol', 'dan'] })).toMatchObject({
      status: 201,
      json: [{ name: 'carol' }, { name: 'dan' }],
    });
    expect((await call('POST', '/users', { usernames: ['carol', 'dan'] })).status).toBe(409);
    expect((await call('POST', '/users/carol')).status).toBe(409);
    const old = await house.token('carol');
    expect(await call('PATCH', '/users/carol', { name: 'caroline', admin: true })).toMatchObject({
      status: 200,
      json: { name: 'caroline', admin: true, roles: ['user', 'admin'] },
    });
    expect((await get('/user', old)).status).toBe(403);
    expect((await call('DELETE', '/users/caroline')).status).toBe(204);
    expect((await call('DELETE', '/users/caroline')).status).toBe(404);
    expect(await call('DELETE', '/users/mary')).toMatchObject({
      status: 400,
      json: { message: 'Cannot delete yourself!' },
    });
  });

  test('who is removed leaves nothing behind for the next of the same name', async () => {
    const server = await house.runServer('bob');
    const own = await house.token('bob');
    const { cookie } = await house.signIn('bob');
    expect((await house.call('DELETE', '/hub/api/users/bob', { token: admin })).status).toBe(204);
    await house.call('POST', '/hub/api/users/bob', { token: admin });
    for (const token of [server, own]) expect((await get('/user', token)).status).toBe(403);
    expect((await house.call('GET', '/hub/api/user', { cookie })).status).toBe(403);
    expect((await get('/users/bob?include_stopped_servers=1', admin)).json).toMatchObject({ servers: {} });
  });

  test('only administrators make, change and remove administrators', async () => {
    const manager = {
      name: 'manager',
      description: '',
      scopes: ['admin:users'],
      users: ['mo'],
      groups: [],
      services: [],
    };
    await house.close();
    house = await openContractHub({ roles: [manager], adminUsers: ['root'] });
    for (const name of ['mo', 'bob']) await house.addUser(name);
    await house.addUser('mary', { admin: true });
    const mo = await house.token('mo');
    const call = (method: string, path: string, body?: unknown) =>
      house.call(method, `/hub/api${path}`, { token: mo, body });
    expect((await call('POST', '/users', { usernames: ['x'], admin: true })).status).toBe(403);
    expect((await call('PATCH', '/users/mo', { admin: true })).status).toBe(403);
    expect((await call('PATCH', '/users/mary', { name: 'm' })).status).toBe(403);
    expect((await call('DELETE', '/users/mary')).status).toBe(403);
    // Whoever the settings call an administrator will be one when they come.
    for (const path of ['/users', '/users/root', '/users/Root']) {
      const body = path === '/users' ? { usernames: ['x', 'Root'] } : {};
      expect((await call('POST', path, body)).status).toBe(403);
    }
    expect((await call('PATCH', '/users/bob', { name: 'root' })).status).toBe(403);
    expect(house.store.users.get('x')).toBeUndefined();
    await house.addUser('root');
    expect((await call('PATCH', '/users/root', { name: 'plain' })).status).toBe(403);
    expect((await call('DELETE', '/users/root')).status).toBe(403);
    expect((await call('PATCH', '/users/bob', { name: 'bobby' })).status).toBe(200);
  });
});
