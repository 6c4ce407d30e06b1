import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProxyRoutes } from '../../hub/src/adapters/proxy/proxy-routes.ts';
import { serverPath } from '../../hub/src/domain/server.ts';
import { PROXIES, type RunningProxy, startProxy } from './running-proxy.ts';

const TARGET = 'http://127.0.0.1:9';

describe.each(Object.keys(PROXIES) as (keyof typeof PROXIES)[])('with %s', (kind) => {
  let proxy: RunningProxy;
  beforeAll(async () => {
    proxy = await startProxy(kind);
  });
  afterAll(() => proxy.close());

  test.each([
    ['alice', ''],
    ['alice', 'gpu'],
    ['ann@uni.edu', 'my gpu'],
    ['foo.bar', 'größe 100%'],
    ['a_b', "x@y~z!(1)'*"],
  ])("a route for %s's server %j is found again as it was given, and goes", async (user, server) => {
    const routes = makeProxyRoutes(proxy.door);
    const path = serverPath('/jhub/', user, server);
    const began = Date.now();
    await routes.add({ path, target: TARGET, user, server });
    const [found, ...others] = await routes.list();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ path, target: TARGET, user, server });
    expect(found?.lastActivity).toBeGreaterThan(began - 5_000);
    await routes.remove(path);
    expect(await routes.list()).toEqual([]);
  });

  test('giving a route twice replaces it, removing one that is not there is no error', async () => {
    const routes = makeProxyRoutes(proxy.door);
    const path = '/user/alice/';
    await routes.add({ path, target: TARGET, user: 'alice', server: '' });
    await routes.add({ path, target: 'http://127.0.0.1:10', user: 'alice', server: '' });
    expect(await routes.list()).toMatchObject([{ target: 'http://127.0.0.1:10' }]);
    await routes.remove(path);
    await routes.remove(path);
  });

  test('a wrong word at the door is said to be that', async () => {
    const routes = makeProxyRoutes({ ...proxy.door, token: 'wrong' });
    await expect(routes.list()).rejects.toMatchObject({
      code: 'SPAWN-170',
      message: expect.stringContaining('CONFIGPROXY_AUTH_TOKEN'),
    });
  });

  test("the hub's own route is nobody's", async () => {
    const routes = makeProxyRoutes(proxy.door);
    await routes.add({ path: '/', target: TARGET, user: null, server: null });
    expect(await routes.list()).toMatchObject([{ path: '/', target: TARGET, user: null, server: null }]);
  });
});

test('a proxy that is away is said to be away', async () => {
  const routes = makeProxyRoutes({ at: { socketPath: '/nowhere/proxy.sock' }, token: 'x', timeout: 1_000 });
  await expect(routes.list()).rejects.toMatchObject({ code: 'SPAWN-170', facts: { detail: 'ENOENT' } });
});

test('a proxy that hangs is given up in time', async () => {
  const hung = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hung, 'listening');
  const address = hung.address();
  const port = typeof address === 'object' ? address?.port : null;
  try {
    const routes = makeProxyRoutes({ at: { url: `http://127.0.0.1:${port}` }, token: 'x', timeout: 200 });
    await expect(routes.list()).rejects.toMatchObject({
      code: 'SPAWN-170',
      facts: { detail: 'no answer in time' },
    });
  } finally {
    hung.close();
  }
});
