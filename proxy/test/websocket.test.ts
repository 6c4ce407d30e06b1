import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  addRoute,
  answering,
  control,
  httpServer,
  proxyWith,
  rawServer,
  routeTable,
  talk,
  until,
  upgrade,
} from './harness.ts';

const SWITCH =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n';

/** A real WebSocket server that echoes; it says which subprotocol and headers it saw. */
async function echoing() {
  const { server, url } = await httpServer((_, response) => response.end('plain'));
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: true,
    handleProtocols: (protocols) => [...protocols][0] ?? false,
    maxPayload: 64 << 20,
  });
  sockets.on('connection', (socket, request) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
    if (request.url?.includes('headers')) socket.send(JSON.stringify(request.headers));
  });
  return url;
}

async function opened(url: string, protocols: string[] = [], options = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, options);
  await once(socket, 'open');
  return socket;
}

describe('WebSockets', () => {
  it('live on when their route is removed, and end within seconds when it is cut', async () => {
    const proxy = await proxyWith();
    const url = await echoing();
    addRoute(proxy, '/user/alice', url);
    const spared = await opened(`ws://127.0.0.1:${proxy.publicPort}/user/alice/ws`);
    expect((await control(proxy, 'DELETE', '/user/alice')).status).toBe(204);
    spared.send('still there');
    expect(String((await once(spared, 'message'))[0])).toBe('still there');
    spared.close();

    addRoute(proxy, '/user/alice', url);
    const ended = await opened(`ws://127.0.0.1:${proxy.publicPort}/user/alice/ws`);
    const closed = once(ended, 'close');
    expect((await control(proxy, 'DELETE', '/user/alice?cut=1')).status).toBe(204);
    const late = sleep(3000).then(() => 'late');
    expect(await Promise.race([closed.then(() => 'closed'), late])).toBe('closed');
  });

  it('carry frames of any size, text and binary, with subprotocol and compression', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/user/alice', await echoing());
    const socket = await opened(
      `ws://127.0.0.1:${proxy.publicPort}/user/alice/ws`,
      ['v1.kernel.websocket.jupyter.org', 'b'],
      { perMessageDeflate: true },
    );
    expect(socket.protocol).toBe('v1.kernel.websocket.jupyter.org');
    expect(socket.extensions).toContain('permessage-deflate');
    for (const size of [0, 1, 125, 126, 65_535, 65_536, 12_000_000]) {
      const message = Buffer.alloc(size, 'abc');
      socket.send(message);
      const [echo] = (await once(socket, 'message')) as [Buffer];
      expect(echo.equals(message), String(size)).toBe(true);
    }
    socket.close();
    await once(socket, 'close');
  });

  it('have Host, Origin and X-Forwarded-* as HTTP requests have, and no hub cookies for notebooks', async () => {
    const proxy = await proxyWith('--trusted-proxies=none');
    addRoute(proxy, '/user/alice', await echoing(), { user: 'alice' });
    const socket = new WebSocket(`ws://127.0.0.1:${proxy.publicPort}/user/alice/headers`, {
      headers: {
        host: 'hub.example',
        origin: 'https://hub.example',
        cookie: 'berth-session=s; _xsrf=x',
        'x-forwarded-for': '1.2.3.4',
      },
    });
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(message.toString())).toMatchObject({
      host: 'hub.example',
      origin: 'https://hub.example',
      cookie: '_xsrf=x',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
    socket.terminate();
  });

  it('bytes sent with the handshake, by either side, are not lost', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => {
      let seen = '';
      socket.on('data', (chunk) => {
        seen += chunk;
        if (chunk.includes('\r\n\r\n')) socket.write(`${SWITCH}first`);
        if (seen.endsWith('early')) socket.write('got-it');
      });
    });
    addRoute(proxy, '/a', server.url);
    const heard = await talk(
      proxy.publicPort,
      'GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 101 /);
    expect(heard).toContain('first');
    expect(heard).toContain('got-it');
  });
});

