import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { routeCall, type Stage } from './proxy-contenders.ts';
import { claim, say } from './proxy-figures.ts';

const REQUESTS = 3_000;
const CLIENTS = 8;
const PER_CONNECTION = 3;
const VANISHING = 50;

/** A server that closes its connections without a word, and clients that do: what fails, and what is left. */
export async function benchLeftovers(stage: Stage): Promise<void> {
  const berth = stage.contenders.find(({ name }) => name === 'berth');
  if (berth?.apiPort === undefined) return;
  say('\nWhat is left behind');
  const { server, upgrades } = await closingServer();
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await routeCall(berth.apiPort, 'POST', '/user/leaves', target);
  claim(`failed of ${REQUESTS} requests to a server that closes`, await failures(berth.port), '<=', 0);
  server.closeIdleConnections();
  await Promise.all(Array.from({ length: VANISHING }, () => vanish(berth.port)));
  await sleep(2_000);
  if (upgrades() !== VANISHING) throw new Error(`${upgrades()} of ${VANISHING} upgrades reached the server`);
  const left = await new Promise<number>((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
  claim(`sockets to the server left after ${VANISHING} vanished upgrades`, left, '<=', 0);
  server.closeAllConnections();
  server.close();
}

/** Closes each connection after three answers, without announcing it, and leaves upgrades without an answer. */
async function closingServer(): Promise<{ server: Server; upgrades: () => number }> {
  const served = new Map<Socket, number>();
  let upgrades = 0;
  const server = createServer((incoming, response) => {
    const { socket } = incoming;
    response.end('ok', () => {
      const count = (served.get(socket) ?? 0) + 1;
      served.set(socket, count);
      if (count >= PER_CONNECTION) socket.end();
    });
  });
  server.on('upgrade', (_, socket) => {
    upgrades += 1;
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, upgrades: () => upgrades };
}

/** Sends all requests over a few kept connections; answers how many were not 200. */
async function failures(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const client = async (): Promise<number> => {
    let failed = 0;
    for (let i = 0; i < REQUESTS / CLIENTS; i += 1) {
      const status = await new Promise<number>((resolve) => {
        request({ host: '127.0.0.1', port, path: '/user/leaves/x', agent }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        })
          .on('error', () => resolve(0))
          .end();
      });
      if (status !== 200) failed += 1;
    }
    return failed;
  };
  const failed = await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return failed.reduce((sum, count) => sum + count, 0);
}

/** Asks for an upgrade, waits until it is under way, and is gone. */
async function vanish(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    'GET /user/leaves/ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await sleep(300);
  socket.destroy();
}
