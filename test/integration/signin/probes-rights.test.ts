import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { byCookie, JSON_TYPE, openLabHouse, type ProbeHouse, stateOf } from './probe-house.ts';

// Probes by the number of the row that asks for them; `own` are those beyond the rows. Each reads back what
// must not have changed.

let house: ProbeHouse;
beforeEach(async () => {
  house = await openLabHouse();
});
afterEach(() => house.close());

describe('rights', () => {
  const asBob = async (method: string, path: string, body?: string) =>
    await house.send(
      method,
      path,
      { authorization: `token ${await house.token('bob')}`, ...JSON_TYPE },
      body,
    );

  test.each([
    ['GET', '/hub/api/users/NAME'],
    ['DELETE', '/hub/api/users/NAME'],
    ['PATCH', '/hub/api/users/NAME'],
    ['POST', '/hub/api/users/NAME/server'],
    ['DELETE', '/hub/api/users/NAME/server'],
    ['GET', '/hub/api/users/NAME/tokens'],
    ['POST', '/hub/api/users/NAME/tokens'],
    ['GET', '/hub/api/users/NAME/server/progress'],
    ['POST', '/hub/api/users/NAME/activity'],
  ])('§8.67 %s %s of somebody else: refused, in the same words as for nobody', async (method, path) => {
    const body = method === 'GET' ? undefined : '{}';
    const answers: string[] = [];
    for (const name of ['alice', 'nobody']) {
      const before = stateOf(house).length;
      const answer = await asBob(method, path.replace('NAME', name), body);
      expect([403, 404]).toContain(answer.status);
      answers.push(`${answer.status} ${answer.text.replaceAll(name, 'NAME')}`);
      // One token more: the one that asked.
      expect(stateOf(house).length).toBeGreaterThanOrEqual(before);
      expect(house.store.users.get('alice')).toBeDefined();
      expect(house.store.servers.where('user', 'alice')).toEqual([]);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  test.each([
    { scopes: ['admin:users'] },
    { scopes: ['inherit', 'admin:servers'] },
    { roles: ['admin'] },
    { expires_in: -1 },
    { expires_in: 'x' },
    { expires_in: true },
    { expires_in: 1e308 },
    { scopes: 'admin:users' },
    { scopes: [['admin:users']] },
  ])('§8.70 a token with %j is not made', async (body) => {
    const token = await house.token('alice');
    const count = house.store.tokens.size;
    const headers = { authorization: `token ${token}`, ...JSON_TYPE };
    const answer = await house.send('POST', '/hub/api/users/alice/tokens', headers, JSON.stringify(body));
    expect([400, 403]).toContain(answer.status);
    expect(house.store.tokens.size).toBe(count);
  });

  test('§8.71 a token for reading makes no token for more', async () => {
    const token = await house.token('alice', ['read:users!user', 'tokens!user']);
    const headers = { authorization: `token ${token}`, ...JSON_TYPE };
    for (const scopes of [['inherit'], ['servers!user'], ['self']]) {
      const body = JSON.stringify({ scopes });
      expect((await house.send('POST', '/hub/api/users/alice/tokens', headers, body)).status).toBe(403);
    }
  });

  test.each([
    '{"usernames":["eve"],"admin":true,"__proto__":{"admin":true}}',
    '{"usernames":["eve"],"constructor":{"prototype":{"admin":true}}}',
    '{"usernames":["eve"],"token":"x"}',
    '{"usernames":["__proto__"]}',
    '{"usernames":[{"name":"eve","admin":true}]}',
  ])('§8.73 %s makes nobody an administrator behind anybody’s back', async (body) => {
    const headers = { authorization: `token ${await house.token('mary', ['admin:users'])}`, ...JSON_TYPE };
    const answer = await house.send('POST', '/hub/api/users', headers, body);
    if (answer.status === 201)
      expect(house.store.users.get('eve')?.admin).toBe(JSON.parse(body).admin === true);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(house.store.users.get('bob')?.admin).toBe(false);
  });

  test('§8.74 an administrator cannot remove the account they sit in by its page; a name that is back owns nothing', async () => {
    const answer = await byCookie(
      house,
      'mary',
      'POST',
      '/hub/admin/remove/mary',
      { 'content-type': 'application/x-www-form-urlencoded' },
      '',
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(house.store.users.get('mary')).toBeDefined();
    const old = await house.token('alice');
    const { cookie } = await house.signIn('alice');
    const headers = { authorization: `token ${await house.token('mary')}`, ...JSON_TYPE };
    expect((await house.send('DELETE', '/hub/api/users/alice', headers)).status).toBe(204);
    expect((await house.send('POST', '/hub/api/users/alice', headers)).status).toBe(201);
    expect((await house.send('GET', '/hub/api/user', { authorization: `token ${old}` })).status).toBe(403);
    expect((await house.send('GET', '/hub/home', { cookie })).status).toBe(302);
  });

  test.each([
    { image: 'evil/x' },
    { profile: '../x' },
    { volumes: { '/': '/host' } },
    { privileged: true },
    { env: { LD_PRELOAD: '/x' } },
    { HostConfig: { Privileged: true } },
  ])('§8.77 a start with %j takes none of it for its container', async (options) => {
    const headers = { authorization: `token ${await house.token('alice')}`, ...JSON_TYPE };
    const answer = await house.send(
      'POST',
      '/hub/api/users/alice/server?image=evil/x',
      headers,
      JSON.stringify(options),
    );
    expect([201, 202, 400]).toContain(answer.status);
    const [server] = house.store.servers.where('user', 'alice');
    expect(server?.image ?? null).not.toBe('evil/x');
    expect(server?.volumeName ?? null).toBeNull();
  });

  test.each(['limit=-1', 'offset=abc', 'sort=__proto__', 'state=x', 'limit=1e9', 'offset=-5'])(
    '§8.80 a list with %s is 400, or a list',
    async (query) => {
      const headers = { authorization: `token ${await house.token('mary')}` };
      const answer = await house.send('GET', `/hub/api/users?${query}`, headers);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect(JSON.parse(answer.text).length).toBeLessThanOrEqual(3);
    },
  );

  test.each([
    '/hub/metrics',
    '/hub/api/proxy',
    '/hub/api/info',
    '/hub/api/services',
    '/hub/api/groups',
    '/hub/api/users',
  ])('§8.82 %s is not for strangers, and not for everybody who is in', async (path) => {
    const [nobody, alice] = [
      await house.send('GET', path),
      await house.send('GET', path, { authorization: `token ${await house.token('alice')}` }),
    ];
    expect([401, 403]).toContain(nobody.status);
    if (alice.status === 200) expect(['[]', '{}']).toContain(alice.text);
    else expect(alice.status).toBe(403);
    expect((await house.send('POST', '/hub/api/shutdown', JSON_TYPE, '{}')).status).toBe(403);
  });

  test('§8.83 an administrator is asked before they enter somebody’s server, and it is written down', async () => {
    await house.runServer('bob');
    const path =
      '/hub/api/oauth2/authorize?client_id=jupyterhub-user-bob&redirect_uri=%2Fuser%2Fbob%2Foauth_callback&response_type=code&state=x';
    const asked = await byCookie(house, 'mary', 'GET', path, { accept: 'text/html' });
    expect([asked.status, asked.text.includes('You will act as mary')]).toEqual([200, true]);
    const { cookie } = await house.signIn('mary');
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await house.send('POST', path, form, 'scopes=x')).status).toBe(403);
    expect(house.store.codes.size).toBe(0);
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/home', { cookie });
    const allowed = await visitor.post(
      path,
      {},
      { cookie: `${cookie}; _xsrf=${visitor.jar.get('_xsrf')?.value}` },
    );
    expect(allowed.status).toBe(302);
    const [entry] = await house.hub.audit.read({ what: 'act', who: 'mary', limit: 1 });
    expect(entry?.detail).toContain('authorize');
  });
});
