import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordOf } from '../../../../test/support/contract-call.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let admin: string;
const SECRET = 'a-word-of-the-service-alone';

beforeEach(async () => {
  house = await openContractHub({
    roles: [
      {
        name: 'culler',
        description: '',
        scopes: ['list:users', 'read:servers', 'delete:servers'],
        users: [],
        groups: [],
        services: ['cull'],
      },
    ],
  });
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
  admin = await house.token('mary');
});

afterEach(() => house.close());

const call = (method: string, path: string, body?: unknown, token = admin) =>
  house.call(method, `/hub/api${path}`, { token, body });

describe('services', () => {
  test('added while the hub runs: a route, a token with the rights of its roles, and gone again', async () => {
    const made = await call('POST', '/services/cull', {
      url: 'http://10.0.0.9:9000',
      api_token: SECRET,
      info: { a: 1 },
    });
    expect(made).toMatchObject({
      status: 201,
      json: {
        kind: 'service',
        name: 'cull',
        admin: false,
        roles: ['culler'],
        url: 'http://10.0.0.9:9000',
        prefix: '/services/cull/',
        command: [],
        pid: 0,
        info: { a: 1 },
        display: true,
      },
    });
    expect(made.text).not.toContain(SECRET);
    expect(await house.routes.list()).toContainEqual(
      expect.objectContaining({ path: '/services/cull/', target: 'http://10.0.0.9:9000', service: 'cull' }),
    );
    expect((await call('GET', '/user', undefined, SECRET)).json).toMatchObject({
      kind: 'service',
      name: 'cull',
      admin: false,
      session_id: null,
      scopes: expect.arrayContaining(['delete:servers', 'list:users']),
    });
    expect((await call('GET', '/users', undefined, SECRET)).status).toBe(200);
    expect((await call('POST', '/users/alice/server', {}, SECRET)).status).toBe(403);
    expect((await call('GET', '/services')).json).toHaveProperty('cull.kind', 'service');
    expect((await call('DELETE', '/services/cull')).status).toBe(200);
    expect((await call('GET', '/user', undefined, SECRET)).status).toBe(403);
    expect(await house.routes.list()).toHaveLength(1);
    expect((await call('DELETE', '/services/cull')).status).toBe(404);
  });

  test.each([
    [{ command: ['rm'] }, 'Can not create managed service x at runtime'],
    [{ api_token: 'short' }, undefined],
    [{ url: 'file:///etc/passwd' }, undefined],
    [{ url: 'unix:/var/run/docker.sock' }, undefined],
    [{ oauth_client_id: 'jupyterhub-user-alice' }, undefined],
    [{ oauth_redirect_uri: '//evil.example/x' }, undefined],
    [{ oauth_client_allowed_scopes: ['root'] }, "Scope 'root' does not exist"],
    [{ wrong: 1 }, 'Invalid JSON keys: wrong'],
    [{ info: 3 }, undefined],
    [undefined, 'Invalid service data'],
  ])('%j is 400 and makes nothing', async (body, message) => {
    const reply = await call('POST', '/services/x', body);
    expect(reply).toMatchObject({
      status: 400,
      json: { status: 400, message: message ?? expect.any(String) },
    });
    expect(house.store.services.size).toBe(0);
  });

  test("a service's word is nobody else's", async () => {
    expect((await call('POST', '/services/x', { api_token: admin })).status).toBe(400);
    expect((await call('POST', '/services/x', { api_token: SECRET })).status).toBe(201);
    expect((await call('POST', '/services/y', { api_token: SECRET })).status).toBe(400);
    expect((await call('POST', '/services/x', {})).status).toBe(409);
    expect((await call('POST', '/services/..', {})).status).toBeGreaterThanOrEqual(400);
  });

  test('nobody gives a service more than they have', async () => {
    const some = await house.token('mary', ['admin:services']);
    expect((await call('POST', '/services/x', { admin: true }, some)).status).toBe(400);
    expect(
      (await call('POST', '/services/x', { oauth_client_allowed_scopes: ['admin:users'] }, some)).status,
    ).toBe(400);
    expect((await call('POST', '/services/x', { admin: true })).status).toBe(201);
  });

  test('those of the configuration are as it says, and stay until it says otherwise', async () => {
    await house.hub.changeServices.configure([{ name: 'cull', apiToken: SECRET }]);
    expect((await call('DELETE', '/services/cull')).status).toBe(405);
    await house.hub.changeServices.configure([]);
    expect((await call('GET', '/services')).json).toEqual({});
  });

  test('a service signs people in: asked first, unless it is trusted', async () => {
    await house.hub.changeServices.configure([
      { name: 'grades', url: 'http://10.0.0.9:1', apiToken: SECRET, allowedScopes: ['read:users!user'] },
      { name: 'trusted', url: 'http://10.0.0.9:2', apiToken: `${SECRET}2`, trusted: true },
    ]);
    const path = (name: string) =>
      `/hub/api/oauth2/authorize?${new URLSearchParams({ client_id: `service-${name}`, redirect_uri: `/services/${name}/oauth_callback`, response_type: 'code' })}`;
    const mary = await house.signIn('mary');
    const asked = await house.call('GET', path('grades'), { cookie: mary.cookie });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('read:users!user');
    // A person holds access to services only by a role.
    const alice = await house.signIn('alice');
    expect((await house.call('GET', path('trusted'), { cookie: alice.cookie })).status).toBe(403);

    const straight = await house.call('GET', path('trusted'), { cookie: mary.cookie });
    const code = new URL(String(straight.headers.location), 'http://hub.test').searchParams.get('code') ?? '';
    const form = {
      client_id: 'service-trusted',
      client_secret: `${SECRET}2`,
      grant_type: 'authorization_code',
      code,
      redirect_uri: '/services/trusted/oauth_callback',
    };
    const token = wordOf(await house.call('POST', '/hub/api/oauth2/token', { form }), 'access_token');
    expect((await call('GET', '/user', undefined, token)).json).toMatchObject({
      name: 'mary',
      scopes: ['access:services!service=trusted', 'read:users:groups!user=mary', 'read:users:name!user=mary'],
    });
    await house.hub.changeServices.remove('trusted');
    expect((await call('GET', '/user', undefined, token)).status).toBe(403);
  });
});

