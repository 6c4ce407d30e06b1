import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addRoute, ask, httpServer, proxyWith, rawServer, TOKEN, until, upgrade } from './harness.ts';

const AGO = Date.now() - 100_000;

async function aged() {
  const proxy = await proxyWith();
  const { url } = await httpServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.statusCode = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
      response.end('x');
    });
  });
  addRoute(proxy, '/user/alice', url, { user: 'alice' });
  addRoute(proxy, '/dead', 'http://127.0.0.1:9');
  const route = (path: string) => {
    const found = proxy.context.routes.get(path);
    if (found === undefined) throw new Error(`no route ${path}`);
    return found;
  };
  const moved = async (path: string, method = 'GET', headers = {}): Promise<string> => {
    const live = route(path.startsWith('/dead') ? '/dead' : '/user/alice');
    live.state.lastActivity = AGO;
    live.state.lastClientActivity = AGO;
    await ask(proxy.publicPort, path, { method, headers });
    return `${live.state.lastActivity > AGO ? 'active' : 'idle'}, ${live.state.lastClientActivity > AGO ? 'person' : 'nobody'}`;
  };
  return { proxy, route, moved };
}

describe('activity of a route', () => {
  it('comes from successful exchanges only', async () => {
    const { moved } = await aged();
    expect(await moved('/user/alice/lab')).toBe('active, person');
    expect(await moved('/user/alice/lab?status=204')).toBe('active, person');
    for (const status of [302, 304, 403, 404, 500])
      expect(await moved(`/user/alice/lab?status=${status}`)).toBe('idle, nobody');
    expect(await moved('/dead')).toBe('idle, nobody');
  });

  it('tells what an open page asks for by itself from what a person does', async () => {
    const { moved } = await aged();
    for (const path of ['/api/kernels', '/api/sessions', '/api/terminals', '/api/contents/?content=1'])
      expect(await moved(`/user/alice${path}`)).toBe('active, nobody');
    expect(await moved('/user/alice/api/contents/x.ipynb', 'PUT')).toBe('active, person');
    expect(await moved('/user/alice/api/contents/x', 'GET', { 'sec-fetch-mode': 'navigate' })).toBe(
      'active, person',
    );
  });

  it('goes on while a download or a stream of events flows', async () => {
    const { proxy } = await aged();
    const server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const timer = setInterval(() => socket.write('data: 1\n\n'), 50);
        socket.on('close', () => clearInterval(timer));
      });
    });
    addRoute(proxy, '/stream', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.resume();
    client.write('GET /stream HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => client.bytesRead > 0);
    const route = proxy.context.routes.get('/stream');
    if (route === undefined) throw new Error('no route');
    route.state.lastActivity = AGO;
    await until(() => route.state.lastActivity > AGO);
    client.destroy();
  });

  it('a request under way is told with its route, until it ends', async () => {
    const { proxy } = await aged();
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1'));
    });
    addRoute(proxy, '/slow', server.url);
    const told = async (path: string) =>
      JSON.parse((await ask(proxy.apiPort, path, { headers: { authorization: `token ${TOKEN}` } })).body);
    expect(await told('/api/routes/slow')).not.toHaveProperty('open_requests');
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.resume();
    client.write('GET /slow HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => client.bytesRead > 0);
    expect(await told('/api/routes/slow')).toMatchObject({ open_requests: 1 });
    expect((await told('/api/routes'))['/slow']).toMatchObject({ open_requests: 1 });
    for (const socket of server.sockets) socket.write('2');
    await until(() => proxy.context.open.requests.size === 0);
    expect(await told('/api/routes/slow')).not.toHaveProperty('open_requests');
    client.destroy();
  });

  it('an upgrade that is not answered yet is under way, and a WebSocket that is open is not', async () => {
    const { proxy } = await aged();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/held', server.url);
    const told = async () =>
      JSON.parse(
        (await ask(proxy.apiPort, '/api/routes/held', { headers: { authorization: `token ${TOKEN}` } })).body,
      );
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.write(
      'GET /held HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await until(() => server.sockets.size > 0);
    expect(await told()).toMatchObject({ open_requests: 1 });
    const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
    for (const socket of server.sockets) {
      socket.write(
        `HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    }
    await until(() => proxy.context.open.webSockets.size === 1);
    expect(await told()).not.toHaveProperty('open_requests');
    client.destroy();
  });

  it('goes on while an upload flows', async () => {
    const { proxy } = await aged();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/up', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.write('POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n');
    await until(() => server.sockets.size === 1);
    const route = proxy.context.routes.get('/up');
    if (route === undefined) throw new Error('no route');
    route.state.lastActivity = AGO;
    await sleep(50);
    expect(route.state.lastActivity).toBe(AGO);
    client.write('x');
    await until(() => route.state.lastActivity > AGO && route.state.lastClientActivity > AGO);
    client.destroy();
  });

  it('of a WebSocket goes on counting when the hub gives the route again', async () => {
    const { proxy } = await aged();
    const server = await rawServer((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
      );
    });
    addRoute(proxy, '/ws', server.url, { user: 'w' });
    const client = await upgrade(proxy.publicPort, '/ws');
    await until(() => client.heard().includes('101'));
    addRoute(proxy, '/ws', server.url, { user: 'w' });
    const route = proxy.context.routes.get('/ws');
    if (route === undefined) throw new Error('no route');
    route.state.lastActivity = AGO;
    client.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61]));
    await until(() => route.state.lastActivity > AGO);
    client.destroy();
  });
});
