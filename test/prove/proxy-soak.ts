import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFiles, residentMb, thirds } from '../soak/process-figures.ts';
import { hasAnswered } from './proxy-container.ts';

const MAIN = join(import.meta.dirname, '../../proxy/src/main.ts');
const WEB_SOCKETS = 200;
/** How much more the last third may need than the one before: what the garbage collector's rhythm moves. */
const FLAT = 1.1;
const MOST_MB = 150;
const FRAME = Buffer.from([0x81, 0x85, 0, 0, 0, 0, ...Buffer.from('hello')]);

/** 200 WebSockets that talk, downloads, and clients that leave in the middle, for a while; then nothing may be left. */
export async function soak(seconds: number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.includes('events')) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      const timer = setInterval(() => response.write('data: x\n\n'), 50);
      response.on('close', () => clearInterval(timer));
    } else response.end(Buffer.alloc(request.url?.includes('big') ? 5_000_000 : 200));
  });
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (chunk) => socket.write(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = [
    MAIN,
    '--ip=127.0.0.1',
    '--port=18700',
    '--api-ip=127.0.0.1',
    '--api-port=18701',
    `--default-target=${target}`,
    '--log-level=error',
  ];
  const proxy = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, CONFIGPROXY_AUTH_TOKEN: 'soak' },
  });
  try {
    await hasAnswered('http://127.0.0.1:18700/_chp_healthz', 60_000);
    return await run(proxy.pid ?? 0, 18700, seconds);
  } finally {
    proxy.kill('SIGTERM');
    server.closeAllConnections();
    server.close();
  }
}

async function run(pid: number, port: number, seconds: number): Promise<string> {
  await turn(port, 5);
  await sleep(4_000);
  const files = openFiles(pid);
  const samples: number[] = [];
  const sampler = setInterval(() => samples.push(residentMb(pid)), 1_000);
  const counts = await turn(port, seconds).finally(() => clearInterval(sampler));
  await sleep(4_000);
  const left = openFiles(pid);
  const [early = 0, middle = 0, late = 0] = thirds(samples);
  const figures = `${counts}; file descriptors ${files} → ${left}, resident in the thirds of the time ${[early, middle, late].map((mb) => mb.toFixed(0)).join(', ')} MB, highest ${Math.max(...samples).toFixed(0)}`;
  // Idle connections to the server may differ by a few; a leak is in the hundreds here.
  if (left > files + 16) throw new Error(`file descriptors are left: ${figures}`);
  if (late > middle * FLAT || late > MOST_MB) throw new Error(`memory grew: ${figures}`);
  return figures;
}

async function turn(port: number, seconds: number): Promise<string> {
  const end = Date.now() + seconds * 1000;
  let echoes = 0;
  let requests = 0;
  let aborts = 0;
  const talk = async (): Promise<void> => {
    while (Date.now() < end) {
      const socket = await open(
        port,
        'GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
      socket.on('data', () => {
        echoes += 1;
      });
      const until = Math.min(end, Date.now() + 5_000 + Math.random() * 20_000);
      while (Date.now() < until && !socket.destroyed) {
        socket.write(FRAME);
        await sleep(250);
      }
      if (socket.destroyed) throw new Error('a WebSocket was cut');
      socket.destroy();
    }
  };
  const download = async (): Promise<void> => {
    while (Date.now() < end) {
      const response = await fetch(`http://127.0.0.1:${port}/big`);
      if ((await response.arrayBuffer()).byteLength !== 5_000_000) throw new Error('a download was cut');
      requests += 1;
      await sleep(200);
    }
  };
  const leave = async (): Promise<void> => {
    while (Date.now() < end) {
      const path = ['/big', '/events', '/ws'][aborts % 3] ?? '/';
      const socket = await open(
        port,
        `GET ${path} HTTP/1.1\r\nHost: h\r\n${path === '/ws' ? 'Connection: Upgrade\r\nUpgrade: websocket\r\n' : ''}\r\n`,
      );
      await sleep(20);
      if (aborts % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
      aborts += 1;
    }
  };
  await Promise.all([...Array.from({ length: WEB_SOCKETS }, talk), download(), download(), leave(), leave()]);
  return `${seconds} s, ${WEB_SOCKETS} WebSockets, ${echoes} echoes, ${requests} downloads of 5 MB, ${aborts} aborts`;
}

async function open(port: number, head: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(head);
  return socket;
}
