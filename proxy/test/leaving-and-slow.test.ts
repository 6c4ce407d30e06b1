// Clients that go, do not read, or do not stop sending.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addRoute, answering, proxyWith, rawServer, until } from './harness.ts';

describe('client aborts', () => {
  it('of streams and downloads reach the server: 20 of 20', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n'),
      );
    });
    addRoute(proxy, '/a', server.url);
    const clients = Array.from({ length: 20 }, () => connect(proxy.publicPort, '127.0.0.1'));
    for (const client of clients) client.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await Promise.all(clients.map((client) => once(client, 'data')));
    expect(server.sockets.size).toBe(20);
    for (const client of clients) client.destroy();
    await until(() => server.sockets.size === 0);
    expect(proxy.context.open.requests.size).toBe(0);
  });

  it('of requests that wait behind another on their connection reach it too', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/a', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => server.sockets.size === 2);
    client.destroy();
    await until(() => server.sockets.size === 0);
    expect(proxy.context.open.requests.size).toBe(0);
  });

  it('before the server answered reach it too', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/a', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => server.sockets.size === 1);
    client.destroy();
    await until(() => server.sockets.size === 0);
  });
});

describe('back-pressure', () => {
  it('a client that does not read does not fill our memory, and an endless upload neither', async () => {
    const proxy = await proxyWith();
    let sent = 0;
    const source = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536))) sent += 65_536;
          socket.once('drain', more);
        };
        more();
      });
    });
    addRoute(proxy, '/down', source.url);
    const reader = connect(proxy.publicPort, '127.0.0.1');
    reader.pause();
    reader.write('GET /down HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => sent > 0);
    await comesToRest(() => sent);
    reader.destroy();

    const deaf = await rawServer((socket) => socket.pause());
    addRoute(proxy, '/up', deaf.url);
    const writer = connect(proxy.publicPort, '127.0.0.1');
    writer.on('error', () => undefined);
    writer.write('POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\n');
    const push = (): void => {
      while (!writer.destroyed && writer.write(Buffer.alloc(65_536)));
      writer.once('drain', push);
    };
    push();
    await comesToRest(() => writer.bytesWritten);
    writer.destroy();
  });

  /** Waits until a number has stood still for 300 ms; what is held back fills buffers of a few megabytes first. */
  async function comesToRest(read: () => number): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (let before = -1; before !== read(); ) {
      if (Date.now() > deadline) throw new Error(`still flowing, at ${read()}`);
      before = read();
      await sleep(300);
    }
    expect(read()).toBeLessThan(64 * 1024 * 1024);
  }
});

describe('early answers', () => {
  it('reach a client that is still sending', async () => {
    const proxy = await proxyWith();
    addRoute(
      proxy,
      '/a',
      (await answering('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig', 'end')).url,
    );
    const socket = connect(proxy.publicPort, '127.0.0.1');
    socket.on('error', () => undefined);
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write('POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n');
    for (let i = 0; i < 30; i += 1) {
      socket.write(Buffer.alloc(100_000));
      await sleep(5);
    }
    await until(() => heard.includes('big'));
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    // The rest was read and thrown away, so the connection carries another request.
    socket.write('GET /_chp_healthz HTTP/1.1\r\nHost: h\r\n\r\n');
    await until(() => heard.includes('"OK"'));
    socket.destroy();
    await until(() => proxy.context.open.requests.size === 0);
  });
});
