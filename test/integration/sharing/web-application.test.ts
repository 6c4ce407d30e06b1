// Sharing a web application that the proxy guards: real hub, proxy and container; nothing of Jupyter in it.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContractBrowser } from '../contract-browser.ts';
import { BASE, type Seen, WebHouse } from '../web/web-house.ts';

let house: WebHouse;
let path = '';
let bob: ContractBrowser;
let carol: ContractBrowser;

beforeAll(async () => {
  house = await WebHouse.open();
  path = `${BASE}user/${house.hub.alice}/`;
  await house.hub.startServer(house.hub.alice, { profile: 'app' }, 120_000);
  bob = await house.person(house.name('bob'));
  carol = await house.person(house.name('carol'));
});
afterAll(() => house?.close());

const api = (method: 'POST' | 'PATCH', body: unknown) =>
  house.hub.api(method, `/shares/${house.hub.alice}/`, body);

/** Comes for the application, and says yes where the hub asks; answers the last status and what the application saw. */
async function enter(
  browser: ContractBrowser,
): Promise<{ readonly status: number; readonly seen: Seen | null }> {
  const way = await browser.follow(path);
  const last = way.at(-1);
  if (last?.path.includes('/hub/guard') !== true || last.status !== 200) return seenIn(last);
  const word = browser.cookies(`${BASE}hub/`).find(({ name }) => name === '_xsrf')?.value ?? '';
  const form = new URLSearchParams({ _xsrf: word }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const { location } = await browser.visit(last.path, 'POST', type, form);
  return seenIn((await browser.follow(location ?? path)).at(-1));
}

function seenIn(last: { readonly status: number; readonly text: string } | undefined) {
  return { status: last?.status ?? 0, seen: last?.status === 200 ? (JSON.parse(last.text) as Seen) : null };
}

async function closesWithin(socket: import('ws').WebSocket, ms: number): Promise<string> {
  return Promise.race([once(socket, 'close').then(() => 'closed'), sleep(ms).then(() => 'open still')]);
}

test('is used by whom it is shared with, under their own name, and by nobody else', async () => {
  expect((await enter(bob)).status).toBe(404);
  expect((await api('POST', { user: house.name('bob') })).status).toBe(200);
  const { status, seen } = await enter(bob);
  expect(status).toBe(200);
  expect(seen?.headers['x-forwarded-user']).toBe(house.name('bob'));
  expect((await enter(carol)).status).toBe(404);
});

test('taken back, it is shut within seconds, to requests and to open WebSockets', async () => {
  const cookie = house.visitCookie(bob, path);
  const socket = await house.knock(`${path}ws`, cookie);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const closed = closesWithin(socket, 15_000);
  await api('PATCH', { user: house.name('bob') });
  expect(await closed).toBe('closed');
  expect((await house.fetch(path, cookie)).status).toBe(403);
  expect(await house.knock(`${path}ws`, cookie)).toBe(403);
  expect((await enter(bob)).status).toBe(404);
});

test('shared with everyone until an end, it is open to all until then', async () => {
  await api('POST', { everyone: true, expires_in: 60 });
  const end = Date.now() + 60_000;
  expect((await enter(carol)).status).toBe(200);
  const cookie = house.visitCookie(carol, path);
  const socket = await house.knock(`${path}ws`, cookie);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  expect(await closesWithin(socket, end - Date.now() + 20_000)).toBe('closed');
  expect(Date.now()).toBeGreaterThan(end - 2_000);
  expect((await house.fetch(path, cookie)).status).toBe(403);
}, 120_000);
