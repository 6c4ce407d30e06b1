import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addRoute, answering, ask, httpServer, proxyWith, rawServer, talk, until } from './harness.ts';

/** A proxy with two routes whose servers count what reaches them. */
async function watched() {
  const proxy = await proxyWith();
  const reached: string[] = [];
  const server = await httpServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    request.resume();
    response.end('reached');
  });
  addRoute(proxy, '/user/alice', server.url);
  addRoute(proxy, '/user/bob', server.url);
  return { proxy, reached };
}

describe('smuggling: nothing of an ambiguous request reaches a server', () => {
  const inner = 'GET /user/bob HTTP/1.1\r\nHost: h\r\n\r\n';
  it.each([
    [
      'Content-Length and Transfer-Encoding',
      `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ['two lengths', `Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`],
    ['a list of lengths', `Content-Length: 5, 6\r\n\r\n${inner}`],
    ['a signed length', `Content-Length: +5\r\n\r\n${inner}`],
    ['chunked, identity', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`],
    ['gzip, chunked', `Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${inner}`],
    ['xchunked', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
    ['two encodings', `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`],
    ['a space before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`],
    ['a folded line', `X: a\r\n Transfer-Encoding: chunked\r\n\r\n${inner}`],
    ['a bare line feed', `X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`],
    ['a NUL in a value', `X: a\0b\r\n\r\n${inner}`],
    ['a bare carriage return', `X: a\rb\r\n\r\n${inner}`],
    [
      'a chunk size that overflows',
      'Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n',
    ],
  ])('%s', async (_, rest) => {
    const { proxy, reached } = await watched();
    const heard = await talk(proxy.publicPort, `POST /user/alice HTTP/1.1\r\nHost: h\r\n${rest}`);
    expect(heard).not.toMatch(/^HTTP\/1\.1 2/);
    expect(reached.filter((line) => line.includes('bob'))).toEqual([]);
  });

  it('what follows a refused request on its connection', async () => {
    const { proxy, reached } = await watched();
    const heard = await talk(proxy.publicPort, `GET /user/%zz HTTP/1.1\r\nHost: h\r\n\r\n${inner}`);
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toMatch(/Connection: close/i);
    expect(reached).toEqual([]);
  });

  it('HTTP/1.0 with Transfer-Encoding', async () => {
    const { proxy, reached } = await watched();
    await talk(
      proxy.publicPort,
      `POST /user/alice HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    );
    expect(reached).toEqual([]);
  });

  it('two requests on one connection stay two', async () => {
    const { proxy, reached } = await watched();
    const heard = await talk(
      proxy.publicPort,
      `POST /user/alice HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc${inner}`,
    );
    expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(reached).toEqual(['POST /user/alice', 'GET /user/bob']);
  });
});

describe('paths that would be read two ways are refused with 400', () => {
  it.each([
    '//evil.example/user/alice/x',
    '/user/alice%2F..%2Fbob',
    '/user/alice/../bob',
    '/user/alice/%2e%2e/bob',
    '/user/alice/.',
    '/user%2Falice/x',
    '/user/alice%5Cx',
    '/user/alice\\..\\bob',
    '/user/alice%00',
    '/user/%zz',
    '/user/alice/%',
    '/user/%c0%af',
    'http://evil.example/user/alice/x',
    'user/alice',
  ])('%s', async (target) => {
    const { proxy, reached } = await watched();
    expect(await talk(proxy.publicPort, `GET ${target} HTTP/1.1\r\nHost: h\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(reached).toEqual([]);
  });

  it.each([
    '/constructor',
    '/toString/x',
    '/__proto__/x',
    '/user/constructor',
    '/user/alicex',
    '/user/Alice',
  ])('%s has no server: 404', async (target) => {
    const { proxy, reached } = await watched();
    expect((await ask(proxy.publicPort, target)).status).toBe(404);
    expect(reached).toEqual([]);
  });

  it('the absolute form is taken for the host that is meant, as a path', async () => {
    const { proxy, reached } = await watched();
    expect(await talk(proxy.publicPort, 'GET http://h/user/alice/x HTTP/1.1\r\nHost: h\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200/,
    );
    expect(reached).toEqual(['GET /user/alice/x']);
  });

  it('CONNECT gets no tunnel', async () => {
    const { proxy, reached } = await watched();
    expect(await talk(proxy.publicPort, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: h\r\n\r\n')).not.toMatch(
      / 2\d\d /,
    );
    expect(reached).toEqual([]);
  });
});

describe('hosts and headers', () => {
  it.each([
    ['no Host', ''],
    ['two Hosts', 'Host: h\r\nHost: other\r\n'],
    ['a user in Host', 'Host: hub.example@evil\r\n'],
    ['a path in Host', 'Host: h/evil\r\n'],
    ['a very long Host', `Host: ${'h'.repeat(1000)}\r\n`],
  ])('%s is refused with 400', async (_, headers) => {
    const { proxy, reached } = await watched();
    expect(await talk(proxy.publicPort, `GET /user/alice HTTP/1.1\r\n${headers}\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(reached).toEqual([]);
  });

  it('100 kB of headers get 431, and so do 2,000 fields; 24 kB of cookies pass', async () => {
    const { proxy, reached } = await watched();
    expect(
      await talk(
        proxy.publicPort,
        `GET /user/alice HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 431 /);
    expect(
      await talk(proxy.publicPort, `GET /user/alice HTTP/1.1\r\nHost: h\r\n${'A: b\r\n'.repeat(2000)}\r\n`),
    ).toMatch(/^HTTP\/1\.1 431 /);
    expect(reached).toEqual([]);
    addRoute(proxy, '/big', (await answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')).url);
    expect(
      (await ask(proxy.publicPort, '/big', { headers: { cookie: `a=${'x'.repeat(24_000)}` } })).status,
    ).toBe(200);
  });

  it('what a client says of itself does not reach the server', async () => {
    const proxy = await proxyWith('--trusted-proxies=none');
    const { url } = await httpServer((request, response) => response.end(JSON.stringify(request.headers)));
    addRoute(proxy, '/a', url);
    const spoofed = {
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil',
      forwarded: 'for=1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-scheme': 'https',
      'remote-user': 'admin',
      'x-forwarded-user': 'admin',
      te: 'trailers',
      'proxy-authorization': 'x',
      connection: 'x-hop',
      'x-hop': '1',
    };
    const seen = JSON.parse(
      (await ask(proxy.publicPort, '/a', { headers: { ...spoofed, host: 'hub.example' } })).body,
    );
    expect(seen).toEqual({
      host: 'hub.example',
      connection: 'keep-alive',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'hub.example',
      'x-forwarded-port': '80',
    });
  });
});

describe('slow clients and floods', () => {
  it('a client that never ends its head does not hold others up', async () => {
    const { proxy } = await watched();
    const slow = Array.from({ length: 200 }, () => {
      const socket = connect(proxy.publicPort, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('GET /user/alice HTTP/1.1\r\nHost: h\r\nX: ');
      return socket;
    });
    expect((await ask(proxy.publicPort, '/user/alice')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  it('a body without a byte for a minute is refused with 408, one that goes on is not', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/a', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.on('error', () => undefined);
    let heard = '';
    client.on('data', (chunk) => {
      heard += chunk;
    });
    client.write('POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nsome');
    await until(() => server.sockets.size === 1);
    proxy.context.open.sweep(Date.now() + 50_000);
    await sleep(50);
    expect(heard).toBe('');
    proxy.context.open.sweep(Date.now() + 61_000);
    await until(() => client.closed && server.sockets.size === 0);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a client that takes no byte for five minutes is given up', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
          socket.once('drain', more);
        };
        more();
      });
    });
    addRoute(proxy, '/a', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.on('error', () => undefined);
    client.pause();
    client.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => server.sockets.size === 1);
    await sleep(300);
    proxy.context.open.sweep(Date.now() + 200_000);
    await sleep(50);
    expect(server.sockets.size).toBe(1);
    proxy.context.open.sweep(Date.now() + 301_000);
    await until(() => server.sockets.size === 0);
    client.destroy();
  });

  it('more than --max-connections are turned away, and room is made again', async () => {
    const proxy = await proxyWith('--max-connections=5');
    const held = Array.from({ length: 5 }, () => connect(proxy.publicPort, '127.0.0.1'));
    await until(() => held.every((socket) => !socket.connecting));
    await expect(ask(proxy.publicPort, '/_chp_healthz')).rejects.toThrow();
    for (const socket of held) socket.destroy();
    await until(() => held.every((socket) => socket.closed));
    await expect
      .poll(async () =>
        ask(proxy.publicPort, '/_chp_healthz').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  it('--allowed-hosts: another name gets 421, as a request and as an upgrade', async () => {
    const proxy = await proxyWith('--allowed-hosts=Hub.example, [::1]');
    addRoute(proxy, '/a', (await httpServer((_, response) => response.end('reached'))).url);
    const asked = async (host: string): Promise<string> =>
      talk(proxy.publicPort, `GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    for (const host of ['hub.example', 'HUB.example:8000', '[::1]:8000'])
      expect(await asked(host)).toMatch(/^HTTP\/1\.1 200 [\s\S]*reached/);
    for (const host of ['evil.example', 'hub.example.evil', '127.0.0.1'])
      expect(await asked(host)).toMatch(/^HTTP\/1\.1 421 /);
    const upgrade =
      'GET /a HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await talk(proxy.publicPort, upgrade)).toMatch(/^HTTP\/1\.1 421 /);
  });

  it('more than --max-connections-per-address of one client are turned away; those it has go on', async () => {
    const proxy = await proxyWith('--max-connections-per-address=5', '--trusted-proxies=none');
    const held = Array.from({ length: 5 }, () => connect(proxy.publicPort, '127.0.0.1'));
    await until(() => held.every((socket) => !socket.connecting));
    await expect(ask(proxy.publicPort, '/_chp_healthz')).rejects.toThrow();
    // Another address is another client.
    expect(await fromAddress(proxy.publicPort, '127.0.0.2')).toMatch(/^HTTP\/1\.1 200 /);
    held[0]?.write('GET /_chp_healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    await until(() => held[0]?.bytesRead !== 0);
    for (const socket of held) socket.destroy();
    await expect.poll(() => fromAddress(proxy.publicPort, '127.0.0.1').catch(() => '')).toMatch(/ 200 /);
  });

  it('a trusted front server is not one client: the bound per address leaves it alone', async () => {
    const proxy = await proxyWith('--max-connections-per-address=5', '--trusted-proxies=127.0.0.3');
    const front = Array.from({ length: 20 }, () =>
      connect({ port: proxy.publicPort, host: '127.0.0.1', localAddress: '127.0.0.3' }),
    );
    await until(() => front.every((socket) => !socket.connecting));
    expect(await fromAddress(proxy.publicPort, '127.0.0.3')).toMatch(/^HTTP\/1\.1 200 /);
    expect(front.every((socket) => !socket.destroyed)).toBe(true);
    for (const socket of front) socket.destroy();
  });

  it('--timeout drops a request without a byte; --proxy-timeout answers 504', async () => {
    const silent = await rawServer((socket) => socket.resume());
    const impatient = await proxyWith('--proxy-timeout=300');
    addRoute(impatient, '/a', silent.url);
    expect((await ask(impatient.publicPort, '/a')).status).toBe(504);
    const dropping = await proxyWith('--timeout=300');
    addRoute(dropping, '/a', silent.url);
    await expect(ask(dropping.publicPort, '/a')).rejects.toThrow(/hang up|ECONNRESET/);
    await until(() => silent.sockets.size === 0);
  });
});

/** Asks for the proxy's health from an address of our own; answers what came back. */
async function fromAddress(port: number, localAddress: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.write('GET /_chp_healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += chunk;
  if (text === '') throw new Error('closed without a word');
  return text;
}
