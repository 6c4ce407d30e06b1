import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { RouteTable } from '../src/contract.ts';
import { parseOptions } from '../src/options/parse-options.ts';
import { readSettings } from '../src/options/read-settings.ts';
import { type RunningProxy, startProxy } from '../src/proxy.ts';

export const TOKEN = 'test-token';

/** A proxy in this process on free loopback ports; `args` as on the command line. Closed when the test ends. */
export async function proxyWith(...args: string[]): Promise<RunningProxy> {
  const given = parseOptions([
    '--ip=127.0.0.1',
    '--port=0',
    '--api-ip=127.0.0.1',
    '--api-port=0',
    '--drain-timeout=200',
    ...args,
  ]);
  const proxy = await startProxy(
    readSettings(given, { CONFIGPROXY_AUTH_TOKEN: TOKEN }),
    pino({ level: 'silent' }),
  );
  onTestFinished(() => proxy.close());
  return proxy;
}

/** An HTTP server of Node's on a free port. Closed when the test ends. */
export async function httpServer(
  listener: RequestListener,
): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, port };
}

/** A server that speaks bytes: `script` is called for each connection. Closed when the test ends. */
export async function rawServer(
  script: (socket: Socket) => void,
): Promise<{ url: string; port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    script(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, sockets };
}

/** A server that answers each request's head with the same bytes. */
export function answering(
  bytes: string | Buffer,
  then: 'keep' | 'end' = 'keep',
): Promise<{ url: string; port: number; sockets: Set<Socket> }> {
  return rawServer((socket) => {
    socket.on('data', (chunk) => {
      if (!chunk.includes('\r\n\r\n')) return;
      if (then === 'end') socket.end(bytes, 'latin1' as BufferEncoding);
      else socket.write(bytes, 'latin1' as BufferEncoding);
    });
  });
}

export function addRoute(
  proxy: RunningProxy,
  path: string,
  target: string,
  data: Record<string, unknown> = {},
): void {
  proxy.context.routes.add(path, { target, ...data });
}

export interface Reply {
  status: number;
  reason: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  trailers: IncomingMessage['trailers'];
  body: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** One request to a port of ours, on a connection of its own. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          trailers: response.trailers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A call of the control API. */
export async function control(
  proxy: RunningProxy,
  method: string,
  path: string,
  body?: unknown,
  token = TOKEN,
): Promise<Reply> {
  const options: Ask = { method, headers: { authorization: `token ${token}` } };
  if (body !== undefined) options.body = typeof body === 'string' ? body : JSON.stringify(body);
  return ask(proxy.apiPort, `/api/routes${path}`, options);
}

export async function routeTable(proxy: RunningProxy): Promise<RouteTable> {
  return JSON.parse((await control(proxy, 'GET', '')).body) as RouteTable;
}

const FIRST_BYTE_MS = 1_000;
const QUIET_MS = 150;

/** Sends bytes, and gives back all that came until the other side closed or fell silent. */
export async function talk(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  let last = Date.now();
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    last = Date.now();
  });
  await once(socket, 'connect');
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  while (
    !socket.destroyed &&
    !socket.readableEnded &&
    Date.now() - last < (heard === '' ? FIRST_BYTE_MS : QUIET_MS)
  )
    await sleep(10);
  socket.destroy();
  return heard;
}

/** Waits until `condition` holds. Throws after `deadlineMs`. */
export async function until(condition: () => boolean, deadlineMs = 3_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${condition}`);
    await sleep(10);
  }
}

/** Opens a raw connection to the proxy and writes a WebSocket upgrade on it. */
export async function upgrade(
  port: number,
  path: string,
  extra = '',
): Promise<Socket & { heard: () => string }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  await once(socket, 'connect');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: hub.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${extra}\r\n`,
  );
  return Object.assign(socket, { heard: () => heard });
}
