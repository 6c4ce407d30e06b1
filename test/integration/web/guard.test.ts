import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { ContractBrowser } from '../contract-browser.ts';
import { until } from '../locked-container.ts';
import { BASE, type Seen, WebHouse } from './web-house.ts';

// A hub under /jhub/, its proxy, and web applications without Jupyter in containers; cookies live five seconds.
let house: WebHouse;
let alice: ContractBrowser;
let path = '';

beforeAll(async () => {
  house = await WebHouse.open({ VISIT_LIFE: '5' });
  path = `${BASE}user/${house.hub.alice}/`;
  alice = await house.person(house.hub.alice);
  await house.hub.startServer(house.hub.alice, { profile: 'app' }, 120_000);
});
afterAll(() => house?.close());

const seenBy = async (browser: ContractBrowser, at: string): Promise<Seen> => {
  const last = (await browser.follow(at)).at(-1);
  if (last?.status !== 200) throw new Error(`${at}: ${last?.status} ${last?.path}`);
  return JSON.parse(last.text) as Seen;
};

async function opened(at: string, browser: ContractBrowser): Promise<WebSocket> {
  const socket = await house.knock(at, house.visitCookie(browser, path));
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

async function say(socket: WebSocket, text: string): Promise<string> {
  const answer = once(socket, 'message');
  socket.send(text);
  return String((await answer)[0]);
}

/** The same cookie with other claims, signed by somebody else. */
function forged(value: string, change: Record<string, unknown>): string {
  const [head = '', payload = ''] = value.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const secret = 'A'.repeat(32);
  const cnf = createHash('sha256').update(secret).digest('base64url');
  const made = `${head}.${Buffer.from(JSON.stringify({ ...claims, cnf, ...change })).toString('base64url')}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  return `${made}.${sign(null, Buffer.from(made), privateKey).toString('base64url')}~${secret}`;
}

describe('the owner of a web application', () => {
  test('is let in by the hub’s door and lands where the link led', async () => {
    const way = await alice.follow(`${path}notes%20of/me?x=1`);
    expect(way.map(({ status }) => status)).toEqual([302, 302, 200]);
    expect(way[1]?.path).toBe(`${BASE}hub/guard?next=${encodeURIComponent(`${path}notes%20of/me?x=1`)}`);
    expect(JSON.parse(way[2]?.text ?? '')).toMatchObject({ url: `${path}notes%20of/me?x=1` });
  });

  test('finds no word of the hub’s in the container, and the program knows where it is', async () => {
    const { headers, environment } = await seenBy(alice, path);
    expect(Object.keys(environment).filter((name) => /TOKEN|CLIENT|API_URL/.test(name))).toEqual([]);
    expect(environment).toMatchObject({
      JUPYTERHUB_SERVICE_PREFIX: path,
      BERTH_VISIT_AUDIENCE: path,
      SAID: `below ${path}`,
    });
    expect(headers.cookie ?? '').not.toContain('berth-');
    const { json } = await house.hub.api('GET', `/users/${house.hub.alice}/tokens`);
    expect(JSON.stringify(json)).not.toContain('Server at');
  });

  test('is named to the program by a proof that it can check with the published key', async () => {
    const { headers, environment } = await seenBy(alice, path);
    const published = JSON.parse((await house.fetch(`${BASE}hub/guard/keys`)).text).keys[0];
    expect(published.x).toBe(environment.BERTH_VISIT_KEY);
    const [head = '', payload = '', signature = ''] = (headers['x-berth-assertion'] ?? '').split('.');
    const key = createPublicKey({ key: published, format: 'jwk' });
    expect(verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({ sub: house.hub.alice, aud: path, iss: BASE });
    expect(headers['x-forwarded-user']).toBe(house.hub.alice);
    // The proof is no key: whoever has the program's sight of a visitor cannot come as that visitor.
    const cookie = house.visitCookie(alice, path);
    expect(
      (await house.fetch(path, { name: cookie.name, value: headers['x-berth-assertion'] ?? '' })).status,
    ).toBe(401);
  });

  test('stays in with an open page long after the cookie’s life: no request is refused, and no WebSocket ends', async () => {
    await alice.follow(path);
    const first = house.visitCookie(alice, path);
    const socket = await opened(`${path}ws`, alice);
    for (let second = 0; second < 12; second += 1) {
      const page = await alice.visit(`${path}api/${second}`, 'GET', {
        'sec-fetch-mode': 'cors',
        accept: '*/*',
      });
      expect(page.status).toBe(200);
      await sleep(1_000);
    }
    // A page that sends its first cookie for ever, as two tabs may.
    expect((await house.fetch(`${path}late`, first)).status).toBe(200);
    expect(await say(socket, 'still here')).toBe(`${house.hub.alice}: still here`);
    expect(house.visitCookie(alice, path).value).not.toBe(first.value);
    socket.close();
  });

  test('is not disturbed by a restart of the hub', async () => {
    const socket = await opened(`${path}ws`, alice);
    await house.hub.end();
    await house.hub.start();
    // Everybody comes by the new hub once, the WebSocket's visitor too.
    await sleep(7_000);
    expect(await say(socket, 'as before')).toBe(`${house.hub.alice}: as before`);
    expect((await alice.visit(`${path}x`, 'GET', { 'sec-fetch-mode': 'cors' })).status).toBe(200);
    socket.close();
  });
});

describe('nobody else gets in, over HTTP or WebSocket', () => {
  test('an anonymous visitor: to sign in by navigation, refused otherwise', async () => {
    const nobody = await house.fetch(`${path}api`);
    expect(nobody.status).toBe(401);
    expect(await house.knock(`${path}ws`)).toBe(401);
    const way = await new ContractBrowser(house.hub.proxy.url, house.hub.proxy.url).follow(path);
    expect(way.at(-1)?.path).toMatch(/^\/jhub\/hub\/login\?next=/);
  });

  test('another user: no page, no cookie, and their own server’s cookie opens nothing here', async () => {
    const name = house.name('bob');
    const bob = await house.person(name);
    const way = await bob.follow(`${path}secret`);
    expect(way.at(-1)?.status).toBe(404);
    expect(bob.cookies(path).filter((cookie) => cookie.name.startsWith('berth-visit-'))).toEqual([]);
    await house.hub.startServer(name, { profile: 'app' }, 120_000);
    const own = `${BASE}user/${name}/`;
    expect((await seenBy(bob, own)).headers['x-forwarded-user']).toBe(name);
    const { value } = house.visitCookie(bob, own);
    const foreign = { name: house.visitCookie(alice, path).name, value };
    expect((await house.fetch(`${path}secret`, foreign)).status).toBe(401);
    expect(await house.knock(`${path}ws`, foreign)).toBe(401);
  });

  test.each([
    ['forged', {}],
    ['forged in another’s name', { sub: 'root' }],
    ['forged without an end', { exp: 9e12 }],
  ])('a %s cookie', async (_, change) => {
    await alice.follow(path);
    const { name, value } = house.visitCookie(alice, path);
    const cookie = { name, value: forged(value, change) };
    expect((await house.fetch(`${path}secret`, cookie)).status).toBe(401);
    expect(await house.knock(`${path}ws`, cookie)).toBe(401);
  });

  test('an expired cookie of a session that has ended', async () => {
    const gone = await house.person(house.hub.alice);
    await gone.follow(path);
    const cookie = house.visitCookie(gone, path);
    expect((await house.fetch(`${path}x`, cookie)).status).toBe(200);
    await gone.visit(`${BASE}hub/logout`);
    await sleep(5_500);
    expect((await house.fetch(`${path}secret`, cookie)).status).toBe(403);
    expect(await house.knock(`${path}ws`, cookie)).toBe(403);
  });

  test('a neighbour that calls the container’s port directly, whatever it says', async () => {
    const container = await house.hub.container();
    const address = Object.values(container?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
    const { headers } = await seenBy(alice, path);
    const lies = {
      'x-forwarded-user': house.hub.alice,
      'x-berth-assertion': headers['x-berth-assertion'] ?? '',
    };
    expect(await house.neighbour(`http://${address}:9000${path}`, lies)).toEqual([401, 401]);
    expect(await house.neighbour(`http://${address}:9000${path}`, { 'x-door-token': 'guessed' })).toEqual([
      401, 401,
    ]);
  });

  test('the secret between proxy and program is in no log and no answer of the proxy’s', async () => {
    const environment = (await house.hub.container())?.Config.Env ?? [];
    const secret =
      environment.find((one) => one.startsWith('DOOR_TOKEN='))?.slice('DOOR_TOKEN='.length) ?? '';
    expect(secret).toHaveLength(32);
    const { at, token } = house.hub.proxy.door;
    const table = await fetch(`${'url' in at ? at.url : ''}/api/routes`, {
      headers: { authorization: `token ${token}` },
    });
    const text = await table.text();
    expect(text).toContain('X-Door-Token');
    expect(text + house.hub.log).not.toContain(secret);
  });
});

