import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AUDIENCE, COOKIE, guardedHouse, PATH, signer, withCookie } from './guarded-house.ts';
import { addRoute, ask, control, httpServer, until } from './harness.ts';

const NAVIGATION = { accept: 'text/html,*/*', 'sec-fetch-mode': 'navigate' };

/** Opens a WebSocket; gives it, or the status of the refusal. */
async function knock(port: number, headers: Record<string, string>): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${AUDIENCE}ws`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

async function entered(port: number, headers: Record<string, string>): Promise<WebSocket> {
  const socket = await knock(port, headers);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

describe('a guarded route', () => {
  it('lets a good cookie in without asking anybody, and tells the server who comes', async () => {
    const { port, hubKeys, seen, asked } = await guardedHouse();
    const value = hubKeys.visit();
    for (const method of ['GET', 'POST'])
      expect(await ask(port, `${AUDIENCE}x`, { method, headers: withCookie(value) })).toMatchObject({
        status: 200,
        headers: expect.not.objectContaining({ 'set-cookie': expect.anything() }),
      });
    expect(seen[0]?.headers).toMatchObject({
      'x-forwarded-user': 'bob',
      'x-berth-assertion': value.split('~')[0],
      cookie: 'a=1; b=2',
    });
    expect(asked).toEqual([]);
    const socket = await entered(port, withCookie(value));
    socket.send('hi');
    expect(String((await once(socket, 'message'))[0])).toBe('hi');
    socket.close();
  });

  const stranger = signer();
  it.each([
    ['none', () => undefined],
    ['one that somebody else signed', () => stranger.visit()],
    ['one for another server', (keys: ReturnType<typeof signer>) => keys.visit({ aud: '/user/alice/' })],
    ['one whose name was changed', (keys: ReturnType<typeof signer>) => changed(keys.visit(), 'alice')],
    ['one without its secret', (keys: ReturnType<typeof signer>) => keys.visit().split('~')[0]],
    [
      'one with another’s secret',
      (keys: ReturnType<typeof signer>) => `${keys.visit().split('~')[0]}~${keys.visit().split('~')[1]}`,
    ],
    ['one that names another way of signing', (keys: ReturnType<typeof signer>) => keys.visit({}, 'none')],
    ['rubbish', () => 'a.b.c~d'],
  ])('keeps out who has %s: over HTTP, by navigation and by WebSocket', async (_, make) => {
    const { port, hubKeys, seen, asked, upgrades } = await guardedHouse();
    const value = make(hubKeys);
    const headers = value === undefined ? {} : withCookie(value);
    expect((await ask(port, `${AUDIENCE}api?x=1`, { headers })).status).toBe(401);
    expect(
      (await ask(port, AUDIENCE, { method: 'POST', headers: { ...headers, ...NAVIGATION } })).status,
    ).toBe(401);
    expect(
      await ask(port, `${AUDIENCE}a%20b?x=1&y=2`, { headers: { ...headers, ...NAVIGATION } }),
    ).toMatchObject({
      status: 302,
      headers: { location: `/hub/guard?next=${encodeURIComponent(`${AUDIENCE}a%20b?x=1&y=2`)}` },
    });
    expect(await knock(port, headers)).toBe(401);
    expect({ seen, asked, upgrades }).toEqual({ seen: [], asked: [], upgrades: [] });
  });

  it('asks the hub once for all requests that carry one expired cookie, and gives the browser the fresh one', async () => {
    const { port, hubKeys, seen, asked, state } = await guardedHouse();
    const old = hubKeys.visit({ iat: -400, exp: -100 });
    state.delay = 200;
    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) => ask(port, `${AUDIENCE}${n}`, { headers: withCookie(old) })),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(asked).toEqual([old]);
    const [cookie = ''] = replies[0]?.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(new RegExp(`^${COOKIE}=[\\w.~-]+; Path=${AUDIENCE}; HttpOnly; SameSite=Lax$`));
    const fresh = cookie.slice(COOKIE.length + 1, cookie.indexOf(';'));
    expect(seen[0]?.headers['x-berth-assertion']).toBe(fresh.split('~')[0]);
    expect((await ask(port, AUDIENCE, { headers: withCookie(fresh) })).headers['set-cookie']).toBeUndefined();
    expect(asked).toHaveLength(1);
    const socket = await entered(port, withCookie(old));
    socket.close();
    expect(asked).toHaveLength(1);
  });

  it('loses no byte of a body that waits for the hub’s word', async () => {
    const { proxy, port, hubKeys, state, guard } = await guardedHouse();
    const sum = (body: Buffer) => createHash('sha256').update(body).digest('hex');
    const counting = await httpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(sum(Buffer.concat(chunks))));
    });
    addRoute(proxy, PATH, counting.url, { user: 'alice', guard });
    state.delay = 300;
    const body = Buffer.alloc(5_000_000, 'abcdefg');
    const headers = { ...withCookie(hubKeys.visit({ iat: -400, exp: -100 })), expect: '100-continue' };
    for (const more of [{}, { 'transfer-encoding': 'chunked' }])
      expect(
        await ask(port, `${AUDIENCE}up`, { method: 'POST', headers: { ...headers, ...more }, body }),
      ).toMatchObject({
        status: 200,
        body: sum(body),
      });
  });

  it('lets a cookie past half its life in without waiting for the hub, and renews it behind', async () => {
    const { port, hubKeys, asked, state } = await guardedHouse();
    const old = withCookie(hubKeys.visit({ iat: -200, exp: 100 }));
    state.delay = 300;
    const began = performance.now();
    const first = await ask(port, AUDIENCE, { headers: old });
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(300);
    await until(() => asked.length === 1);
    await sleep(400);
    expect((await ask(port, AUDIENCE, { headers: old })).headers['set-cookie']).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('keeps a good cookie good while the hub is away, and says 503 of one that is over', async () => {
    const { port, hubKeys, state } = await guardedHouse();
    state.answer = 'away';
    const almost = withCookie(hubKeys.visit({ iat: -200, exp: 100 }));
    expect((await ask(port, AUDIENCE, { headers: almost })).status).toBe(200);
    await sleep(100);
    expect((await ask(port, AUDIENCE, { headers: almost })).status).toBe(200);
    const over = withCookie(hubKeys.visit({ iat: -400, exp: -100 }));
    expect((await ask(port, AUDIENCE, { headers: over })).status).toBe(503);
  });

  it('sends whom the hub refuses to the door, and refuses what is no navigation', async () => {
    const { port, hubKeys, state, seen } = await guardedHouse();
    state.answer = 'over';
    const headers = withCookie(hubKeys.visit({ iat: -400, exp: -100 }));
    expect((await ask(port, AUDIENCE, { headers })).status).toBe(403);
    expect((await ask(port, AUDIENCE, { headers: { ...headers, ...NAVIGATION } })).headers.location).toMatch(
      /^\/hub\/guard\?/,
    );
    expect(await knock(port, headers)).toBe(403);
    expect(seen).toEqual([]);
  });

  it('asks again for every cookie once not_before has moved: who may not come any more is out at once, WebSockets too', async () => {
    const { port, hubKeys, state, give, asked } = await guardedHouse();
    const value = hubKeys.visit();
    const [bob, stays] = [
      await entered(port, withCookie(value)),
      await entered(port, withCookie(hubKeys.visit({ sub: 'carol' }))),
    ];
    stays.on('message', () => undefined);
    const gone = once(bob, 'close');
    state.answer = 'over';
    give({ not_before: Date.now() });
    expect((await ask(port, AUDIENCE, { headers: withCookie(value) })).status).toBe(403);
    await gone;
    expect(asked.length).toBeGreaterThan(0);
    await once(stays, 'close');
  });

  it('leaves a WebSocket open whose visitor the hub renews', async () => {
    const { port, hubKeys, state, give, asked } = await guardedHouse();
    const socket = await entered(port, withCookie(hubKeys.visit()));
    state.answer = { iat: 1 };
    give({ not_before: Date.now() });
    await until(() => asked.length === 1);
    await sleep(800);
    socket.send('still here');
    expect(String((await once(socket, 'message'))[0])).toBe('still here');
    expect(asked).toHaveLength(1);
    socket.close();
  });

  it('refuses what a page of another origin sends, whatever the cookie; reading by navigation is not in question', async () => {
    const { port, hubKeys, seen } = await guardedHouse();
    const headers = { ...withCookie(hubKeys.visit()), host: 'hub.example' };
    for (const origin of [
      'https://evil.example',
      'http://hub.example.evil',
      'http://x.hub.example',
      'null',
    ]) {
      expect((await ask(port, AUDIENCE, { method: 'POST', headers: { ...headers, origin } })).status).toBe(
        403,
      );
      expect(await knock(port, { ...headers, origin })).toBe(403);
    }
    expect(seen).toEqual([]);
    expect(
      (await ask(port, AUDIENCE, { method: 'POST', headers: { ...headers, origin: 'https://hub.example' } }))
        .status,
    ).toBe(200);
    const spared = await entered(port, { ...headers, origin: 'https://hub.example' });
    spared.close();
  });

  it('knows its own name as a trusted front server tells it, and not as a stranger does', async () => {
    for (const [trusted, status] of [
      ['loopback', 200],
      ['none', 403],
    ] as const) {
      const { port, hubKeys } = await guardedHouse({}, [`--trusted-proxies=${trusted}`]);
      const headers = {
        ...withCookie(hubKeys.visit()),
        host: 'proxy:8000',
        'x-forwarded-host': 'hub.example',
        origin: 'https://hub.example',
      };
      expect((await ask(port, AUDIENCE, { method: 'POST', headers })).status).toBe(status);
    }
  });

  it('marks the fresh cookie for https only where the browser came by it', async () => {
    const old = { iat: -400, exp: -100 };
    const plain = await guardedHouse();
    const cookie = async (house: typeof plain, more: Record<string, string>) =>
      (await ask(house.port, AUDIENCE, { headers: { ...withCookie(house.hubKeys.visit(old)), ...more } }))
        .headers['set-cookie']?.[0];
    expect(await cookie(plain, {})).not.toContain('Secure');
    expect(await cookie(plain, { 'x-forwarded-proto': 'https' })).toContain('; Secure');
    plain.give({ secure: true });
    expect(await cookie(plain, {})).toContain('; Secure');
  });

  it('believes no client about who it is, in whatever spelling', async () => {
    const { port, hubKeys, seen } = await guardedHouse();
    const lies = [
      'X-Forwarded-User',
      'x_forwarded_user',
      'X-Berth-Assertion',
      'X_Berth_Assertion',
      'Remote-User',
      'REMOTE_USER',
    ];
    const headers = {
      ...Object.fromEntries(lies.map((name) => [name, 'root'])),
      ...withCookie(hubKeys.visit()),
    };
    await ask(port, AUDIENCE, { headers });
    const said = Object.entries(seen[0]?.headers ?? {}).filter(([, value]) => String(value).includes('root'));
    expect(said).toEqual([]);
    expect(seen[0]?.headers['x-forwarded-user']).toBe('bob');
  });

  it('lets no server set a visit cookie, and none on another route see it', async () => {
    const { port, proxy, app, hubKeys, seen } = await guardedHouse();
    const reply = await ask(port, `${AUDIENCE}set`, { headers: withCookie(hubKeys.visit()) });
    expect(reply.headers['set-cookie']).toEqual(['mine=1; Path=/; HttpOnly']);
    addRoute(proxy, '/user/mallory', app.url, { user: 'mallory' });
    await ask(port, '/user/mallory/', { headers: withCookie(hubKeys.visit()) });
    expect(seen.at(-1)?.headers.cookie).toBe('a=1; b=2');
  });

  it('leads a person who forgot the last slash below it, where the cookie counts', async () => {
    const { port, hubKeys } = await guardedHouse();
    expect(
      await ask(port, `${PATH}?x=1`, { headers: { ...withCookie(hubKeys.visit()), ...NAVIGATION } }),
    ).toMatchObject({
      status: 302,
      headers: { location: `${AUDIENCE}?x=1` },
    });
  });

  it.each([
    ['no key', { key: undefined }],
    ['a key of the wrong length', { key: 'AAAA' }],
    ['no audience', { audience: undefined }],
    ['an audience that would end the cookie’s Path', { audience: '/user/alice/; Domain=example/' }],
    ['a door on another site', { door: '//evil.example/' }],
    ['a word for a time', { not_before: 'now' }],
  ])('is not made with %s', async (_, wrong) => {
    const { proxy, guard, app } = await guardedHouse();
    const body = { target: app.url, guard: { ...guard, ...wrong } };
    expect((await control(proxy, 'POST', '/user/bob/studio', body)).status).toBe(400);
    expect((await control(proxy, 'GET', '/user/bob/studio')).status).toBe(404);
  });
});

/** The same signature over another name. */
function changed(value: string, sub: string): string {
  const [head = '', payload = '', rest = ''] = value.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), rest].join('.');
}
