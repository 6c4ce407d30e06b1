import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeKernel } from './jupyter-kernel.ts';
import { openChannel } from './kernel-channel.ts';
import { RunningHub } from './running-hub.ts';

// The whole hub, its proxy, and the genuine jupyterhub-singleuser of Debian, as people use them.
const FREEZE_SECONDS = 3;
const SETTINGS = {
  DOCKER_NOTEBOOK_IMAGE: 'berth-notebook-minimal',
  FREEZE_TIMEOUT: `${FREEZE_SECONDS}`,
  CULL_TIMEOUT: '3600',
  CULL_EVERY: '1',
  HTTP_TIMEOUT: '120',
};

let hub: RunningHub;
let token: string;
let base: string;
beforeAll(async () => {
  hub = await RunningHub.open({ settings: SETTINGS });
  token = await tokenOf(hub);
  base = `${hub.proxy.url}/user/${hub.alice}/`;
});
afterEach(async () => {
  await hub.api('DELETE', `/users/${hub.alice}/server`);
  const stopped = async () => (await hub.server())?.stopped ?? true;
  await expect.poll(stopped, { timeout: 60_000, interval: 200 }).toBe(true);
  expect(await hub.container()).toBeNull();
});
afterAll(() => hub?.close());

async function tokenOf(of: RunningHub): Promise<string> {
  const { json } = await of.api('POST', `/users/${of.alice}/tokens`, {});
  return (json as { token: string }).token;
}

const paused = async (of = hub) => (await of.container())?.State.Paused;
const falls = (asleep: boolean) =>
  expect.poll(() => paused(), { timeout: 90_000, interval: 100 }).toBe(asleep);
const get = (path: string, headers: Record<string, string> = {}) =>
  request(`${base}${path}`, { headers: { authorization: `token ${token}`, ...headers } });
const put = (path: string, content: string) =>
  request(`${base}api/contents/${path}`, {
    method: 'PUT',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'file', format: 'text', content }),
  });

test('variables are there after sleep: over the line that stayed open, and over a new one', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  const { id } = await makeKernel(base, token);
  const page = await openChannel(base, token, id);
  expect(await page.execute('x = 41; import os; print(os.getpid())')).toMatch(/^\d+\n$/);
  await falls(true);
  // To clients it is as ready as ever.
  expect(await hub.server()).toMatchObject({ ready: true, pending: null, stopped: false });

  const began = performance.now();
  expect(await page.execute('x += 1; print(x)')).toBe('42\n');
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(page.open).toBe(true);
  expect(await paused()).toBe(false);

  await falls(true);
  // The page is loaded anew: that is a person.
  const lab = await get('lab', { 'sec-fetch-mode': 'navigate' });
  expect(lab.statusCode).toBe(200);
  await lab.body.dump();
  const again = await openChannel(base, token, id);
  expect(await again.execute('print(x)')).toBe('42\n');
  await Promise.all([page.close(), again.close()]);
});

test('a page that is merely open neither keeps a server awake nor wakes it', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  const { id } = await makeKernel(base, token);
  const page = await openChannel(base, token, id);
  const statuses: number[] = [];
  let open = true;
  const polling = (async () => {
    while (open) {
      for (const path of ['api/kernels', 'api/sessions', 'api/terminals']) {
        const { statusCode, body } = await get(path);
        statuses.push(statusCode);
        await body.dump();
      }
      await sleep(300);
    }
  })();
  await falls(true);
  statuses.length = 0;
  await sleep(4_000);
  expect(await paused()).toBe(true);
  expect(new Set(statuses)).toEqual(new Set([429]));
  expect(await page.execute('print(6 * 7)')).toBe('42\n');
  open = false;
  await polling;
  await page.close();
});

test('fifty people at the door at once, half of them with something to save: all get in, nothing is lost', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  await falls(true);
  const text = (index: number) => `${index} ${'x'.repeat(100_000)} ${index}`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const { statusCode, body } = await (index % 2 === 0 ? put(`f${index}.txt`, text(index)) : get('tree'));
      await body.dump();
      return statusCode;
    }),
  );
  expect(answers.filter((status) => status !== 200 && status !== 201)).toEqual([]);
  for (const index of [0, 24, 48]) {
    const saved = await get(`api/contents/f${index}.txt?content=1`, { 'sec-fetch-mode': 'navigate' });
    expect(((await saved.body.json()) as { content: string }).content).toBe(text(index));
  }
});