describe('whoever may not come in any more is out within seconds', () => {
  /** Closed within ten seconds, or the test fails. */
  const closes = (socket: WebSocket) => once(socket, 'close', { signal: AbortSignal.timeout(10_000) });

  test('after signing out: the cookie that was kept, and the open WebSocket; other sessions stay', async () => {
    const leaving = await house.person(house.hub.alice);
    await leaving.follow(path);
    await alice.follow(path);
    const [socket, stays] = [await opened(`${path}ws`, leaving), await opened(`${path}ws`, alice)];
    const cookie = house.visitCookie(leaving, path);
    const gone = closes(socket);
    await leaving.visit(`${BASE}hub/logout`);
    await gone;
    expect((await house.fetch(`${path}x`, cookie)).status).toBe(403);
    expect(await say(stays, 'I stay')).toBe(`${house.hub.alice}: I stay`);
    stays.close();
  });

  test('an administrator looks in after a confirmation, by name, on the record, and not after being one', async () => {
    const admin = await house.person(house.admin);
    const way = await admin.follow(path);
    const asked = way.at(-1);
    expect([asked?.status, asked?.path]).toEqual([200, `${BASE}hub/guard?next=${encodeURIComponent(path)}`]);
    expect(asked?.text).toContain(house.hub.alice);
    const word = admin.cookies(`${BASE}hub/guard`).find(({ name }) => name === '_xsrf')?.value ?? '';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const action = asked?.path ?? '';
    expect((await admin.visit(action, 'POST', form, '_xsrf=wrong')).status).toBe(403);
    await admin.visit(action, 'POST', form, new URLSearchParams({ _xsrf: word }).toString());
    expect((await seenBy(admin, path)).headers['x-forwarded-user']).toBe(house.admin);
    const socket = await opened(`${path}ws`, admin);
    const gone = closes(socket);
    await house.hub.api('PATCH', `/users/${house.admin}`, { admin: false });
    await gone;
    expect((await house.fetch(`${path}x`, house.visitCookie(admin, path))).status).toBe(403);
    const { json } = await house.hub.api('GET', `/users/${house.admin}`);
    expect(json).toMatchObject({ admin: false });
    expect(await auditOf(house)).toContain(`enter ${path}`);
  });

  test('a user who is removed', async () => {
    const name = house.name('carol');
    const carol = await house.person(name);
    await house.hub.startServer(name, { profile: 'app' }, 120_000);
    const own = `${BASE}user/${name}/`;
    await carol.follow(own);
    const cookie = house.visitCookie(carol, own);
    const socket = await house.knock(`${own}ws`, cookie);
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const gone = closes(socket);
    expect((await house.hub.api('DELETE', `/users/${name}`)).status).toBe(204);
    await gone;
    // The way is gone, and the hub knows nobody of that name.
    expect((await house.fetch(`${own}x`, cookie)).status).toBe(302);
    expect((await carol.follow(own)).at(-1)?.path).toContain(`${BASE}hub/login`);
  });
});

