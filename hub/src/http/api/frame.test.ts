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

describe('the frame', () => {
  test.each(['', '/'])('the version is for everybody, at /hub/api%s', async (slash) => {
    const reply = await house.call('GET', `/hub/api${slash}`);
    expect([reply.status, reply.json]).toEqual([200, { version: '5.2.1' }]);
    expect(reply.headers['x-jupyterhub-version']).toBe('5.2.1');
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect(reply.headers['access-control-allow-origin']).toBe('*');
  });

  test.each([
    ['GET', '/nothing', 404],
    ['GET', '/USERS', 404],
    ['PUT', '/users', 405],
    ['PATCH', '/oauth2/token', 405],
    ['OPTIONS', '/users/alice/servers/x', 200],
  ])('%s %s is %i', async (method, path, status) => {
    const reply = await house.call(method, `/hub/api${path}`, { token: admin });
    expect(reply.status).toBe(status);
    if (status >= 400) expect(reply.json).toEqual({ status, message: expect.any(String) });
  });

  test.each([undefined, '', 'nonsense', 'x'.repeat(10_000)])(
    'token %# is nobody: 403, never 401',
    async (token) => {
      const reply = await get('/user', token);
      expect(reply.status).toBe(403);
      expect(reply.json).toMatchObject({ status: 403 });
    },
  );

  test.each(['token', 'Token', 'Bearer', 'bearer'])('the scheme may be %s', async (scheme) => {
    const reply = await house.call('GET', '/hub/api/user', {
      headers: { authorization: `${scheme} ${alice}` },
    });
    expect(reply.status).toBe(200);
  });

  test('on the listener for notebooks a cookie is worth nothing', async () => {
    const { cookie } = await house.signIn('mary');
    expect((await house.call('GET', '/hub/api/users', { cookie, notebook: true })).status).toBe(403);
    expect((await house.call('GET', '/hub/api/oauth2/authorize', { cookie, notebook: true })).status).toBe(
      404,
    );
    expect((await house.call('GET', '/hub/api/users', { cookie })).status).toBe(200);
  });

  test('everything stands below the base path, and says so', async () => {
    await house.close();
    house = await openContractHub({ baseUrl: '/jhub/' });
    await house.addUser('alice');
    const token = await house.token('alice');
    expect((await house.call('GET', '/hub/api/user', { token })).status).toBe(404);
    expect((await house.call('POST', '/jhub/hub/api/users/alice/server', { token })).status).toBe(201);
    expect((await house.call('GET', '/jhub/hub/api/users/alice', { token })).json).toMatchObject({
      server: '/jhub/user/alice/',
      servers: {
        '': { url: '/jhub/user/alice/', progress_url: '/jhub/hub/api/users/alice/server/progress' },
      },
    });
    const authorize = await house.call('GET', '/jhub/hub/api/oauth2/authorize?x=1');
    expect(authorize.headers.location).toBe(
      '/jhub/hub/login?next=%2Fjhub%2Fhub%2Fapi%2Foauth2%2Fauthorize%3Fx%3D1',
    );
  });

  test('a bad token is not made up for by a good cookie', async () => {
    const { cookie } = await house.signIn('mary');
    expect((await house.call('GET', '/hub/api/users', { cookie, token: 'stale' })).status).toBe(403);
  });

  test("by cookie, what changes something needs our own page's word, and JSON", async () => {
    const { cookie, xsrf } = await house.signIn('mary');
    const post = (headers: Readonly<Record<string, string>>) =>
      house.call('POST', '/hub/api/users/new', { cookie, headers, raw: '{}' });
    expect((await post({})).status).toBe(403);
    expect((await post({ 'x-xsrftoken': 'x.y' })).status).toBe(403);
    expect((await post({ 'x-xsrftoken': xsrf, 'content-type': 'text/plain' })).status).toBe(403);
    const script = await house.call('GET', '/hub/api/users', {
      cookie,
      headers: { 'sec-fetch-mode': 'cors' },
    });
    expect(script.status).toBe(403);
    expect((await post({ 'x-xsrftoken': xsrf, 'content-type': 'application/json' })).status).toBe(201);
  });
});
