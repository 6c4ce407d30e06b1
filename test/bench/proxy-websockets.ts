import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, cpuSeconds, memoryMb, type Stage } from './proxy-contenders.ts';
import { claim, note, type Rounds, ratio, row, say } from './proxy-figures.ts';
import { playRounds } from './proxy-rounds.ts';

const HANDSHAKE = [
  'GET /user/sink/api/kernels/5a7e/channels?session_id=77fe HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org',
  'Origin: http://127.0.0.1',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Cookie: _xsrf=2|a3f1c2d4|0f2d7c1b6a5e4d3c2b1a|1763712000; jupyterhub-session-id=0b9d2c4e6f8a4b6c8d0e',
  '\r\n',
].join('\r\n');

/** One end of the bench's WebSockets. `heard` is told how many bytes came. */
interface Caller {
  readonly socket: Socket;
  heard: (bytes: number) => void;
}

/** All callers read into this: what came is counted, not kept, so that the load generator leaves no garbage behind. */
const INBOX = Buffer.alloc(1 << 17);

function open(port: number): Promise<Caller> {
  return new Promise((resolve, reject) => {
    const callback = (bytes: number): boolean => {
      caller.heard(bytes);
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', onread: { buffer: INBOX, callback } }, () =>
      socket.write(HANDSHAKE),
    );
    const caller: Caller = {
      socket,
      heard: (bytes) => {
        const answer = INBOX.toString('latin1', 0, bytes);
        if (answer.startsWith('HTTP/1.1 101')) resolve(caller);
        else reject(new Error(`no WebSocket: ${answer.slice(0, 40)}`));
      },
    };
    socket.setNoDelay(true);
    socket.once('error', reject);
  });
}

async function openMany(port: number, count: number): Promise<Caller[]> {
  const callers: Caller[] = [];
  while (callers.length < count)
    callers.push(
      ...(await Promise.all(Array.from({ length: Math.min(100, count - callers.length) }, () => open(port)))),
    );
  return callers;
}

/** A masked binary frame; the echo comes back as it went. */
function frame(size: number): Buffer {
  const length = size < 126 ? [0x80 | size] : size < 65_536 ? [0x80 | 126, size >> 8, size & 255] : [];
  if (length.length === 0) throw new Error('frame too large for this bench');
  return Buffer.concat([Buffer.from([0x82, ...length, 1, 2, 3, 4]), Buffer.alloc(size, 0x61)]);
}

/** Round trips a second with `count` sockets, each waiting for its echo before it sends again. */
async function roundTrips(port: number, count: number, size: number, seconds: number): Promise<number> {
  const callers = await openMany(port, count);
  const message = frame(size);
  let trips = 0;
  let running = true;
  for (const caller of callers) {
    let back = 0;
    caller.heard = (bytes) => {
      back += bytes;
      if (back < message.length) return;
      back = 0;
      trips += 1;
      if (running) caller.socket.write(message);
    };
    caller.socket.write(message);
  }
  await sleep(seconds * 1000);
  running = false;
  for (const { socket } of callers) socket.destroy();
  await sleep(100);
  return trips;
}

export async function benchWebSockets(stage: Stage, rounds: number, seconds: number): Promise<void> {
  for (const [size, count, to] of [
    [128, 50, 0.95],
    [1024, 50, 0.95],
    [16_384, 20, 1.3],
  ] as const) {
    say(`\nWebSocket round trips, ${size} bytes, ${count} sockets, ${rounds} rounds of ${seconds} s`);
    const figures = await playRounds(stage, rounds, async ({ port, pid }) => {
      const before = cpuSeconds(pid);
      const own = process.cpuUsage();
      const trips = await roundTrips(port, count, size, seconds);
      const { user, system } = process.cpuUsage(own);
      return {
        perSecond: trips / seconds,
        cpuEach: ((cpuSeconds(pid) - before) * 1e6) / trips,
        generator: (user + system) / trips,
      };
    });
    row('round trips/s', figures('perSecond'));
    row('CPU µs/trip', figures('cpuEach'), 1);
    row('CPU µs/trip of the load generator', figures('generator'), 1);
    row('% of one processor', figures('cpu'), 0, 100);
    claim(
      `${size} B round trips, x configurable-http-proxy`,
      ratio(figures('perSecond'), 'berth', 'chp'),
      '>=',
      to,
    );
  }
}

/** Memory of idle sockets, and what is left when they are gone. */
export async function benchIdleSockets(stage: Stage, count: number): Promise<void> {
  say(`\n${count} idle WebSockets`);
  const perSocket: Rounds = new Map();
  for (const contender of stage.contenders) {
    const { name, port, pid } = contender;
    const before = memoryMb(pid, 'Pss');
    const files = openFiles(contender);
    const callers = await openMany(port, count);
    await sleep(1500);
    note(perSocket, name, ((memoryMb(pid, 'Pss') - before) * 1024) / count);
    for (const { socket } of callers) socket.destroy();
    await sleep(3000);
    if (name === 'berth')
      claim('file descriptors left when they are gone', openFiles(contender) - files, '<=', 0);
  }
  row('KB a socket', perSocket, 1);
  claim('memory of an idle socket, x configurable-http-proxy', ratio(perSocket, 'berth', 'chp'), '<=', 0.6);
}

const openFiles = ({ pid }: Contender): number => readdirSync(`/proc/${pid}/fd`).length;
