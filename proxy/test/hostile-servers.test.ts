import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addRoute, answering, ask, httpServer, proxyWith, rawServer, talk, until } from './harness.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

describe('garbage from a server becomes 502, and harms nobody else', () => {
  it.each([
    ['a control character in the reason', 'HTTP/1.1 200 O\u0001K\r\nContent-Length: 0\r\n\r\n'],
    ['status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n'],
    [
      'an unasked 101',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ],
    ['a bad field name', `${OK}Bad Name: x\r\nContent-Length: 0\r\n\r\n`],
    ['a bad field value', `${OK}X: a\u0000b\r\nContent-Length: 0\r\n\r\n`],
    ['no colon', `${OK}nothing\r\nContent-Length: 0\r\n\r\n`],
    ['a folded line', `${OK}X: a\r\n b\r\nContent-Length: 0\r\n\r\n`],
    ['two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`],
    ['length and encoding', `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['an unknown encoding', `${OK}Transfer-Encoding: gzip\r\n\r\nx`],
    ['a negative length', `${OK}Content-Length: -1\r\n\r\n`],
    ['a head of 200 kB', `${OK}X: ${'x'.repeat(200_000)}\r\n\r\n`],
    ['a head that never ends', `${OK}X: ${'x'.repeat(140_000)}`],
    ['5,000 fields', `${OK}${'A: b\r\n'.repeat(5000)}Content-Length: 0\r\n\r\n`],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['binary noise', Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 0xff]).toString('latin1')],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['endless interim responses', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)],
  ])('%s', async (_, bytes) => {
    const proxy = await proxyWith();
    addRoute(proxy, '/evil', (await answering(bytes)).url);
    addRoute(proxy, '/good', (await httpServer((_request, response) => response.end('good'))).url);
    const heard = await talk(proxy.publicPort, 'GET /evil HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(heard.replace(/^(HTTP\/1\.1 102 Processing\r\n\r\n)+/, '')).toMatch(/^HTTP\/1\.1 502 /);
    expect((await ask(proxy.publicPort, '/good')).body).toBe('good');
    expect(proxy.context.open.requests.size).toBe(0);
  });

  it.each([
    ['a bad chunk size', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['a chunk longer than its size', `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n`],
    ['a chunk size that overflows', `${OK}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n`],
  ])('%s after the head cuts the connection', async (_, bytes) => {
    const proxy = await proxyWith();
    addRoute(proxy, '/evil', (await answering(bytes)).url);
    await expect(ask(proxy.publicPort, '/evil')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  it.each([
    ['a Trailer field', `${OK}Trailer: X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, 'ok'],
    ['a Trailer field without chunks', `${OK}Trailer: X\r\nContent-Length: 2\r\n\r\nok`, 'ok'],
    ['a 204 with a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody', ''],
  ])('%s does no harm', async (_, bytes, body) => {
    const proxy = await proxyWith();
    addRoute(proxy, '/evil', (await answering(bytes)).url);
    for (let i = 0; i < 3; i += 1) expect((await ask(proxy.publicPort, '/evil')).body).toBe(body);
  });
});

describe('a connection carries another request only after a clean end', () => {
  it('bytes after a response are never the next answer', async () => {
    const proxy = await proxyWith();
    const evil = await answering(`${OK}Content-Length: 2\r\n\r\nok${OK}Content-Length: 4\r\n\r\nevil`);
    addRoute(proxy, '/evil', evil.url);
    for (let i = 0; i < 4; i += 1) expect((await ask(proxy.publicPort, '/evil')).body).toBe('ok');
  });

  it('bytes on an idle connection are never the next answer', async () => {
    const proxy = await proxyWith();
    const evil = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
        setTimeout(() => socket.write(`${OK}Content-Length: 4\r\n\r\nevil`), 50);
      });
    });
    addRoute(proxy, '/evil', evil.url);
    expect((await ask(proxy.publicPort, '/evil')).body).toBe('ok');
    await until(() => evil.sockets.size === 0);
    expect(proxy.context.pools.idleCount).toBe(0);
    expect((await ask(proxy.publicPort, '/evil')).body).toBe('ok');
  });

  it('an answer before the end of the request ends the connection', async () => {
    const proxy = await proxyWith();
    const early = await rawServer((socket) =>
      socket.once('data', () => socket.write(`${OK}Content-Length: 2\r\n\r\nok`)),
    );
    addRoute(proxy, '/a', early.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    let heard = '';
    client.on('data', (chunk) => {
      heard += chunk;
    });
    client.write('POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345');
    await until(() => heard.endsWith('ok'));
    await until(() => early.sockets.size === 0);
    client.destroy();
  });

  it('connections to one server are never used for another', async () => {
    const proxy = await proxyWith();
    const a = await httpServer((_, response) => response.end('a'));
    const b = await httpServer((_, response) => response.end('b'));
    addRoute(proxy, '/a', a.url);
    addRoute(proxy, '/b', b.url);
    for (let i = 0; i < 10; i += 1) {
      expect((await ask(proxy.publicPort, '/a')).body).toBe('a');
      expect((await ask(proxy.publicPort, '/b')).body).toBe('b');
    }
  });
});

