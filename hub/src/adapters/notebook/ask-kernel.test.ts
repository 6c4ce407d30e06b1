import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { askKernel } from './ask-kernel.ts';

/** For the end of a wait to come soon; where an answer comes, it is waited for. */
const SHORT_MS = 400;
const LONG_MS = 30_000;
const KERNEL = '6f2b8c1a-0000-4000-8000-000000000001';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

async function serving(upgrade: Upgrade): Promise<string> {
  server = createServer((_, response) => response.writeHead(404).end());
  server.on('upgrade', upgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/user/a/`;
}

/** A real WebSocket at the other end, and what it is told. */
const speaking = (speak: (socket: WebSocket, message: Question) => void, greet = (_: WebSocket) => {}) => {
  const house = new WebSocketServer({ noServer: true });
  return serving((request, socket, head) =>
    house.handleUpgrade(request, socket, head, (line) => {
      greet(line);
      line.on('message', (data) => speak(line, JSON.parse(String(data))));
    }),
  );
};

interface Question {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly channel: string;
}

const answer = (channel: string, parent: string) =>
  JSON.stringify({ channel, header: { msg_type: 'kernel_info_reply' }, parent_header: { msg_id: parent } });

const ask = (base: string, answer = LONG_MS, letIn = LONG_MS) =>
  askKernel(base, 't', KERNEL, { answer, letIn });

test('a kernel that answers on its shell channel listens, and the line is hung up', async () => {
  const heads: (string | undefined)[] = [];
  let asked: Question | undefined;
  const closed = Promise.withResolvers<void>();
  const house = new WebSocketServer({ noServer: true });
  const base = await serving((request, socket, head) => {
    heads.push(request.url, request.headers.authorization, request.headers['sec-websocket-protocol']);
    house.handleUpgrade(request, socket, head, (line) => {
      line.on('close', () => closed.resolve());
      line.on('message', (data) => {
        asked = JSON.parse(String(data));
        line.send(answer('iopub', 'of another'));
        line.send(answer('shell', asked?.header.msg_id ?? ''));
      });
    });
  });
  expect(await ask(base)).toBe('answered');
  await closed.promise;
  expect(asked).toMatchObject({ channel: 'shell', header: { msg_type: 'kernel_info_request' } });
  expect(heads[0]).toMatch(
    new RegExp(`^/user/a/api/kernels/${KERNEL}/channels\\?session_id=[\\w-]{36}&no_track`),
  );
  expect(heads.slice(1)).toEqual(['token t', undefined]);
});

test.each([
  ['says nothing', () => {}],
  [
    'answers over the control channel',
    (line: WebSocket, { header }: Question) => line.send(answer('control', header.msg_id)),
  ],
  ['answers somebody else', (line: WebSocket) => line.send(answer('shell', 'another'))],
  [
    'says that it is busy',
    (line: WebSocket, { header }: Question) => line.send(answer('iopub', header.msg_id)),
  ],
  ['sends no JSON', (line: WebSocket) => line.send('{"channel": "shell"')],
  ['sends JSON of another shape', (line: WebSocket) => line.send('[null, {"parent_header": 7}]')],
  ['sends binary frames', (line: WebSocket) => line.send(Buffer.from([0, 0, 0, 1]))],
] as const)('one that %s is silent', async (_, speak) => {
  expect(await ask(await speaking(speak), SHORT_MS)).toBe('silent');
});

test.each([
  ['floods', (line: WebSocket) => flood(line, 'x'.repeat(60_000))],
  ['floods with binary frames', (line: WebSocket) => flood(line, Buffer.alloc(60_000))],
  ['sends a message without end', (line: WebSocket) => line.send('x'.repeat(8 * 1024 * 1024))],
  ['hangs up', (line: WebSocket) => line.close(1011)],
  ['breaks off', (line: WebSocket) => line.terminate()],
] as const)('one that %s is not waited for', async (_, greet) => {
  expect(await ask(await speaking(() => {}, greet))).toBe('refused');
});

function flood(line: WebSocket, what: string | Buffer): void {
  const timer = setInterval(() => line.send(what), 1);
  line.on('close', () => clearInterval(timer));
}

test('a server that compresses a bomb does the hub no harm', async () => {
  const house = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });
  const base = await serving((request, socket, head) => {
    house.handleUpgrade(request, socket, head, (line) => {
      line.send('x'.repeat(64 * 1024 * 1024));
    });
  });
  const before = process.memoryUsage.rss();
  expect(await ask(base)).toBe('refused');
  expect(process.memoryUsage.rss() - before).toBeLessThan(512 * 1024 * 1024);
});

test.each([
  ['403', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'],
  ['redirect', 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n'],
  [
    'handshake that is none',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  ],
] as const)('a %s is a refusal', async (_, said) => {
  expect(await ask(await serving((__, socket) => void socket.end(said)))).toBe('refused');
});

test('nobody listening is a refusal, and no exception', async () => {
  const base = await serving(() => {});
  server?.close();
  expect(await ask(base)).toBe('refused');
});

test('one that does not let in is silent, and is not left before it has: Jupyter would count it wrongly', async () => {
  const ended = Promise.withResolvers<number>();
  const letIn = Promise.withResolvers<WebSocket>();
  const house = new WebSocketServer({ noServer: true });
  const base = await serving((request, socket, head) => {
    const came = Date.now();
    socket.on('close', () => ended.resolve(Date.now() - came));
    setTimeout(() => house.handleUpgrade(request, socket, head, (line) => letIn.resolve(line)), 550);
  });
  expect(await ask(base, SHORT_MS)).toBe('silent');
  const line = await letIn.promise;
  await once(line, 'close');
  expect(await ended.promise).toBeGreaterThanOrEqual(540);
});

test.each([
  ['never lets in', (_: IncomingMessage, __: Socket) => {}],
  [
    'never says goodbye',
    (request: IncomingMessage, socket: Socket, head: Buffer) => {
      new WebSocketServer({ noServer: true }).handleUpgrade(request, socket, head, () => {
        // Nothing that comes is read any more, a goodbye among it.
        socket.removeAllListeners('data');
      });
    },
  ],
] as const)('the line to one that %s ends all the same', async (_, upgrade) => {
  const ended = Promise.withResolvers<void>();
  const base = await serving((request, socket, head) => {
    socket.on('error', () => {});
    // The hub is gone; what the server makes of it is its own.
    socket.on('end', () => ended.resolve());
    socket.on('close', () => ended.resolve());
    socket.resume();
    upgrade(request, socket, head);
  });
  expect(await ask(base, SHORT_MS, SHORT_MS)).toBe('silent');
  await ended.promise;
});
