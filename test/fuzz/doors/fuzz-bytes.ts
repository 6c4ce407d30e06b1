import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { request } from 'undici';
import { Dice } from '../../soak/dice.ts';
import { shown } from '../fuzz-reader.ts';
import { below, mutateText } from '../mutate.ts';
import { must } from '../reader-target.ts';
import { checkSaid } from './answer-rules.ts';
import type { FuzzHouse } from './fuzz-house.ts';

/** What a client of the network's own making sends: heads, bodies and WebSocket frames that no library would write. */
const HEADS: readonly string[] = [
  'GET /hub/login HTTP/1.1\r\nHost: hub.example\r\nAccept: text/html\r\n\r\n',
  'POST /hub/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nusername=a',
  'GET /user/app/x HTTP/1.1\r\nHost: a\r\nCookie: jupyterhub-hub-login=fz9secret9word; a=b\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n',
  'POST /user/app/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'GET /user/app/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85\x01\x02\x03\x04hello',
  'GET /hub/api/ HTTP/1.0\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /api/routes/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}',
];
const WORDS = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    ' HTTP/1.1',
    ' HTTP/2.0',
    '\r\n ',
    '\r\n\r\n',
    '\x80',
    '\xff',
    '\x81\xff',
    '\x88\x00',
    '\x89\x7f',
  ],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: 5, 6\r\n',
    'Host: evil.invalid@a\r\n',
  ],
  ...[
    'Connection: Upgrade, close\r\n',
    'Upgrade: h2c\r\n',
    'Expect: 100-continue\r\n',
    'TE: trailers\r\n',
    'Trailer: Cookie\r\n',
    'ffffffff\r\n',
  ],
  ...[
    'Cookie: berth-visitor=fz9secret9word\r\n',
    'X-Forwarded-User: 6.6.6.6\r\n',
    'GET http://evil.invalid/ HTTP/1.1\r\n',
    '//',
    '..;/',
    '%2e%2e/',
  ],
];
const QUIET_MS = 60;
const LOOK_EVERY = 25;

/** @throws Error with seed, round and bytes when a rule does not hold. */
export async function fuzzBytes(
  house: FuzzHouse,
  { seed, rounds, time }: { readonly seed: number; readonly rounds: number; readonly time: number },
): Promise<{ readonly rounds: number; readonly forwarded: number }> {
  const dice = new Dice(seed);
  const behind = await openBehind();
  house.proxy.context.routes.add('/user/app', {
    target: `http://127.0.0.1:${behind.port}`,
    user: 'app',
    jupyterhub: true,
  });
  const [, notebooks = 0, control = 0] = [0, house.notebooks, house.control].map((one) =>
    Number(String(one).split(':').at(-1)),
  );
  const end = performance.now() + time;
  let [round, bytes] = [0, ''];
  try {
    for (; round < rounds && performance.now() < end; round += 1) {
      const port = dice.one([house.proxy.publicPort, house.proxy.publicPort, notebooks, control]);
      bytes = mutateText(dice.one(HEADS), { dice, words: WORDS, others: HEADS }).slice(
        0,
        below(dice, 10) === 0 ? 90_000 : 4_000,
      );
      checkHeard(await exchange(port, bytes));
      for (const head of behind.heads.splice(0)) checkForwarded(head);
      checkSaid(house.said());
      if (round % LOOK_EVERY === 0) await mustServe(house);
    }
    await mustServe(house);
  } catch (error) {
    throw new Error(
      `bytes, seed ${seed}, round ${round}: ${error instanceof Error ? error.stack : String(error)}\n${shown(bytes)}`,
    );
  } finally {
    house.proxy.context.routes.remove('/user/app');
    behind.close();
  }
  return { rounds: round, forwarded: behind.count() };
}

function checkHeard(heard: string): void {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(heard)?.[1] ?? 0);
  must(heard === '' || status > 0, `answers ${JSON.stringify(heard.slice(0, 100))}`);
  must(status !== 500 && status !== 503, `answers ${heard.slice(0, 400)}`);
  must(!heard.includes('fz9secret9word'), 'an answer tells a secret');
  must(!/\n\s+at .*\.(?:ts|js):\d+/.test(heard), 'an answer shows a stack');
}

/** What a notebook's server may be told. */
function checkForwarded(head: string): void {
  const names = (/^Cookie: (.*)$/im.exec(head)?.[1] ?? '')
    .split(';')
    .map((pair) => pair.split('=', 1)[0]?.trim() ?? '');
  must(
    !names.some((name) => name === 'jupyterhub-hub-login' || name.startsWith('berth-')),
    `a notebook is told the hub's cookie: ${JSON.stringify(head.slice(0, 600))}`,
  );
  must(
    !/^(?:x-forwarded-[a-z]+|forwarded|x-real-ip|x-berth-[a-z]+):.*6\.6\.6\.6/im.test(head),
    `a notebook is told what a visitor made up: ${JSON.stringify(head.slice(0, 600))}`,
  );
  const lengths = head.match(/^(?:content-length|transfer-encoding):/gim) ?? [];
  must(lengths.length <= 1, `a notebook may read two requests: ${JSON.stringify(head.slice(0, 600))}`);
}

async function mustServe(house: FuzzHouse): Promise<void> {
  for (const path of ['/hub/api/', '/hub/login']) {
    const answer = await request(`${house.origin}${path}`, { headersTimeout: 10_000 });
    await answer.body.dump();
    must(answer.statusCode === 200, `an honest request is answered ${answer.statusCode} afterwards`);
  }
}

/** Sends all, and answers what came until the other side closed or fell silent. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const heard: Buffer[] = [];
  const done = Promise.withResolvers<void>();
  let timer = setTimeout(done.resolve, QUIET_MS);
  socket.on('data', (chunk) => {
    heard.push(chunk);
    clearTimeout(timer);
    timer = setTimeout(done.resolve, QUIET_MS / 4);
  });
  socket.once('close', () => done.resolve());
  socket.write(Buffer.from(bytes, 'latin1'));
  await done.promise;
  clearTimeout(timer);
  socket.destroy();
  return Buffer.concat(heard).toString('latin1');
}

interface Behind {
  readonly port: number;
  /** What arrived, up to the empty line. */
  readonly heads: string[];
  count(): number;
  close(): void;
}

/** A server that takes every upgrade and answers every request, and keeps the heads. */
async function openBehind(): Promise<Behind> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const at = text.indexOf('\r\n\r\n');
      if (at < 0) return;
      count += 1;
      const head = text.slice(0, at + 2);
      heads.push(head);
      text = '';
      if (/^upgrade: *websocket/im.test(head))
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
        );
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heads,
    count: () => count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