describe('connections that the server closes when idle', () => {
  it('cost no request: 3,000 of 3,000 with a server that closes after three', {
    timeout: 60_000,
  }, async () => {
    const proxy = await proxyWith();
    let served = 0;
    const server = await rawServer((socket) => {
      let count = 0;
      socket.on('data', () => {
        count += 1;
        if (count > 3) return;
        served += 1;
        socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
        if (count === 3) socket.end();
      });
    });
    addRoute(proxy, '/a', server.url);
    const statuses = new Map<number, number>();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 375; i += 1) {
          const { status } = await ask(proxy.publicPort, '/a');
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    expect([...statuses]).toEqual([[200, 3000]]);
    expect(served).toBe(3000);
  });

  it('a POST is never sent twice', async () => {
    const proxy = await proxyWith();
    let posts = 0;
    const server = await rawServer((socket) => {
      socket.on('data', (chunk) => {
        if (chunk.toString().startsWith('POST')) {
          posts += 1;
          socket.destroy();
        } else socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
      });
    });
    addRoute(proxy, '/a', server.url);
    await ask(proxy.publicPort, '/a');
    expect((await ask(proxy.publicPort, '/a', { method: 'POST', body: 'x' })).status).toBe(503);
    expect(posts).toBe(1);
  });

  it('a GET is sent again at most once, and only if no byte had come back', async () => {
    const proxy = await proxyWith();
    let gets = 0;
    const server = await rawServer((socket) => {
      let first = true;
      socket.on('data', () => {
        gets += 1;
        if (first && gets < 2) socket.write(`${OK}Content-Length: 2\r\n\r\nok`);
        else socket.destroy();
        first = false;
      });
    });
    addRoute(proxy, '/a', server.url);
    expect((await ask(proxy.publicPort, '/a')).status).toBe(200);
    expect((await ask(proxy.publicPort, '/a')).status).toBe(503);
    expect(gets).toBe(3);
  });
});

describe('a notebook speaks for itself only', () => {
  it('its reply loses what would reach the hub or other users', async () => {
    const proxy = await proxyWith();
    const evil = await answering(
      `${OK}Set-Cookie: berth-session=x; Path=/\r\nSet-Cookie: a=b; Domain=.example\r\nSet-Cookie: _xsrf=1; Path=/user/alice/\r\nService-Worker-Allowed: /\r\nClear-Site-Data: "*"\r\nLocation: //evil\r\nContent-Length: 0\r\n\r\n`,
    );
    addRoute(proxy, '/user/alice', evil.url, { user: 'alice' });
    const { headers } = await ask(proxy.publicPort, '/user/alice');
    expect(headers['set-cookie']).toEqual(['_xsrf=1; Path=/user/alice/']);
    expect(headers['service-worker-allowed']).toBeUndefined();
    expect(headers['clear-site-data']).toBeUndefined();
    expect(headers.location).toBe('//evil');
  });

  it('the hub may set its cookies', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/',
      (await answering(`${OK}Set-Cookie: berth-session=x; Path=/hub/\r\nContent-Length: 0\r\n\r\n`)).url,
      { hub: true },
    );
    expect((await ask(proxy.publicPort, '/hub/')).headers['set-cookie']).toEqual([
      'berth-session=x; Path=/hub/',
    ]);
  });

  it('it never sees the hub’s cookies; the hub does', async () => {
    const proxy = await proxyWith();
    const { url } = await httpServer((request, response) => response.end(request.headers.cookie));
    addRoute(proxy, '/user/alice', url, { user: 'alice' });
    addRoute(proxy, '/', url);
    const headers = { cookie: 'jupyterhub-hub-login=s; berth-session=s; _xsrf=x; jupyterhub-session-id=i' };
    expect((await ask(proxy.publicPort, '/user/alice/lab', { headers })).body).toBe(
      '_xsrf=x; jupyterhub-session-id=i',
    );
    expect((await ask(proxy.publicPort, '/hub/home', { headers })).body).toBe(headers.cookie);
  });
});
