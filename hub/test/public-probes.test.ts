import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PublicDoor } from '../src/adapters/probes/public-door.ts';
import {
  certificateFinding,
  forwardedFinding,
  webSocketFinding,
} from '../src/adapters/probes/public-probes.ts';
import { DoctorEcho } from '../src/http/doctor-echo.ts';
import { listen } from '../src/http/listen.ts';

const open: { close(): unknown; closeAllConnections(): void }[] = [];
let words = 0;
const echo = new DoctorEcho('/jhub/', () => {
  words += 1;
  return `word${words}`;
});
const signal = () => AbortSignal.timeout(8000);
const direct = (port: number, scheme = 'http'): PublicDoor => ({
  url: `${scheme}://127.0.0.1:${port}/jhub/`,
  instead: null,
});

afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

/** The hub's own echo. `scheme`: what a front server would say of the browser. */
async function hub(scheme?: string): Promise<number> {
  const server = await listen(
    (req, res) => {
      if (!echo.admits(req)) return void res.writeHead(404).end();
      const said = scheme ?? req.headers['x-forwarded-proto'] ?? 'http';
      res.end(JSON.stringify({ scheme: said, address: '127.0.0.1', host: req.headers.host }));
    },
    { url: 'http://127.0.0.1:0' },
    echo,
  );
  open.push(server);
  return portOf(server);
}

/** A front server that forwards requests, and WebSockets only when told. */
async function front(to: number, { upgrades, host }: { upgrades: boolean; host?: string }): Promise<number> {
  const server: Server = createServer((req, res) => {
    const { upgrade: _u, connection: _c, ...headers } = req.headers;
    const onward = request(
      { port: to, path: req.url, headers: { ...headers, ...(host === undefined ? {} : { host }) } },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502);
        answer.pipe(res);
      },
    );
    req.pipe(onward);
  });
  if (upgrades) {
    server.on('upgrade', (req, socket) => {
      const onward = connect(to, '127.0.0.1', () => {
        const lines = Object.entries(req.headers).map(([name, value]) => `${name}: ${String(value)}`);
        onward.write(`GET ${req.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.pipe(onward).pipe(socket);
      });
      for (const each of [socket, onward]) each.on('error', () => each.destroy());
    });
  }
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return portOf(server);
}

test('a WebSocket that comes back, directly and through a front server', async () => {
  const port = await hub();
  expect((await webSocketFinding(direct(port), () => echo.ticket(), signal())).level).toBe('ok');
  const before = await front(port, { upgrades: true });
  expect((await webSocketFinding(direct(before), () => echo.ticket(), signal())).level).toBe('ok');
});

test('a front server that passes requests but no WebSocket is a failure that names the lines to look at', async () => {
  const before = await front(await hub(), { upgrades: false });
  expect(await webSocketFinding(direct(before), () => echo.ticket(), signal())).toMatchObject({
    level: 'fail',
    says: expect.stringContaining('a WebSocket does not'),
    next: expect.stringContaining('Upgrade'),
  });
});

test('an address at which nothing answers, or something else, is a warning: browsers may have another way', async () => {
  const other = createServer((_, res) => res.end('another site'));
  open.push(other);
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  for (const port of [1, portOf(other)]) {
    expect(await webSocketFinding(direct(port), () => echo.ticket(), signal())).toMatchObject({
      level: 'warn',
    });
    expect(await forwardedFinding(direct(port), () => echo.ticket(), signal())).toMatchObject({
      level: 'warn',
    });
  }
});

test('a ticket opens the echo once, and nothing else does', async () => {
  const port = await hub();
  const ticket = echo.ticket();
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status);
  expect([
    await ask(ticket),
    await ask(ticket),
    await ask(echo.path),
    await ask(`${echo.path}?ticket=word`),
  ]).toEqual([200, 404, 404, 404]);
});

test('scheme and host that do not arrive at the hub as people have them', async () => {
  const port = await hub('https');
  expect(await forwardedFinding(direct(port), () => echo.ticket(), signal())).toMatchObject({
    level: 'fail',
    next: expect.stringContaining('X-Forwarded-Proto'),
  });
  const before = await front(await hub(), { upgrades: false, host: 'inside:8000' });
  expect(await forwardedFinding(direct(before), () => echo.ticket(), signal())).toMatchObject({
    level: 'warn',
    next: expect.stringContaining('Host'),
  });
});

const DAY_MS = 86_400_000;

/** A TLS server whose certificate ends in a hundred days. */
async function tls(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-tls-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'crt')];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=127.0.0.1', '-days', '100'];
  execFileSync('openssl', [...words, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) });
  rmSync(folder, { recursive: true });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return portOf(server);
}

test.each([
  ['good for long but nobody’s', 0, 'warn', /99 more days, and is not trusted here/],
  ['about to end', 97, 'warn', /2 more days.*/],
  ['over', 101, 'fail', /ran out/],
])('a certificate that is %s', async (_, later, level, says) => {
  const door = direct(await tls(), 'https');
  expect(await certificateFinding(door, Date.now() + later * DAY_MS, signal())).toMatchObject({
    level,
    says: expect.stringMatching(says),
  });
});

test('without TLS, people who come from elsewhere are warned for; those of this machine are not', async () => {
  const door = (host: string): PublicDoor => ({ url: `http://${host}/`, instead: null });
  expect((await certificateFinding(door('127.0.0.1'), 0, signal())).level).toBe('ok');
  expect((await certificateFinding(door('hub.example'), 0, signal())).level).toBe('warn');
});