describe('the hub itself', () => {
  test.each([
    ['GET', '/proxy', 'proxy'],
    ['POST', '/proxy', 'proxy'],
    ['PATCH', '/proxy', 'proxy'],
    ['GET', '/info', 'read:hub'],
    ['GET', '/metrics', 'read:metrics'],
    ['POST', '/shutdown', 'shutdown'],
  ])('%s %s needs %s', async (method, path, scope) => {
    const reply = await call(method, path, undefined, await house.token('alice'));
    expect(reply).toMatchObject({
      status: 403,
      json: { message: `Action is not authorized with current scopes; requires any of [${scope}]` },
    });
    expect(house.ended()).toBe(false);
  });

  test('the routing table, as JupyterHub shows it', async () => {
    await house.routes.add({
      path: '/user/alice/',
      target: 'http://10.0.0.3:8888',
      user: 'alice',
      server: '',
    });
    expect((await call('GET', '/proxy')).json).toEqual({
      '/': { routespec: '/', target: 'http://hub', data: { hub: true } },
      '/user/alice/': {
        routespec: '/user/alice/',
        target: 'http://10.0.0.3:8888',
        data: { user: 'alice', server_name: '' },
      },
    });
    expect((await call('POST', '/proxy')).status).toBe(200);
    expect((await call('PATCH', '/proxy')).status).toBe(400);
    expect((await call('PATCH', '/proxy', { api_url: 'http://evil' })).status).toBe(400);
  });

  test("metrics carry JupyterHub's names and no names of people", async () => {
    await call('GET', '/users/alice');
    const { text, headers } = await call('GET', '/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(text).toContain('jupyterhub_total_users 2');
    expect(text).toContain('jupyterhub_active_users{period="24h"}');
    expect(text).toMatch(
      /jupyterhub_request_duration_seconds_count\{method="GET",handler="\/users\/:name",code="200"\} 1/,
    );
    // What stands in the contract (§3) and is not shown above.
    for (const name of [
      'server_spawn_duration_seconds',
      'check_routes_duration_seconds',
      'hub_startup_duration_seconds',
      'init_spawners_duration_seconds',
      'proxy_poll_duration_seconds',
      'proxy_add_duration_seconds',
      'proxy_delete_duration_seconds',
      'server_poll_duration_seconds',
      'server_stop_seconds',
      'event_loop_interval_seconds',
    ]) {
      expect(text).toContain(`# TYPE jupyterhub_${name} histogram`);
    }
    expect(text).not.toContain('alice');
    const usual = await house.call('GET', '/hub/metrics', { token: admin });
    expect(usual.text).toContain('jupyterhub_running_servers 0');
    expect((await house.call('GET', '/hub/metrics')).status).toBe(403);
  });

  test('shutdown answers first, then ends; malformed wishes end nothing', async () => {
    expect((await call('POST', '/shutdown', { servers: 'yes' })).status).toBe(400);
    expect(house.ended()).toBe(false);
    await house.runServer('alice');
    expect(await call('POST', '/shutdown', { servers: true })).toMatchObject({
      status: 202,
      json: { message: 'Shutting down Hub' },
    });
    await expect.poll(() => house.ended()).toBe(true);
    expect(house.store.servers.get('alice/')?.state).toBe('stopped');
  });

  test('what is over is thrown away', async () => {
    await house.token('alice', ['inherit'], 60);
    await house.signIn('alice');
    house.pass(15 * 24 * 3600 * 1000);
    expect(await house.hub.purgeExpired()).toBe(2);
    expect(house.store.sessions.size).toBe(0);
    expect(await house.hub.purgeExpired()).toBe(0);
  });
});
