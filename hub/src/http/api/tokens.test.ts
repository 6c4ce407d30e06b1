import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Classroom, openClassroom } from '../../../../test/support/classroom.ts';
import { wordOf } from '../../../../test/support/contract-call.ts';
import type { ContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let alice: string;
let admin: string;
let get: Classroom['get'];

beforeEach(async () => {
  ({ house, alice, admin, get } = await openClassroom());
});
afterEach(() => house.close());

describe('tokens', () => {
  const issue = (token: string, body: unknown, name = 'alice') =>
    house.call('POST', `/hub/api/users/${name}/tokens`, { token, body });

  test('shown once, listed without itself, revoked', async () => {
    const made = await issue(alice, { note: 'n1', scopes: ['read:users:name!user'], expires_in: 60 });
    expect(made).toMatchObject({
      status: 201,
      json: {
        user: 'alice',
        kind: 'api_token',
        note: 'n1',
        roles: [],
        session_id: null,
        oauth_client: 'JupyterHub',
      },
    });
    const word = wordOf(made, 'token');
    const id = wordOf(made, 'id');
    expect((await get('/user', word)).json).toMatchObject({ name: 'alice', token_id: id });
    expect((await get('/users/alice/tokens', alice)).text).not.toContain(word);
    expect((await get(`/users/alice/tokens/${id}`, alice)).status).toBe(200);
    expect((await house.call('DELETE', `/hub/api/users/alice/tokens/${id}`, { token: alice })).status).toBe(
      204,
    );
    expect((await get('/user', word)).status).toBe(403);
    expect(await get(`/users/alice/tokens/${id}`, alice)).toMatchObject({
      status: 404,
      json: { message: `No such token ${id} for user alice` },
    });
  });

  test('an expired token is nobody and is not listed', async () => {
    const made = await issue(alice, { expires_in: 60 });
    house.pass(61_000);
    expect((await get('/user', wordOf(made, 'token'))).status).toBe(403);
    expect((await get('/users/alice/tokens', alice)).text).not.toContain(wordOf(made, 'id'));
  });

  test('nobody gets more than its owner may', async () => {
    for (const body of [{ scopes: ['admin:users'] }, { roles: ['admin'] }, { scopes: ['read:users'] }]) {
      expect(await issue(alice, body)).toMatchObject({
        status: 400,
        json: {
          message: expect.stringMatching(/^Not assigning requested scopes .* not held by User alice$/),
        },
      });
    }
  });

  test('nobody makes a token that may more, or lives longer, than what they ask with', async () => {
    const narrow = await house.token('alice', ['tokens!user', 'read:users!user'], 600);
    expect((await issue(narrow, {})).status).toBe(403);
    expect((await issue(narrow, { scopes: ['servers!user'] })).status).toBe(403);
    expect((await issue(narrow, { scopes: ['read:users!user'], expires_in: 700 })).status).toBe(400);
    const made = await issue(narrow, { scopes: ['read:users!user'] });
    expect(made.status).toBe(201);
    expect(Date.parse(wordOf(made, 'expires_at'))).toBeLessThanOrEqual(Date.now() + 600_000);
    const scoped = await house.token('mary', ['tokens']);
    expect((await issue(scoped, {}, 'mary')).status).toBe(403);
    expect((await issue(scoped, {}, 'alice')).status).toBe(403);
    expect((await issue(admin, {}, 'alice')).status).toBe(201);
  });

  test('a script in a loop is told to stop', async () => {
    const [one] = house.store.tokens.where('user', 'alice');
    if (one === undefined) throw new Error('alice has no token');
    await house.store.change((drafts) => {
      for (let n = 1; n < 1000; n += 1) drafts.tokens.put({ ...one, hash: `h${n}`, id: `a${n}` });
    });
    expect((await issue(alice, {})).status).toBe(429);
    await house.store.change((drafts) => drafts.tokens.delete('h1'));
    expect((await issue(alice, {})).status).toBe(201);
  });

  test("a notebook's own token reports activity and nothing else", async () => {
    const server = await house.runServer('alice');
    const report = {
      servers: { '': { last_activity: new Date().toISOString() } },
      last_activity: new Date().toISOString(),
    };
    const activity = (token: string) =>
      house.call('POST', '/hub/api/users/alice/activity', { token, body: report, notebook: true });
    expect(await activity(server)).toMatchObject({ status: 200, text: '' });
    for (const path of ['/users', '/users/alice/tokens', '/groups', '/proxy'])
      expect([403, 404]).toContain((await get(path, server)).status);
    expect((await issue(server, {})).status).toBe(403);
    expect(
      (await house.call('POST', '/hub/api/users/bob/activity', { token: server, body: report })).status,
    ).toBe(404);
  });
});
describe('activity', () => {
  test("only moves forward, and a server's own token is no sign of its user", async () => {
    const server = await house.runServer('alice');
    const at = (ms: number) => new Date(ms).toISOString();
    const noon = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
    await house.addUser('alice', { lastActivity: noon });
    const post = (last: string) =>
      house.call('POST', '/hub/api/users/alice/activity', { token: server, body: { last_activity: last } });
    expect((await post(at(noon - 1000))).status).toBe(200);
    expect(house.store.users.get('alice')?.lastActivity).toBe(noon);
    expect((await post(at(noon + 1000).replace('Z', '+00:00'))).status).toBe(200);
    expect(house.store.users.get('alice')?.lastActivity).toBe(noon + 1000);
    expect((await post(at(Date.now() + 3_600_000))).status).toBe(400);
    await get('/user', alice);
    expect(house.store.users.get('alice')?.lastActivity).toBeGreaterThan(noon + 1000);
  });
});
