import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { addRoute, ask, control, httpServer, proxyWith } from './harness.ts';

const hash = (word: string): string => createHash('sha256').update(word).digest('hex');
const session = (...words: string[]) => ({
  cookie: ['a=1', ...words.map((word) => `jupyterhub-session-id=${word}`)].join('; '),
});

async function house() {
  const proxy = await proxyWith();
  const { server, url } = await httpServer((_, response) => response.end('in'));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  const give = (barred?: unknown) =>
    addRoute(proxy, '/user/alice', url, barred === undefined ? { user: 'alice' } : { user: 'alice', barred });
  give();
  const get = async (headers: Record<string, string>, query = '') =>
    (await ask(proxy.publicPort, `/user/alice/lab${query}`, { headers })).status;
  const open = async (headers: Record<string, string>, query = '') => {
    const socket = new WebSocket(`ws://127.0.0.1:${proxy.publicPort}/user/alice/ws${query}`, { headers });
    const [first] = await Promise.race([
      once(socket, 'open').then(() => ['open']),
      once(socket, 'unexpected-response').then(([, response]) => [response.statusCode]),
    ]);
    return { socket, first };
  };
  return { proxy, url, give, get, open };
}

it('keeps out who is barred, by session or by token, at once, and nobody else', async () => {
  const { give, get, open } = await house();
  const token = (word: string) => ({ authorization: `token ${word}` });
  expect(await get(session('bob'))).toBe(200);
  give([hash('bob'), hash('word')]);
  expect(await get(session('bob'))).toBe(403);
  // A second cookie of that name, from another page of this origin, helps nobody.
  expect(await get(session('x', 'bob'))).toBe(403);
  // Written otherwise it is the same word to Python.
  for (const hidden of ['"bob"', '"\\142o\\142"', '"\\bob"'])
    expect(await get(session('x', hidden, 'y'))).toBe(403);
  expect(await get(session(...Array.from({ length: 20 }, () => 'x'), 'bob'))).toBe(403);
  expect(await get(token('word'))).toBe(403);
  expect(await get({ authorization: 'Bearer word' })).toBe(403);
  expect((await open(session('bob'))).first).toBe(403);
  expect(await get(session('alice'))).toBe(200);
  expect(await get({})).toBe(200);
  expect(await get(token('other'))).toBe(200);
  give();
  expect(await get(session('bob'))).toBe(200);
});

it.each([
  '?token=t',
  '?token=%74',
  '?a=1&%74oken=t',
  '?tok%65n=t',
  '?token=x&token=t&token=y',
  '?a;token=t',
  '?token=+t%20%0a',
])('a token in the address is a token: %s', async (query) => {
  const { give, get, open } = await house();
  const before = await open({}, query);
  expect([await get({}, query), before.first]).toEqual([200, 'open']);
  const closed = once(before.socket, 'close').then(() => 'closed');
  give([hash('t')]);
  expect(await get({}, query)).toBe(403);
  expect((await open({}, query)).first).toBe(403);
  expect(await Promise.race([closed, sleep(5000).then(() => 'late')])).toBe('closed');
});

it.each(['?token=other', '?tokens=t', '?t=t', '?a=token%3Dt', '?token', '?token=%74%zz'])(
  'another address lets pass: %s',
  async (query) => {
    const { give, get } = await house();
    give([hash('t')]);
    expect(await get({}, query)).toBe(200);
  },
);

it('closes the open WebSockets of who is barred within seconds, and leaves the others’ open', async () => {
  const { give, open } = await house();
  const [bob, alice] = [await open(session('bob')), await open(session('alice'))];
  const closed = once(bob.socket, 'close').then(() => 'closed');
  give([hash('bob')]);
  expect(await Promise.race([closed, sleep(5000).then(() => 'late')])).toBe('closed');
  alice.socket.send('here');
  expect(String((await once(alice.socket, 'message'))[0])).toBe('here');
  alice.socket.close();
});

it.each([
  ['a word', 'bob'],
  ['no hashes', ['bob']],
  ['numbers', [1]],
  ['an object', {}],
  ['too many', Array.from({ length: 501 }, () => hash('x'))],
])('what is not understood is refused and changes nothing: %s', async (_, barred) => {
  const { proxy, url, get } = await house();
  const body = { target: url, user: 'alice', barred };
  expect((await control(proxy, 'POST', '/user/alice', body)).status).toBe(400);
  expect(await get(session('bob'))).toBe(200);
});