describe('the tunnel opens only after a checked 101', () => {
  it.each([
    ['a 200', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno', /^HTTP\/1\.1 200 OK\r\n/],
    [
      'a chunked 403',
      'HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n',
      /^HTTP\/1\.1 403 Forbidden\r\n/,
    ],
    [
      'a 101 to something else',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
      /^HTTP\/1\.1 502 /,
    ],
    ['garbage', 'what?\r\n\r\n', /^HTTP\/1\.1 502 /],
  ])(
    '%s is relayed once and the connection closed; later bytes reach nobody',
    async (_, answer, expected) => {
      const proxy = await proxyWith();
      let received = '';
      const server = await rawServer((socket) => {
        socket.on('data', (chunk) => {
          received += chunk;
          if (chunk.includes('Upgrade: websocket')) socket.write(answer);
        });
      });
      addRoute(proxy, '/a', server.url);
      const client = await upgrade(proxy.publicPort, '/a');
      await until(() => client.heard().length > 0);
      client.write('GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n');
      await until(() => client.closed);
      expect(client.heard()).toMatch(expected);
      expect(client.heard()).toMatch(/Connection: close/i);
      expect(received).not.toContain('hidden');
      await until(() => server.sockets.size === 0);
    },
  );

  it('an upgrade to anything but websocket is an ordinary request', async () => {
    const proxy = await proxyWith();
    let seen = '';
    const { url } = await httpServer((request, response) => {
      seen = `${request.headers.upgrade} ${request.headers['http2-settings']}`;
      response.end('plain');
    });
    addRoute(proxy, '/a', url);
    const heard = await talk(
      proxy.publicPort,
      'GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen).toBe('undefined undefined');
  });

  it('an upgrade without a Host is refused', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', await echoing());
    const heard = await talk(
      proxy.publicPort,
      'GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a flood before the 101 is cut at 64 KB', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/a', server.url);
    const client = await upgrade(proxy.publicPort, '/a');
    client.write(Buffer.alloc(200_000));
    await until(() => client.closed && server.sockets.size === 0);
  });
});

describe('upgrades that lead nowhere get a status and a closed connection', () => {
  it.each([
    ['/nowhere', 404],
    ['/a/%zz', 400],
    ['/dead', 503],
  ])('%s: %i, 50 times without a socket left', async (path, status) => {
    const proxy = await proxyWith();
    addRoute(proxy, '/a', 'http://127.0.0.1:9');
    addRoute(proxy, '/dead', 'http://127.0.0.1:9');
    const clients = await Promise.all(Array.from({ length: 50 }, () => upgrade(proxy.publicPort, path)));
    await until(() => clients.every((client) => client.closed));
    for (const client of clients) expect(client.heard()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(proxy.context.open.requests.size).toBe(0);
  });
});

describe('no socket stays behind', () => {
  it('when 50 clients vanish during a hung handshake', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.resume());
    addRoute(proxy, '/a', server.url);
    const clients = await Promise.all(Array.from({ length: 50 }, () => upgrade(proxy.publicPort, '/a')));
    await until(() => server.sockets.size === 50);
    clients.forEach((client, at) => void (at % 2 === 0 ? client.destroy() : client.end()));
    await until(() => server.sockets.size === 0);
    await until(() => clients.every((client) => client.closed));
    expect(proxy.context.open.requests.size).toBe(0);
  });

  it('when either end of an open WebSocket goes', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) => socket.once('data', () => socket.write(SWITCH)));
    addRoute(proxy, '/a', server.url);
    const gone = async (end: (client: Socket, upstream: Socket) => void): Promise<void> => {
      const client = await upgrade(proxy.publicPort, '/a');
      await until(() => client.heard().includes('101'));
      for (const upstream of server.sockets) {
        upstream.resume();
        end(client, upstream);
      }
      await until(() => client.closed && server.sockets.size === 0);
      await until(() => proxy.context.counts.openWebSockets === 0);
    };
    await gone((client) => client.destroy());
    await gone((client) => client.end());
    await gone((client) => client.resetAndDestroy());
    await gone((_, upstream) => upstream.destroy());
    await gone((_, upstream) => upstream.end());
    await gone((_, upstream) => upstream.resetAndDestroy());
  });

  it('the last words of the server arrive before the close', async () => {
    const proxy = await proxyWith();
    const server = await rawServer((socket) =>
      socket.once('data', () => socket.end(`${SWITCH}${'x'.repeat(500_000)}bye`)),
    );
    addRoute(proxy, '/a', server.url);
    const client = await upgrade(proxy.publicPort, '/a');
    await until(() => client.closed);
    expect(client.heard().endsWith('bye')).toBe(true);
  });
});

