import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addRoute, answering, ask, httpServer, proxyWith, rawServer, talk, until } from './harness.ts';

const echo = () =>
  httpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('X-Method', request.method ?? '');
      response.setHeader('X-Url', request.url ?? '');
      response.end(Buffer.concat(chunks));
    });
  });

describe('methods, paths and bodies', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT', 'M-SEARCH'])(
    '%s goes through with its body',
    async (method) => {
      const proxy = await proxyWith();
      addRoute(proxy, '/a', (await echo()).url);
      const body = method === 'HEAD' ? '' : 'some body';
      const reply = await ask(proxy.publicPort, '/a', {
        method,
        ...(body === '' ? {} : { body, headers: { 'content-length': String(body.length) } }),
      });
      expect(reply).toMatchObject({ status: 200, body });
      expect(reply.headers['x-method']).toBe(method);
    },
  );

  it.each([
    '/user/alice/a%2Fb//c%20d/;p=1?q=%2f&x=a\\b[]',
    '/user/alice',
    '/user/alice/?',
    '/user/alice/%E2%82%AC',
  ])('the raw path %s is not touched', async (path) => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) =>
      socket.on('data', (chunk) =>
        socket.end(
          `HTTP/1.1 200 OK\r\nX-Line: ${chunk.toString('latin1').split('\r\n')[0]}\r\nContent-Length: 0\r\n\r\n`,
        ),
      ),
    );
    addRoute(proxy, '/user/alice', server.url);
    const heard = await talk(proxy.publicPort, `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`);
    expect(heard).toContain(`X-Line: GET ${path} HTTP/1.1`);
  });

  it('megabytes go through unchanged, counted and chunked, both ways', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', (await echo()).url);
    const body = randomBytes(3_000_000);
    const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
    for (const headers of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const reply = await ask(proxy.publicPort, '/a', { method: 'POST', body, headers });
      expect(digest(Buffer.from(reply.body, 'latin1'))).toBe(digest(body));
    }
  });

  it('DELETE and OPTIONS with a chunked body stay chunked: the body never becomes another request', async () => {
    const proxy = await proxyWith();
    const requests: string[] = [];
    const server = await httpServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        requests.push(`${request.method} ${request.url} ${request.headers['transfer-encoding']} ${body}`);
        response.end('ok');
      });
    });
    addRoute(proxy, '/a', server.url);
    const inner = 'GET /a/smuggled HTTP/1.1\r\nHost: h\r\n\r\n';
    for (const method of ['DELETE', 'OPTIONS', 'GET']) {
      await talk(
        proxy.publicPort,
        `${method} /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`,
      );
    }
    expect(requests).toEqual(['DELETE', 'OPTIONS', 'GET'].map((method) => `${method} /a chunked ${inner}`));
  });
});

