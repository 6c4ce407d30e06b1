import { afterEach, describe, expect, test } from 'vitest';
import type { IdentityMood } from '../../stand-ins/identity-moods.ts';
import { RealmVisitor } from '../../support/realm-visitor.ts';
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

describe('coming in', () => {
  test('ends where the person wanted to go, as the person of the realm', async () => {
    await open();
    const { visitor, reply } = await house.arrive('ana', '/hub/token?x=1');
    expect(reply).toMatchObject({ status: 302, location: '/hub/token?x=1' });
    expect((await visitor.get('/hub/home')).text).toContain('ana');
    expect(house.signIn.store.users.get('ana')?.identities).toEqual({
      'generic-oauth': `${house.realm.issuer} id-of-ana`,
    });
  });

  test('tokens of the provider lie on the disk sealed, and nowhere else', async () => {
    await open();
    await house.arrive('ana');
    const [session] = [...house.signIn.store.sessions.values()];
    expect(session?.authState).toMatch(/./);
    expect(session?.authState).not.toMatch(/eyJ|access_token|ana/);
  });

  test('somebody who got the name of another is somebody else', async () => {
    await open();
    await house.arrive('ana');
    house.realm.people.clear();
    house.realm.current = house.realm.add('ana', [], { sub: 'the-next-ana' }).sub;
    const reply = await house.pass(new Visitor(house.origin), new RealmVisitor());
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('This name belongs to somebody else');
  });

  test('no account without a name, and none by an address that nobody verified', async () => {
    await open({ settings: { usernameClaim: 'email' } });
    house.realm.current = house.realm.add('eve', [], {
      email: 'root@lab.example',
      email_verified: false,
    }).sub;
    const reply = await house.pass(new Visitor(house.origin), new RealmVisitor());
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('cannot be used here');
    expect(house.signIn.store.users.size).toBe(0);
  });

  test('groups and administrators are the realm’s where it manages them', async () => {
    await open({ settings: { manageGroups: true, adminGroups: ['chiefs'], allowedGroups: ['staff'] } });
    await house.arrive('ana', '/hub/home', ['chiefs', 'staff']);
    expect(house.signIn.store.users.get('ana')).toMatchObject({ admin: true, groups: ['chiefs', 'staff'] });
    await house.arrive('ana', '/hub/home', ['staff']);
    expect(house.signIn.store.users.get('ana')).toMatchObject({ admin: false, groups: ['staff'] });
  });
});

describe('§8.109 what the realm says of a person', () => {
  test.each([
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    'ana\u202e',
    '../admin',
    'ana\r\nSet-Cookie: x=1',
    '\u0430na',
    '{{7*7}}',
  ])('never becomes part of a page or a name: %j', async (preferred_username) => {
    await open();
    house.realm.current = house.realm.add('eve', [], { preferred_username }).sub;
    const reply = await house.pass(new Visitor(house.origin), new RealmVisitor());
    expect(reply.status).toBe(403);
    expect(reply.text).not.toMatch(/<img src=x|<svg\/onload/);
    expect(reply.headers['set-cookie'] ?? '').not.toContain('x=1');
    expect(house.signIn.store.users.size).toBe(0);
  });

  test('groups of the same kind stay words on the pages', async () => {
    await open({ settings: { manageGroups: true } });
    const { visitor } = await house.arrive('ana', '/hub/home', ['<img src=x onerror=alert(1)>', '!all', ' ']);
    const pages = await Promise.all(['/hub/home', '/hub/token'].map((path) => visitor.get(path)));
    for (const page of pages) expect(page.text).not.toContain('<img src=x');
    expect(house.signIn.store.users.get('ana')?.groups).toEqual(['<img src=x onerror=alert(1)>']);
  });
});