describe('back-pressure', () => {
  it('a client that does not read stops the server', async () => {
    const proxy = await proxyWith();
    let sent = 0;
    const server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write(SWITCH);
        const more = (): void => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536))) sent += 65_536;
          socket.once('drain', more);
        };
        more();
      });
    });
    addRoute(proxy, '/a', server.url);
    const client = connect(proxy.publicPort, '127.0.0.1');
    client.pause();
    client.write('GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await until(() => sent > 0);
    await sleep(300);
    const stuck = sent;
    await sleep(300);
    expect(sent).toBe(stuck);
    client.destroy();
    await until(() => server.sockets.size === 0);
  });
});

describe('activity', () => {
  const ago = Date.now() - 100_000;

  async function quietSocket() {
    const proxy = await proxyWith();
    let upstream: Socket | undefined;
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.write(SWITCH));
      upstream = socket;
    });
    addRoute(proxy, '/a', server.url);
    const client = await upgrade(proxy.publicPort, '/a');
    await until(() => client.heard().includes('101'));
    const route = proxy.context.routes.get('/a');
    if (route === undefined || upstream === undefined) throw new Error('no route');
    route.state.lastActivity = ago;
    route.state.lastClientActivity = ago;
    const seenAfter = async (send: () => void): Promise<{ any: boolean; person: boolean }> => {
      send();
      await sleep(100);
      const table = await routeTable(proxy);
      const seen = {
        any: Date.parse(table['/a']?.last_activity ?? '') > ago,
        person: Date.parse(table['/a']?.last_client_activity ?? '') > ago,
      };
      route.state.lastActivity = ago;
      route.state.lastClientActivity = ago;
      return seen;
    };
    return { client, upstream, seenAfter };
  }

  it('ping, pong and close are none; the kernel’s output is activity; what a client sends is a person’s', async () => {
    const { client, upstream, seenAfter } = await quietSocket();
    const masked = (opcode: number, text: string): Buffer =>
      Buffer.from([0x80 | opcode, 0x80 | text.length, 0, 0, 0, 0, ...Buffer.from(text)]);
    const plain = (opcode: number, text: string): Buffer =>
      Buffer.from([0x80 | opcode, text.length, ...Buffer.from(text)]);
    expect(await seenAfter(() => client.write(masked(9, 'ping')))).toEqual({ any: false, person: false });
    expect(await seenAfter(() => client.write(masked(10, '')))).toEqual({ any: false, person: false });
    expect(await seenAfter(() => upstream.write(plain(9, 'ping')))).toEqual({ any: false, person: false });
    expect(await seenAfter(() => upstream.write(plain(1, 'output')))).toEqual({ any: true, person: false });
    expect(await seenAfter(() => client.write(masked(1, 'typed')))).toEqual({ any: true, person: true });
    client.destroy();
  });
});

it('an answer without a tunnel does not count the upgrade as open', async () => {
  const proxy = await proxyWith();
  addRoute(proxy, '/a', (await answering('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')).url);
  const client = await upgrade(proxy.publicPort, '/a');
  await until(() => client.closed);
  expect(proxy.context.counts).toMatchObject({ webSockets: 1, openWebSockets: 0 });
});
