import { afterEach, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { RealmHouse, type RealmHouseOptions } from './realm-house.ts';

let house: RealmHouse;

async function open(options: RealmHouseOptions = {}): Promise<RealmHouse> {
  house = await RealmHouse.open(options);
  return house;
}

afterEach(async () => {
  await house.close();
});

function isIn(visitor: Visitor): Promise<boolean> {
  return visitor.get('/hub/home').then(({ status }) => status === 200);
}

describe('signing out', () => {
  test('ends the session here first, then leads to the realm with the token that says who leaves', async () => {
    await open();
    const { visitor } = await house.arrive('ana');
    await visitor.get('/hub/home');
    const reply = await visitor.post('/hub/logout', {});
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const there = new URL(String(reply.headers.refresh).replace('0;url=', ''));
    expect(there.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(await isIn(visitor)).toBe(false);
    expect(house.signIn.store.sessions.size).toBe(0);
  });

  test('by GET, as notebooks do it, goes there directly; then the realm asks for a name again', async () => {
    await open();
    const { visitor, elsewhere } = await house.arrive('ana');
    const reply = await visitor.get('/hub/logout');
    expect(new URL(reply.location).pathname).toContain('/protocol/openid-connect/logout');
    const page = await elsewhere.send(new URL(reply.location), null);
    const form = Object.fromEntries(
      [...page.text.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value ?? '',
      ]),
    );
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const left = await elsewhere.send(new URL(action), { ...form, logout: 'yes' });
    const back = new URL(left.location ?? '');
    expect(`${back.pathname}${back.search}`).toBe('/hub/oauth_callback?state=signed-out');
    expect(await visitor.get(`${back.pathname}${back.search}`)).toMatchObject({
      location: '/hub/signed-out',
    });
    // The realm has forgotten the browser: it shows its sign-in page.
    house.realm.current = null;
    await expect(house.comeBack(visitor, elsewhere)).rejects.toThrow(/shows a page/);
  });

  test('does not hang on a realm that is away, and says that one may still be signed in there', async () => {
    await open();
    const { visitor } = await house.arrive('ana');
    const [provider] = house.signIn.providers;
    // As after a restart of the hub with the realm gone: nothing is known of it.
    Object.assign(provider ?? {}, { signOutUrl: () => Promise.reject(new Error('away')) });
    await visitor.get('/hub/home');
    const reply = await visitor.post('/hub/logout', {});
    expect(reply).toMatchObject({ status: 303, location: '/hub/signed-out?still=generic-oauth' });
    expect((await visitor.get(reply.location)).text).toContain('may still be signed in at Keycloak');
    expect(await isIn(visitor)).toBe(false);
  });

  test('a made-up name of a provider is not shown', async () => {
    await open();
    const page = await new Visitor(house.origin).get('/hub/signed-out?still=Your%20bank');
    expect(page.text).not.toContain('signed in at');
  });

  test('of a local account leads to no provider', async () => {
    await open();
    const { visitor } = await house.arrive('ana');
    const [session] = [...house.signIn.store.sessions.values()];
    if (session === undefined) throw new Error('no session');
    await house.signIn.store.change((drafts) => drafts.sessions.put({ ...session, provider: 'local' }));
    await visitor.get('/hub/home');
    expect(await visitor.post('/hub/logout', {})).toMatchObject({ status: 303, location: '/hub/signed-out' });
  });
});

describe('a sign-out that the realm tells by itself', () => {
  const logout = '/hub/oauth_backchannel_logout';

  async function tell(claims: Record<string, unknown>): Promise<number> {
    const form = { logout_token: await house.realm.sign(claims, { typ: 'logout+jwt' }), _xsrf: '' };
    return (await new Visitor(house.origin).post(logout, form)).status;
  }

  function sidOf(user: string): string {
    const session = house.signIn.store.sessions.where('user', user).at(-1);
    if (typeof session?.providerSession !== 'string') throw new Error(`${user} has no session there`);
    return session.providerSession;
  }

  test('ends the session that it names, with its notebooks’ tokens, and no other of the person’s', async () => {
    await open();
    const one = await house.arrive('ana');
    const sid = sidOf('ana');
    const other = await house.arrive('ana');
    const eve = await house.arrive('eve');
    const session = house.signIn.store.sessions
      .where('user', 'ana')
      .find((each) => each.providerSession === sid);
    await house.signIn.store.change((drafts) =>
      drafts.tokens.put({
        hash: 'h',
        id: 'a1',
        user: 'ana',
        note: 'notebook',
        scopes: [],
        created: 0,
        lastActivity: null,
        expires: null,
        sessionId: session?.sharedId ?? null,
        clientId: null,
        server: null,
      }),
    );
    expect(await tell(house.realm.logoutClaims({ sid, sub: 'id-of-ana' }))).toBe(200);
    expect(await isIn(one.visitor)).toBe(false);
    expect(house.signIn.store.tokens.size).toBe(0);
    expect(await isIn(other.visitor)).toBe(true);
    expect(await isIn(eve.visitor)).toBe(true);
    expect(house.signIn.told).toContainEqual({ kind: 'signed-out', user: 'ana', by: 'provider' });
  });

  test('with a person alone ends all of theirs, and nobody else’s', async () => {
    await open();
    const [one, other, eve] = [
      await house.arrive('ana'),
      await house.arrive('ana'),
      await house.arrive('eve'),
    ];
    expect(await tell(house.realm.logoutClaims({ sub: 'id-of-ana' }))).toBe(200);
    expect(await Promise.all([one, other, eve].map(({ visitor }) => isIn(visitor)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('with a session of one person and the name of another ends nothing', async () => {
    await open();
    const { visitor } = await house.arrive('ana');
    expect(await tell(house.realm.logoutClaims({ sid: sidOf('ana'), sub: 'id-of-eve' }))).toBe(200);
    expect(await isIn(visitor)).toBe(true);
  });

  test('comes from the realm itself when somebody signs out there, and ends that browser’s session', async () => {
    await open();
    const other = await house.arrive('ana');
    const { visitor, elsewhere } = await house.arrive('ana');
    const door = new URL(`${house.realm.issuer}/protocol/openid-connect/logout?client_id=hub`);
    const page = await elsewhere.send(door, null);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await elsewhere.send(new URL(/action="([^"]+)"/.exec(page.text)?.[1] ?? ''), { xsrf, logout: 'yes' });
    await expect.poll(() => isIn(visitor), { timeout: 10_000 }).toBe(false);
    expect(await isIn(other.visitor)).toBe(true);
  });

  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'other' }],
    ['a nonce', { nonce: 'x' }],
    ['no event', { events: {} }],
  ])('with %s is refused, and ends nothing', async (_, changed) => {
    await open();
    const { visitor } = await house.arrive('ana');
    expect(await tell({ ...house.realm.logoutClaims({ sub: 'id-of-ana' }), ...changed })).toBe(400);
    expect(await isIn(visitor)).toBe(true);
  });

  test('is taken once, as a form only, and of bounded size', async () => {
    await open();
    const claims = house.realm.logoutClaims({ sub: 'id-of-ana' });
    expect(await tell(claims)).toBe(200);
    expect(await tell(claims)).toBe(400);
    const visitor = new Visitor(house.origin);
    expect((await visitor.post(logout, {}, { 'content-type': 'application/json' })).status).toBe(400);
    expect((await visitor.post(logout, {})).status).toBe(400);
    expect((await visitor.post(logout, { logout_token: 'x'.repeat(100_000) })).status).toBe(413);
    expect((await visitor.get(logout)).status).toBe(404);
  });
});