test('a kernel that executes without a word keeps its server awake; when it ends the server sleeps', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  const kernel = await makeKernel(base, token);
  await kernel.executeUnwatched('import time; time.sleep(600)');
  const until = Date.now() + 4 * FREEZE_SECONDS * 1000;
  while (Date.now() < until) {
    expect(await paused()).toBe(false);
    await sleep(500);
  }
  await kernel.interrupt();
  await falls(true);
});

test('a download that somebody is still reading keeps its server awake', { timeout: 300_000 }, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  // More than all sockets on the way can take in.
  const saved = await put('big.txt', 'x'.repeat(24 * 2 ** 20));
  expect(saved.statusCode).toBe(201);
  await saved.body.dump();
  const { statusCode, body } = await get('files/big.txt');
  expect(statusCode).toBe(200);
  // Nobody reads: the bytes stand still, and only the open request tells of it.
  const until = Date.now() + 4 * FREEZE_SECONDS * 1000;
  while (Date.now() < until) {
    expect(await paused()).toBe(false);
    await sleep(500);
  }
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  expect(bytes).toBe(24 * 2 ** 20);
  await falls(true);
});

test('starting what sleeps wakes it, and is answered as a start that is done', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  await falls(true);
  const before = (await hub.container())?.Id;
  expect((await hub.api('POST', `/users/${hub.alice}/server`)).status).toBe(201);
  expect(await paused()).toBe(false);
  expect((await hub.container())?.Id).toBe(before);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a hub that ends by %s while a server sleeps finds it asleep, and wakes it',
  async (signal) => {
    await hub.startServer(hub.alice, {}, 120_000);
    await falls(true);
    const before = (await hub.container())?.Id;
    await hub.end(signal);
    // Whoever comes meanwhile waits for the hub.
    const early = get('tree');
    await hub.start();
    const { statusCode, body } = await early;
    await body.dump();
    expect(statusCode).toBe(200);
    expect(await paused()).toBe(false);
    expect((await hub.container())?.Id).toBe(before);
    await falls(true);
    // What the proxy has lost is given to it again, asleep.
    await fetch(`${proxyApi()}/api/routes/user/${hub.alice}`, { method: 'DELETE', headers: control() });
    expect((await hub.api('POST', '/proxy')).status).toBe(200);
    const route = await fetch(`${proxyApi()}/api/routes/user/${hub.alice}`, { headers: control() });
    expect(await route.json()).toMatchObject({ asleep: true, user: hub.alice });
    expect(await paused()).toBe(true);
  },
);

test('a sleeping server is stopped, and its owner removed, as any other', { timeout: 300_000 }, async () => {
  await hub.startServer(hub.alice, {}, 120_000);
  await falls(true);
  expect((await hub.api('DELETE', `/users/${hub.alice}/server`)).status).toBe(204);
  expect(await hub.container()).toBeNull();
  const bob = `bob-${hub.dock.word}`;
  await hub.api('POST', `/users/${bob}`);
  await hub.startServer(bob, {}, 120_000);
  await expect.poll(async () => (await hub.container(bob))?.State.Paused, { timeout: 90_000 }).toBe(true);
  expect((await hub.api('DELETE', `/users/${bob}`)).status).toBe(204);
  expect(await hub.container(bob)).toBeNull();
});

test('behind configurable-http-proxy, which cannot hold requests, nobody falls asleep and the log says why', {
  timeout: 300_000,
}, async () => {
  const other = await RunningHub.open({ settings: SETTINGS, proxy: 'configurable-http-proxy' });
  try {
    await other.startServer(other.alice, {}, 120_000);
    await expect.poll(() => other.log, { timeout: 60_000 }).toContain('FREEZE_TIMEOUT has no effect');
    const until = Date.now() + 3 * FREEZE_SECONDS * 1000;
    while (Date.now() < until) {
      expect(await paused(other)).toBe(false);
      await sleep(500);
    }
  } finally {
    await other.close();
  }
});

function proxyApi(): string {
  const { at } = hub.proxy.door;
  return 'url' in at ? at.url : '';
}

function control() {
  return { authorization: `token ${hub.proxy.door.token}` };
}