describe('trailers, Expect and 1xx', () => {
  it('trailers pass both ways, without those that would change the message', async () => {
    const proxy = await proxyWith();
    let seen: unknown;
    const server = await httpServer((request, response) => {
      request.resume();
      request.on('end', () => {
        seen = request.trailers;
        response.writeHead(200, { Trailer: 'X-Sum, Set-Cookie' });
        response.write('x');
        response.addTrailers({ 'X-Sum': '42', 'Set-Cookie': 'a=b' });
        response.end();
      });
    });
    addRoute(proxy, '/a', server.url);
    const heard = await talk(
      proxy.publicPort,
      'POST /a HTTP/1.1\r\nHost: h\r\nTrailer: X-In\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-In: 7\r\nAuthorization: x\r\n\r\n',
    );
    expect(seen).toEqual({ 'x-in': '7' });
    expect(heard).toContain('0\r\nX-Sum: 42\r\n\r\n');
    expect(heard).not.toContain('a=b');
  });

  it('a request with Trailer and a response with Trailer but no chunks do no harm', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/a',
      (await answering('HTTP/1.1 200 OK\r\nTrailer: X\r\nContent-Length: 2\r\n\r\nok')).url,
    );
    const heard = await talk(proxy.publicPort, 'GET /a HTTP/1.1\r\nHost: h\r\nTrailer: X\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(heard.endsWith('ok')).toBe(true);
    expect(heard).not.toContain('Trailer');
  });

  it('Expect: 100-continue is the server’s to answer', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => {
      let seen = '';
      socket.on('data', (chunk) => {
        seen += chunk;
        if (seen.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
        if (seen.endsWith('body'))
          socket.end(
            `HTTP/1.1 200 OK\r\nX-Expect: ${/expect: (\S+)/i.exec(seen)?.[1]}\r\nContent-Length: 0\r\n\r\n`,
          );
      });
    });
    addRoute(proxy, '/a', server.url);
    const socket = connect(proxy.publicPort, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write('POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
    await until(() => heard.includes('100 Continue'));
    socket.write('body');
    await until(() => heard.includes('X-Expect: 100-continue'));
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(2);
    socket.destroy();
  });

  it('a refusal instead of 100 is passed on and the connection closed', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', (await answering('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n')).url);
    const heard = await talk(
      proxy.publicPort,
      'POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 413 Too Large/);
    expect(heard).toMatch(/Connection: close/i);
  });

  it('103 Early Hints pass; a 100 nobody asked for does not', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/a',
      (
        await answering(
          'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
        )
      ).url,
    );
    const heard = await talk(proxy.publicPort, 'GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(heard).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload\r\n\r\nHTTP\/1\.1 200 OK/,
    );
    expect(heard.endsWith('ok')).toBe(true);
  });
});

describe('responses', () => {
  it('HEAD, 204 and 304 have no body and keep the connection', async () => {
    const proxy = await proxyWith();
    const server = await httpServer((request, response) => {
      const status = Number(request.url?.slice(3));
      response.writeHead(status, status === 200 ? { 'Content-Length': '5' } : {});
      response.end();
    });
    addRoute(proxy, '/a', server.url);
    const heard = await talk(
      proxy.publicPort,
      'HEAD /a/200 HTTP/1.1\r\nHost: h\r\n\r\nGET /a/204 HTTP/1.1\r\nHost: h\r\n\r\nGET /a/304 HTTP/1.1\r\nHost: h\r\n\r\nHEAD /a/200 HTTP/1.1\r\nHost: h\r\n\r\n',
    );
    expect(heard.match(/HTTP\/1\.1 (\d+)/g)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 204',
      'HTTP/1.1 304',
      'HTTP/1.1 200',
    ]);
    expect(heard).toContain('Content-Length: 5');
  });

  it('a body that ends with the connection is passed whole', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', (await answering('HTTP/1.0 200 OK\r\n\r\nuntil the end', 'end')).url);
    expect((await ask(proxy.publicPort, '/a')).body).toBe('until the end');
  });

  it('an HTTP/1.0 client gets a body without chunks', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/a',
      (
        await answering(
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n2\r\nok\r\n0\r\nX: 1\r\n\r\n',
        )
      ).url,
    );
    const heard = await talk(proxy.publicPort, 'GET /a HTTP/1.0\r\nHost: h\r\n\r\n');
    expect(heard.endsWith('\r\n\r\nok')).toBe(true);
    expect(heard).not.toMatch(/chunked|trailer/i);
  });

  it('spelling, order and repetition of fields stay', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/a',
      (
        await answering(
          'HTTP/1.1 200 Fine\r\nx-B: 1\r\nX-a: 2\r\nx-B: 3\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n',
        )
      ).url,
    );
    const reply = await ask(proxy.publicPort, '/a');
    expect(reply.reason).toBe('Fine');
    expect(reply.rawHeaders.slice(0, 10)).toEqual([
      'x-B',
      '1',
      'X-a',
      '2',
      'x-B',
      '3',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
    ]);
  });

  it('a stream of events is passed on as it comes, its head first', async () => {
    const proxy = await proxyWith();
    let send = (_: string): void => undefined;
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
      send = (text) => void response.write(text);
    });
    addRoute(proxy, '/a', server.url);
    const socket = connect(proxy.publicPort, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => heard.includes('text/event-stream'));
    send('data: 1\n\n');
    await until(() => heard.includes('data: 1'));
    send('data: 2\n\n');
    await until(() => heard.includes('data: 2'));
    socket.destroy();
  });

  it.each([
    ['Content-Length: 10\r\n\r\nshort', 'counted'],
    ['Transfer-Encoding: chunked\r\n\r\n5\r\nhel', 'chunked'],
  ])('a body cut off by the server is not made to look whole (%#)', async (rest) => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', (await answering(`HTTP/1.1 200 OK\r\n${rest}`, 'end')).url);
    await expect(ask(proxy.publicPort, '/a')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });
});

