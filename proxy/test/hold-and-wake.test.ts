import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addRoute, ask, control, httpServer, proxyWith, TOKEN, until, upgrade } from './harness.ts';

/** A proxy with a sleeping route, a hub that counts wake calls, and the server that will be there. */
async function sleeping(...args: string[]) {
  const proxy = await proxyWith(...args);
  const calls: string[] = [];
  const hub = await httpServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      response.writeHead(202).end();
    });
  });
  const notebook = await httpServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => response.end(`${request.method} ${request.url} ${body}`));
  });
  notebook.server.on('upgrade', (_, socket, head) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${head.toString()}`,
    );
    socket.on('data', (chunk) => socket.write(chunk));
    socket.on('end', () => socket.end());
  });
  const data = { user: 'alice', wake: `${hub.url}/wake` };
  addRoute(proxy, '/user/alice', notebook.url, { ...data, asleep: true });
  return { proxy, calls, wake: () => addRoute(proxy, '/user/alice', notebook.url, data) };
}

describe('a sleeping route', () => {
  it('holds a request, asks the hub once, and lets it through whole', async () => {
    const { proxy, calls, wake } = await sleeping();
    const body = 'x'.repeat(300_000);
    const answers = [
      ask(proxy.publicPort, '/user/alice/lab?a=1'),
      ask(proxy.publicPort, '/user/alice/api/contents/x', { method: 'PUT', body }),
    ];
    await until(() => calls.length > 0);
    await sleep(100);
    expect(calls).toEqual([`POST /wake token ${TOKEN} {"route":"/user/alice"}`]);
    expect(
      JSON.parse(
        (await ask(proxy.apiPort, '/api/waiting', { headers: { authorization: `token ${TOKEN}` } })).body,
      ),
    ).toEqual({
      '/user/alice': { waiting: 2, since: expect.any(String) },
    });
    wake();
    const [page, saved] = await Promise.all(answers);
    expect(page).toMatchObject({ status: 200, body: 'GET /user/alice/lab?a=1 ' });
    expect(saved?.body).toBe(`PUT /user/alice/api/contents/x ${body}`);
  });

  it('of light sleep is woken by whatever comes', async () => {
    const { proxy, calls } = await sleeping();
    const app = await httpServer((_, response) => response.end('here'));
    const data = { user: 'alice', ports: true };
    addRoute(proxy, '/user/alice/proxy', app.url, { ...data, asleep: true, light_sleep: true });
    const held = ask(proxy.publicPort, '/user/alice/proxy/5000/api/status');
    const socket = await upgrade(proxy.publicPort, '/user/alice/proxy/5000/feed');
    await until(() => proxy.context.waiting.present()['/user/alice/proxy']?.waiting === 2);
    expect(calls).toEqual([]);
    addRoute(proxy, '/user/alice/proxy', app.url, data);
    expect((await held).body).toBe('here');
    await until(() => socket.heard() !== '');
    socket.destroy();
  });

  it('is not woken by what an open page repeats by itself; that gets 429', async () => {
    const { proxy, calls, wake } = await sleeping();
    for (const path of ['/api/kernels', '/api/sessions'])
      expect(await ask(proxy.publicPort, `/user/alice${path}`)).toMatchObject({
        status: 429,
        headers: { 'retry-after': '5' },
      });
    const socket = await upgrade(proxy.publicPort, '/user/alice/api/kernels/1/channels');
    await until(() => socket.closed);
    expect(socket.heard()).toMatch(/^HTTP\/1\.1 429 /);
    expect(calls).toEqual([]);
    // While somebody's request waits, the page's own may wait along.
    const page = ask(proxy.publicPort, '/user/alice/lab');
    await until(() => calls.length === 1);
    const poll = ask(proxy.publicPort, '/user/alice/api/kernels');
    const channel = await upgrade(proxy.publicPort, '/user/alice/api/kernels/1/channels');
    channel.write('early');
    await sleep(100);
    wake();
    expect((await page).status).toBe(200);
    expect((await poll).status).toBe(200);
    await until(() => channel.heard().endsWith('early'));
    expect(channel.heard()).toMatch(/^HTTP\/1\.1 101 /);
    channel.destroy();
  });

  it('is woken by what somebody types into a WebSocket that was open before', async () => {
    const { proxy, calls, wake } = await sleeping();
    wake();
    const socket = await upgrade(proxy.publicPort, '/user/alice/api/kernels/1/channels');
    await until(() => socket.heard().includes('101'));
    const route = proxy.context.routes.get('/user/alice');
    await control(proxy, 'POST', '/user/alice', { ...route?.data, asleep: true });
    socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
    await sleep(100);
    expect(calls).toEqual([]);
    socket.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61]));
    await until(() => calls.length === 1);
    socket.destroy();
  });

  it('tells at once whoever asked to be told that somebody waits, and after a while that nobody does', async () => {
    const { proxy, wake } = await sleeping();
    const who = (seconds: number) =>
      ask(proxy.apiPort, `/api/waiting?wait=${seconds}`, { headers: { authorization: `token ${TOKEN}` } });
    const began = Date.now();
    expect(JSON.parse((await who(1)).body)).toEqual({});
    expect(Date.now() - began).toBeGreaterThanOrEqual(700);
    const told = who(30);
    await sleep(100);
    const page = ask(proxy.publicPort, '/user/alice/lab');
    expect(JSON.parse((await told).body)).toMatchObject({ '/user/alice': { waiting: 1 } });
    expect(Date.now() - began).toBeLessThan(20_000);
    wake();
    expect((await page).status).toBe(200);
    expect((await who(61)).status).toBe(400);
  });

  it('asks for what was typed until the server wakes, although nobody is held', async () => {
    const { proxy, calls, wake } = await sleeping('--hold-timeout=100');
    wake();
    const socket = await upgrade(proxy.publicPort, '/user/alice/api/kernels/1/channels');
    await until(() => socket.heard().includes('101'));
    const route = proxy.context.routes.get('/user/alice');
    await control(proxy, 'POST', '/user/alice', { ...route?.data, asleep: true });
    socket.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61]));
    await until(() => calls.length === 2, 20_000);
    wake();
    await until(() => Object.keys(proxy.context.waiting.present()).length === 0);
    socket.destroy();
  });

  it('turns away with 504 after --hold-timeout, and forgets clients that left', async () => {
    const { proxy } = await sleeping('--hold-timeout=400');
    const gone = connect(proxy.publicPort, '127.0.0.1');
    gone.write('GET /user/alice/lab HTTP/1.1\r\nHost: h\r\n\r\n');
    const answer = ask(proxy.publicPort, '/user/alice/lab');
    await until(() => proxy.context.waiting.present()['/user/alice']?.waiting === 2);
    gone.destroy();
    await until(() => proxy.context.waiting.present()['/user/alice']?.waiting === 1);
    expect((await answer).status).toBe(504);
    await until(() => Object.keys(proxy.context.waiting.present()).length === 0);
  });

  it('holds a bounded number: the 101st gets 503', async () => {
    const { proxy, wake } = await sleeping();
    const answers = Array.from({ length: 101 }, () => ask(proxy.publicPort, '/user/alice/lab'));
    const first = await Promise.race(answers);
    expect(first.status).toBe(503);
    wake();
    expect((await Promise.all(answers)).filter(({ status }) => status === 200)).toHaveLength(100);
  });

  it('that is removed sends the waiting ones where the path leads now', async () => {
    const { proxy, calls } = await sleeping();
    const { url } = await httpServer((_, response) => response.end('the hub'));
    addRoute(proxy, '/', url);
    const answer = ask(proxy.publicPort, '/user/alice/lab');
    await until(() => calls.length === 1);
    proxy.context.routes.remove('/user/alice');
    expect((await answer).body).toBe('the hub');
  });

  it('keeps its times when it falls asleep and wakes', async () => {
    const { proxy, wake } = await sleeping();
    const route = proxy.context.routes.get('/user/alice');
    if (route === undefined) throw new Error('no route');
    route.state.lastActivity = 1000;
    wake();
    expect(proxy.context.routes.get('/user/alice')?.state.lastActivity).toBe(1000);
  });

  it.each(['ftp://x', 5, 'http://169.254.169.254/'])('with the wake address %j is refused', async (wake) => {
    const proxy = await proxyWith();
    expect(
      (await control(proxy, 'POST', '/a', { target: 'http://127.0.0.1:9', asleep: true, wake })).status,
    ).toBe(400);
  });
});