describe('each failure of the realm is a page that says what happened, and nobody is in', () => {
  test.each<[IdentityMood, number, string]>([
    ['token-500', 502, 'Keycloak did not answer as it should'],
    ['token-garbage', 502, 'Keycloak did not answer as it should'],
    ['wrong-signature', 502, 'Keycloak did not answer as it should'],
    ['alg-none', 502, 'Keycloak did not answer as it should'],
    ['wrong-nonce', 502, 'Keycloak did not answer as it should'],
    ['clock-behind', 502, 'Keycloak did not answer as it should'],
    ['userinfo-500', 502, 'Keycloak did not answer as it should'],
    ['other-iss', 400, 'Sign-in was interrupted'],
    ['denies', 403, 'Sign-in was cancelled'],
  ])('%s: %i', async (mood, status, title) => {
    await open();
    const [visitor, elsewhere] = [new Visitor(house.origin), new RealmVisitor()];
    house.realm.current = house.realm.add('ana').sub;
    house.realm.mood = mood;
    const reply = await house.pass(visitor, elsewhere);
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(title);
    expect(reply.text).not.toMatch(/SECRET-BODY|No, "thanks"|<b>|eyJ/);
    expect(visitor.jar.has('jupyterhub-hub-login')).toBe(false);
    expect(house.signIn.store.users.size).toBe(0);
    expect(await isIn(visitor)).toBe(false);
  });

  test('silent: within ten seconds', async () => {
    await open();
    house.realm.current = house.realm.add('ana').sub;
    const visitor = new Visitor(house.origin);
    const back = await house.comeBack(visitor, new RealmVisitor());
    house.realm.mood = 'silent';
    const began = performance.now();
    const reply = await visitor.get(`${back.pathname}${back.search}`);
    expect(reply.status).toBe(502);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('away before it begins: a page, not a broken redirect', async () => {
    await open();
    house.realm.mood = 'discovery-500';
    const reply = await new Visitor(house.origin).get('/hub/oauth_login');
    expect(reply.status).toBe(502);
    expect(reply.text).toContain('Keycloak did not answer as it should');
  });

  test('the log names the failure, and neither code nor token nor secret', async () => {
    await open();
    house.realm.current = house.realm.add('ana').sub;
    const moods: IdentityMood[] = [
      'well',
      'token-500',
      'wrong-signature',
      'userinfo-401',
      'token-invalid-grant',
    ];
    const secrets: string[] = [house.realm.clientSecret];
    for (const mood of moods) {
      house.realm.mood = mood;
      const visitor = new Visitor(house.origin);
      const back = await house.comeBack(visitor, new RealmVisitor());
      secrets.push(back.searchParams.get('code') ?? 'no code', back.searchParams.get('state') ?? 'no state');
      await visitor.get(`${back.pathname}${back.search}`);
    }
    const written = house.log.lines.join('\n');
    expect(written).toContain('AUTH-007');
    for (const secret of secrets) expect(written).not.toContain(secret);
    expect(written).not.toMatch(/eyJ|SECRET-BODY/);
  });
});

describe('an answer of the realm', () => {
  test('is good in the browser that began, and nowhere else', async () => {
    await open();
    house.realm.current = house.realm.add('eve').sub;
    const back = await house.comeBack(new Visitor(house.origin), new RealmVisitor());
    const victim = new Visitor(house.origin);
    await victim.get('/hub/login');
    const reply = await victim.get(`${back.pathname}${back.search}`);
    expect(reply.status).toBe(400);
    expect(victim.jar.has('jupyterhub-hub-login')).toBe(false);
  });

  test('does not end the session of a victim who is signed in', async () => {
    await open();
    const { visitor } = await house.arrive('ana');
    house.realm.current = house.realm.add('eve').sub;
    const back = await house.comeBack(new Visitor(house.origin), new RealmVisitor());
    expect((await visitor.get(`${back.pathname}${back.search}`)).status).toBe(400);
    expect((await visitor.get('/hub/home')).text).toContain('ana');
  });

  test.each([
    '',
    '?code=x',
    '?code=x&state=',
    '?code=x&state=signed-out',
    '?state=generic-oauth.x&code=x',
    '?error=x',
  ])('is not %j', async (query) => {
    await open();
    const reply = await new Visitor(house.origin).get(`/hub/oauth_callback${query}`);
    expect(reply.status).toBe(400);
  });

  test('leads nowhere but into the hub, whatever next was', async () => {
    await open();
    for (const next of ['//evil.example', 'https://evil.example', '/hub/..//evil.example', '/hub/logout']) {
      expect((await house.arrive('ana', next)).reply.location).toBe('/hub/home');
    }
  });
});

describe('two providers', () => {
  test('stand side by side, each with its own button and its own answers, on one callback', async () => {
    await open({ github: true });
    const page = (await new Visitor(house.origin).get('/hub/login')).text;
    expect(page).toContain('Sign in with GitHub');
    expect(page).toContain('Sign in with Keycloak');
    house.github.add('mona', 42);
    house.github.current = 'mona';
    const mona = new Visitor(house.origin);
    await mona.get('/hub/login');
    const begun = await mona.get('/hub/oauth_login?provider=github');
    const answer = await new RealmVisitor().send(new URL(begun.location), null);
    const back = new URL(answer.location ?? '');
    expect((await mona.get(`${back.pathname}${back.search}`)).status).toBe(302);
    expect((await mona.get('/hub/home')).text).toContain('mona');
    expect((await house.arrive('ana')).reply.status).toBe(302);
  });

  test('an answer of one is none of the other’s, whatever state is put on it', async () => {
    await open({ github: true });
    house.realm.current = house.realm.add('ana').sub;
    const visitor = new Visitor(house.origin);
    const back = await house.comeBack(visitor, new RealmVisitor());
    const github = new URL((await visitor.get('/hub/oauth_login?provider=github')).location);
    const state = back.searchParams.get('state') ?? '';
    const renamed = new URL(back);
    renamed.searchParams.set('state', state.replace('generic-oauth.', 'github.'));
    expect((await visitor.get(`${renamed.pathname}${renamed.search}`)).status).toBe(400);
    const swapped = new URL(back);
    swapped.searchParams.set('state', github.searchParams.get('state') ?? '');
    expect((await visitor.get(`${swapped.pathname}${swapped.search}`)).status).toBeGreaterThanOrEqual(400);
    expect(await isIn(visitor)).toBe(false);
  });

  test('without saying which, the choice comes first; an unknown one is not there', async () => {
    await open({ github: true, autoLogin: true });
    const visitor = new Visitor(house.origin);
    expect(await visitor.get('/hub/oauth_login?next=%2Fhub%2Fspawn')).toMatchObject({
      status: 302,
      location: '/hub/login?next=%2Fhub%2Fspawn',
    });
    expect((await visitor.get('/hub/login?next=%2Fhub%2Fspawn')).status).toBe(200);
    expect((await visitor.get('/hub/oauth_login?provider=evil')).status).toBe(404);
    expect((await visitor.get('/hub/oauth_login?provider=github&provider=generic-oauth')).status).toBe(404);
  });

  test('somebody of one cannot take the account of the same name of the other', async () => {
    await open({ github: true });
    await house.arrive('mona');
    house.github.add('mona', 42);
    house.github.current = 'mona';
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/login');
    const begun = await visitor.get('/hub/oauth_login?provider=github');
    const answer = await new RealmVisitor().send(new URL(begun.location), null);
    const back = new URL(answer.location ?? '');
    expect((await visitor.get(`${back.pathname}${back.search}`)).status).toBe(403);
  });
});

describe('auto_login', () => {
  test('leads straight to the realm and back to next', async () => {
    await open({ autoLogin: true });
    house.realm.current = house.realm.add('ana').sub;
    const visitor = new Visitor(house.origin);
    const wanted = await visitor.get('/hub/token?a=b');
    const login = await visitor.get(wanted.location);
    const begun = await visitor.get(login.location);
    expect(new URL(begun.location).origin).toBe(house.realm.origin);
    const back = await new RealmVisitor().follow(begun.location);
    expect(await visitor.get(`${back.pathname}${back.search}`)).toMatchObject({ location: '/hub/token?a=b' });
  });

  test('not after signing out, by button or by link: no circle', async () => {
    await open({ autoLogin: true, settings: { signOutThere: false } });
    for (const leave of ['POST', 'GET']) {
      const { visitor } = await house.arrive('ana');
      await visitor.get('/hub/home');
      const reply =
        leave === 'POST' ? await visitor.post('/hub/logout', {}) : await visitor.get('/hub/logout');
      expect(reply.location).toMatch(/^\/hub\/signed-out/);
      expect((await visitor.get(reply.location)).status).toBe(200);
      expect(await isIn(visitor)).toBe(false);
    }
  });

  test('shows the form to whoever asks for it', async () => {
    await open({ autoLogin: true });
    expect((await new Visitor(house.origin).get('/hub/login?auto_login=0')).status).toBe(200);
  });
});

test('forms may lead to the realm’s origin and GitHub’s, and nowhere else outside', async () => {
  await open({ github: true });
  const { headers } = await new Visitor(house.origin).get('/hub/login');
  const policy = String(headers['content-security-policy']);
  const action = /form-action ([^;]+)/.exec(policy)?.[1]?.split(' ');
  expect(action).toEqual(["'self'", `http://127.0.0.1:${house.github.port}`, house.realm.origin]);
});