describe('targets', () => {
  it('a target’s path is put before the request’s unless --no-prepend-path', async () => {
    const { url } = await httpServer((request, response) => response.end(request.url));
    for (const [args, path] of [
      [[], '/base/a/x?y'],
      [['--no-prepend-path'], '/a/x?y'],
      [['--no-include-prefix'], '/base/x?y'],
      [['--no-include-prefix', '--no-prepend-path'], '/x?y'],
    ] as const) {
      const proxy = await proxyWith(...args);
      addRoute(proxy, '/a', `${url}/base/`);
      expect((await ask(proxy.publicPort, '/a/x?y')).body).toBe(path);
    }
  });

  it('--no-include-prefix cuts the prefix as it was sent, escapes and all', async () => {
    const { url } = await httpServer((request, response) => response.end(request.url));
    const proxy = await proxyWith('--no-include-prefix');
    addRoute(proxy, '/user/a%40b', url);
    expect((await ask(proxy.publicPort, '/user/a%40b/x%40')).body).toBe('/x%40');
    expect((await ask(proxy.publicPort, '/user/a@b')).body).toBe('/');
  });

  it('--host-routing takes the host as first segment, IPv6 literals too', async () => {
    const { url } = await httpServer((request, response) => response.end(request.url));
    const proxy = await proxyWith('--host-routing');
    addRoute(proxy, '/alice.example/user/alice', url);
    addRoute(proxy, '/[::1]', `${url}/six`);
    expect(
      (await ask(proxy.publicPort, '/user/alice/x', { headers: { host: 'ALICE.example:8000' } })).body,
    ).toBe('/user/alice/x');
    expect((await ask(proxy.publicPort, '/x', { headers: { host: '[::1]:8000' } })).body).toBe('/six/x');
    expect((await ask(proxy.publicPort, '/user/alice/x', { headers: { host: 'bob.example' } })).status).toBe(
      404,
    );
  });

  it('--change-origin and --custom-header change what the server sees', async () => {
    const { url, port } = await httpServer((request, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    const proxy = await proxyWith('--change-origin', '--custom-header', 'X-Lab: ours');
    addRoute(proxy, '/a', url);
    const seen = JSON.parse(
      (await ask(proxy.publicPort, '/a', { headers: { 'x-lab': 'theirs', host: 'hub.example' } })).body,
    );
    expect(seen).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-lab': 'ours',
      'x-forwarded-host': 'hub.example',
    });
  });

  it('a host name is resolved when a connection is made', async () => {
    const { port } = await httpServer((_, response) => response.end('here'));
    const proxy = await proxyWith();
    addRoute(proxy, '/a', `http://localhost:${port}`);
    addRoute(proxy, '/b', 'http://no-such-host.invalid:80');
    expect((await ask(proxy.publicPort, '/a')).body).toBe('here');
    expect((await ask(proxy.publicPort, '/b')).status).toBe(503);
  });
});
