import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { PORT_KEY_HEADER, PORTS_USE_PATH } from '../src/contract.ts';
import { startPortForwarder } from '../src/ports/port-forwarder.ts';
import { ask, httpServer, until, upgrade } from './harness.ts';

const KEY = { [PORT_KEY_HEADER]: 'the key' };
const OWNER = 'alice <b>';

async function forwarder() {
  const port = await freePort();
  const started = await startPortForwarder(
    {
      host: '127.0.0.1',
      port,
      prefix: '/jhub/user/alice/',
      key: 'the key',
      owner: OWNER,
      server: '',
      logLevel: 'silent',
    },
    pino({ level: 'silent' }),
  );
  onTestFinished(() => started.close());
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: Buffer) =>
    ask(port, path, { method, headers: { ...KEY, ...headers }, ...(body === undefined ? {} : { body }) });
  return { port, get };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Says what it was asked. */
const echo: RequestListener = (request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));
};

describe('the forwarder to ports', () => {
  it('gives nothing to whoever does not bring the key, over HTTP or WebSocket', async () => {
    let asked = 0;
    const app = await httpServer((_, response) => {
      asked += 1;
      response.end('secret');
    });
    const { port } = await forwarder();
    const path = `/jhub/user/alice/proxy/${app.port}/`;
    for (const headers of [{}, { [PORT_KEY_HEADER]: 'wrong' }, { [PORT_KEY_HEADER]: 'the key, the key' }]) {
      expect((await ask(port, path, { headers })).status).toBe(403);
      expect((await ask(port, PORTS_USE_PATH, { headers })).status).toBe(403);
      expect((await ask(port, '/_chp_healthz', { headers })).status).toBe(403);
    }
    const stranger = await upgrade(port, path);
    await until(() => stranger.heard() !== '');
    expect(stranger.heard()).toMatch(/^HTTP\/1\.1 403 /);
    expect(asked).toBe(0);
  });

  it('takes the prefix off and says in the field’s headers what it was', async () => {
    const app = await httpServer(echo);
    const { get } = await forwarder();
    const place = `/jhub/user/alice/proxy/${app.port}`;
    const { status, body } = await get(`${place}/a/b?c=d`, {
      'X-Forwarded-Prefix': '/evil',
      'X-Forwarded-Context': '/evil',
      'X-Forwarded-For': '192.0.2.7',
      'X-Forwarded-User': 'alice',
      'X-Berth-Assertion': 'a.b.c',
      Host: 'lab.example',
    });
    expect(status).toBe(200);
    const { url, headers } = JSON.parse(body);
    expect(url).toBe('/a/b?c=d');
    expect(headers).toMatchObject({
      host: 'lab.example',
      'x-forwarded-prefix': place,
      'x-forwarded-context': place,
      'x-proxycontextpath': place,
      'x-forwarded-for': '192.0.2.7, 127.0.0.1',
      'x-forwarded-user': 'alice',
      'x-berth-assertion': 'a.b.c',
    });
    expect(headers[PORT_KEY_HEADER]).toBeUndefined();
  });

  it('leaves the prefix for programs that know it, and says nothing of it', async () => {
    const app = await httpServer(echo);
    const { get } = await forwarder();
    const path = `/jhub/user/alice/proxy/absolute/${app.port}/x?y`;
    const { url, headers } = JSON.parse((await get(path, { 'X-Forwarded-Prefix': '/evil' })).body);
    expect(url).toBe(path);
    expect(headers['x-forwarded-prefix']).toBeUndefined();
  });

  it('leads redirects and cookies of a program at / below its place', async () => {
    const app = await httpServer((_, response) => {
      response.writeHead(302, { Location: '/login', 'Set-Cookie': ['a=1; Path=/', 'b=2'] }).end();
    });
    const { get } = await forwarder();
    const place = `/jhub/user/alice/proxy/${app.port}`;
    const { headers } = await get(`${place}/`);
    expect(headers.location).toBe(`${place}/login`);
    expect(headers['set-cookie']).toEqual([`a=1; Path=${place}/`, 'b=2']);
    const absolute = await get(`/jhub/user/alice/proxy/absolute/${app.port}/`);
    expect(absolute.headers.location).toBe('/login');
  });

  it('finds a program that listens on ::1 or on the container’s own address only', async () => {
    const { get } = await forwarder();
    const own = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.internal === false && one.family === 'IPv4')?.address;
    for (const host of ['::1', ...(own === undefined ? [] : [own])]) {
      const app = createServer(echo).listen(0, host);
      await once(app, 'listening');
      onTestFinished(() => void app.close());
      const { port } = app.address() as AddressInfo;
      expect((await get(`/jhub/user/alice/proxy/${port}/`)).status).toBe(200);
      app.closeAllConnections();
    }
  });

  it('says who, which port and what to do when nothing listens, in the person’s language, and tries again', async () => {
    const { get } = await forwarder();
    const free = await freePort();
    const page = await get(`/jhub/user/alice/proxy/${free}/`, { Accept: 'text/html' });
    expect(page.status).toBe(503);
    expect(page.headers['retry-after']).toBe('5');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain(`Nothing answers on port ${free} yet`);
    expect(page.body).toContain('server of alice &#60;b&#62;');
    expect(page.body).toContain('<meta http-equiv="refresh" content="5">');
    const german = await get(`/jhub/user/alice/proxy/${free}/`, { 'Accept-Language': 'fr;q=0.9, de-AT' });
    expect(german.body).toContain('<html lang="de">');
    const json = await get(`/jhub/user/alice/proxy/${free}/`, { Accept: 'application/json' });
    expect(JSON.parse(json.body)).toEqual({ status: 503, message: `Nothing answers on port ${free}.` });
    const posted = await get(`/jhub/user/alice/proxy/${free}/`, {}, 'POST', Buffer.from('x'));
    expect(posted.status).toBe(503);
    expect(posted.body).not.toContain('http-equiv="refresh"');
  });

  it('refuses its own port, and what is no port, with a page', async () => {
    const { port, get } = await forwarder();
    for (const word of [`${port}`, '0', '70000', 'x', 'localhost:80']) {
      const { status, body } = await get(`/jhub/user/alice/proxy/${word}/`);
      expect([word, status]).toEqual([word, 400]);
      expect(body).toContain('<h1>This address cannot be read</h1>');
    }
    expect((await get('/jhub/user/bob/proxy/80/')).status).toBe(404);
  });

  it('carries WebSockets, text and bytes', async () => {
    const app = await httpServer(echo);
    const sockets = new WebSocketServer({ server: app.server });
    sockets.on('connection', (socket, request) => {
      socket.send(String(request.url));
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
    const { port, get } = await forwarder();
    const client = new WebSocket(`ws://127.0.0.1:${port}/jhub/user/alice/proxy/${app.port}/feed?x`, {
      headers: KEY,
    });
    expect(String((await once(client, 'message'))[0])).toBe('/feed?x');
    const bytes = Buffer.alloc(300_000, 7);
    client.send(bytes);
    const [answer, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
    expect(isBinary).toBe(true);
    expect(answer.equals(bytes)).toBe(true);
    expect(JSON.parse((await get(PORTS_USE_PATH)).body)).toMatchObject({ open: 1 });
    client.close();
    await once(client, 'close');
  });

  it('carries a large upload as it is', async () => {
    const app = await httpServer((request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('end', () => response.end(hash.digest('hex')));
    });
    const { get } = await forwarder();
    const body = Buffer.alloc(20_000_000, 'berth');
    const { body: digest } = await get(`/jhub/user/alice/proxy/${app.port}/up`, {}, 'POST', body);
    expect(digest).toBe(createHash('sha256').update(body).digest('hex'));
  });
});
