import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addRoute, ask, control, httpServer, proxyWith, routeTable, talk } from './harness.ts';

describe('the control API, as configurable-http-proxy’s', () => {
  it('adds, shows and removes a route with the data that came with it', async () => {
    const proxy = await proxyWith();
    const before = Date.now() - 1000;
    const added = await control(proxy, 'POST', '/user/al%40ice/', {
      target: 'http://127.0.0.1:9',
      user: 'al@ice',
      server_name: '',
      jupyterhub: true,
      extra: [1],
    });
    expect(added).toMatchObject({ status: 201, body: '' });
    const table = await routeTable(proxy);
    expect(table).toEqual({
      '/user/al@ice': {
        target: 'http://127.0.0.1:9',
        user: 'al@ice',
        server_name: '',
        jupyterhub: true,
        extra: [1],
        last_activity: expect.any(String),
        last_client_activity: expect.any(String),
      },
    });
    expect(Date.parse(table['/user/al@ice']?.last_activity ?? '')).toBeGreaterThan(before);
    const one = await control(proxy, 'GET', '/user/al%40ice');
    expect(one.status).toBe(200);
    expect(JSON.parse(one.body)).toMatchObject({ user: 'al@ice' });
    expect((await control(proxy, 'DELETE', '/user/al%40ice')).status).toBe(204);
    expect((await control(proxy, 'DELETE', '/user/al%40ice')).status).toBe(404);
    expect((await control(proxy, 'GET', '/user/al%40ice')).status).toBe(404);
  });

  it('takes a POST without a path as the route /', async () => {
    const proxy = await proxyWith();
    expect((await control(proxy, 'POST', '', { target: 'http://127.0.0.1:9' })).status).toBe(201);
    expect(Object.keys(await routeTable(proxy))).toEqual(['/']);
  });

  it('lists routes that were last active before inactiveSince, strictly', async () => {
    const proxy = await proxyWith('--default-target=http://127.0.0.1:9');
    const at = (await routeTable(proxy))['/']?.last_activity ?? '';
    const since = async (time: string): Promise<string[]> =>
      Object.keys(JSON.parse((await control(proxy, 'GET', `?inactiveSince=${time}`)).body));
    expect(await since(at)).toEqual([]);
    expect(await since(new Date(Date.parse(at) + 1).toISOString())).toEqual(['/']);
    expect(Object.keys(JSON.parse((await control(proxy, 'GET', '?inactive_since=2099-01-01')).body))).toEqual(
      ['/'],
    );
    expect((await control(proxy, 'GET', '?inactiveSince=yesterday')).status).toBe(400);
  });

  it.each([
    ['POST', '/x', 'not json', 400],
    ['POST', '/x', '"text"', 400],
    ['POST', '/x', '[]', 400],
    ['POST', '/x', {}, 400],
    ['POST', '/x', { target: 5 }, 400],
    ['POST', '/x', { target: 'ftp://x' }, 400],
    ['POST', '/x', { target: 'http://169.254.169.254/' }, 400],
    ['POST', '/x/../y', { target: 'http://127.0.0.1:9' }, 400],
    ['POST', '/x%2Fy', { target: 'http://127.0.0.1:9' }, 400],
    ['POST', '/%zz', { target: 'http://127.0.0.1:9' }, 400],
    ['PUT', '/x', { target: 'http://127.0.0.1:9' }, 405],
    ['POST', '/x', `{"target":"http://127.0.0.1:9","a":"${'x'.repeat(70_000)}"}`, 413],
  ])('%s %s with %j is answered %4$i and changes nothing', async (method, path, body, status) => {
    const proxy = await proxyWith();
    expect((await control(proxy, method, path, body)).status).toBe(status);
    expect(await routeTable(proxy)).toEqual({});
  });

  it('has nothing else', async () => {
    const proxy = await proxyWith();
    for (const path of ['/', '/api', '/api/routesx', '/metrics', '/_chp_healthz'])
      expect((await ask(proxy.apiPort, path)).status).toBe(404);
  });

  it('refuses a target that is the proxy itself', async () => {
    const proxy = await proxyWith();
    expect(
      (await control(proxy, 'POST', '/loop', { target: `http://127.0.0.1:${proxy.publicPort}` })).status,
    ).toBe(400);
    expect(
      (await control(proxy, 'POST', '/loop', { target: `http://localhost:${proxy.apiPort}` })).status,
    ).toBe(400);
  });

  it('keeps routes with names of object properties', async () => {
    const proxy = await proxyWith();
    const { url } = await httpServer((request, response) => response.end(request.url));
    for (const path of ['/constructor', '/__proto__', '/user/toString']) {
      expect((await control(proxy, 'POST', path, { target: url })).status).toBe(201);
      expect((await ask(proxy.publicPort, `${path}/x`)).body).toBe(`${path}/x`);
    }
    expect(Object.keys(await routeTable(proxy)).sort()).toEqual([
      '/__proto__',
      '/constructor',
      '/user/toString',
    ]);
  });
});

describe('the token', () => {
  it.each(['', 'token', 'token wrong', 'xxtoken test-token', 'token test-token2', 'Bearer test-token'])(
    '%j gets 403',
    async (authorization) => {
      const proxy = await proxyWith();
      expect((await ask(proxy.apiPort, '/api/routes', { headers: { authorization } })).status).toBe(403);
    },
  );

  it('is checked before a byte of the body is read', async () => {
    const proxy = await proxyWith();
    const heard = await talk(
      proxy.apiPort,
      'POST /api/routes/x HTTP/1.1\r\nHost: x\r\nContent-Length: 67108864\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 403 /);
    expect(heard).toMatch(/Connection: close/i);
  });

  it('keeps a stranger from making us hold 64 MB', async () => {
    const proxy = await proxyWith();
    const socket = connect(proxy.apiPort, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /api/routes/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 64 && !socket.destroyed; i += 1) {
      socket.write(`100000\r\n${'x'.repeat(0x100000)}\r\n`);
      await sleep(1);
    }
    expect(socket.bytesWritten - socket.writableLength).toBeLessThan(16 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    socket.destroy();
  });
});

describe('health and metrics', () => {
  it('health is answered on the public port', async () => {
    const proxy = await proxyWith();
    expect(await ask(proxy.publicPort, '/_chp_healthz')).toMatchObject({
      status: 200,
      body: '{"status":"OK"}',
    });
  });

  it('metrics have configurable-http-proxy’s names and are not on the public port', async () => {
    const proxy = await proxyWith('--metrics-ip=127.0.0.1', '--metrics-port=0');
    const { url } = await httpServer((_, response) => response.end('x'));
    addRoute(proxy, '/a', url);
    await ask(proxy.publicPort, '/a');
    await routeTable(proxy);
    const { body } = await ask(proxy.metricsPort, '/metrics');
    for (const name of [
      'api_route_get 1',
      'api_route_add 0',
      'api_route_delete 0',
      'requests_ws 0',
      'requests_web 1',
      'requests_proxy{status="200"} 1',
      'requests_api{status="200"} 1',
      'find_target_for_req_count 1',
      'last_activity_updating',
      'process_cpu_seconds_total',
    ]) {
      expect(body).toContain(name);
    }
    expect((await ask(proxy.publicPort, '/metrics')).status).toBe(404);
  });
});