test('a named server whose prefix is taken off sees its own paths, and redirects come back below it', async () => {
  const at = `${path}studio/`;
  const { status } = await house.hub.api('POST', `/users/${house.hub.alice}/servers/studio`, {
    profile: 'stripped',
  });
  expect([201, 202]).toContain(status);
  await until(async () => {
    if ((await house.hub.server(house.hub.alice, 'studio'))?.ready !== true) throw new Error('not ready');
  });
  const { url, headers } = await seenBy(alice, `${at}deep/file?q=%2F`);
  expect(url).toBe('/deep/file?q=%2F');
  expect(headers['x-forwarded-prefix']).toBe(at.slice(0, -1));
  expect((await alice.visit(`${at}away`)).location).toBe(`${at}elsewhere`);
  // Its cookie is not the default server's, nor the other way round.
  const [studio, own] = [house.visitCookie(alice, at), house.visitCookie(alice, path)];
  expect(studio.name).not.toBe(own.name);
  expect((await house.fetch(`${path}x`, { name: own.name, value: studio.value })).status).toBe(401);
  expect((await house.fetch(`${at}x`, { name: studio.name, value: own.value })).status).toBe(401);
  expect((await alice.visit(at.slice(0, -1))).location).toBe(at);
});

async function auditOf({ hub }: WebHouse): Promise<string> {
  return readFile(`${hub.directory}/audit.log`, 'utf8');
}
