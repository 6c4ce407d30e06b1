import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mood, StandInGitHub } from '../../stand-ins/github.ts';
import { openLabHouse, type ProbeHouse } from './probe-house.ts';

// Probes by the number of the row that asks for them; `own` are those beyond the rows. Each reads back what
// must not have changed.

let house: ProbeHouse;
beforeEach(async () => {
  house = await openLabHouse();
});
afterEach(() => house.close());

describe('redirects', () => {
  test.each([
    '//evil.example',
    '/\\evil.example/..//x',
    'https://hub.example//evil.example',
    '/hub/..//evil.example',
    '/.//evil.example',
    '/hub/../..//evil.example',
    'javascript:alert(1)',
    'blob:https://hub.example/x',
    'https://evil.example',
    '/hub/%2e%2e//evil.example',
  ])('§8.2 next=%s leads nowhere else, by a provider and for whoever is in already', async (next) => {
    const visitor = house.visitor();
    const { location } = await house.signInBy(visitor, 'mona', next);
    for (const found of [
      location,
      (await visitor.get(`/hub/login?next=${encodeURIComponent(next)}`)).location,
    ]) {
      expect(found).toMatch(/^\/(?![/\\])/);
      expect(new URL(found, house.origin).origin).toBe(house.origin);
    }
  });

  test.each([
    '/hub/logout',
    '/hub/login?next=%2Fhub%2Flogin%3Fnext%3D%252Fhub%252Flogin',
    '/hub/oauth_login',
    '/hub/oauth_callback?code=x',
  ])('§8.5 next=%s ends at home, and nobody is signed out by it', async (next) => {
    const visitor = house.visitor();
    expect((await house.signInBy(visitor, 'mona', next)).location).toBe('/hub/home');
    expect((await visitor.get('/hub/home')).status).toBe(200);
  });

  test('§8.8 a next to another site in the form ends at home', async () => {
    const word = await house.hub.createInvitation({ user: 'alice' });
    const first = house.visitor();
    await first.get(`/hub/setup?token=${word}`);
    await first.post(`/hub/setup?token=${word}`, {
      password: 'a harbour at night',
      again: 'a harbour at night',
    });
    const visitor = house.visitor();
    await visitor.get('/hub/login?next=//evil.example');
    const fields = { username: 'alice', password: 'a harbour at night', next: '//evil.example' };
    expect(await visitor.post('/hub/login?next=//evil.example', fields)).toMatchObject({
      status: 302,
      location: '/hub/home',
    });
  });
});

describe('the provider', () => {
  test.each([
    ['§8.31 without a state', (path: string) => path.replace(/&?state=[^&]*/, '')],
    ['§8.32 with another state', (path: string) => path.replace(/state=[^&]*/, 'state=github.made-up')],
    ['own: with an empty state', (path: string) => path.replace(/state=[^&]*/, 'state=')],
    ['own: with the state twice', (path: string) => `${path}&state=github.made-up`],
    ['own: without a code', (path: string) => path.replace(/&?code=[^&]*/, '')],
    [
      'own: with the state of a provider that is none',
      (path: string) => path.replace('state=github.', 'state=x.'),
    ],
  ])('%s a code is 400 or refused, and nobody is in', async (_, change) => {
    const visitor = house.visitor();
    const reply = await visitor.get(change(await house.comeBack(visitor, 'mona')));
    expect([400, 403, 404]).toContain(reply.status);
    expect(visitor.jar.has('jupyterhub-hub-login')).toBe(false);
    expect(house.store.sessions.size).toBe(0);
  });

  test('§8.33 a code that was begun in another browser is 400', async () => {
    const path = await house.comeBack(house.visitor(), 'mona');
    const victim = house.visitor();
    await victim.get('/hub/login');
    expect((await victim.get(path)).status).toBe(400);
    expect(victim.jar.has('jupyterhub-hub-login')).toBe(false);
  });

  test('own: the same answer twice opens one session', async () => {
    const visitor = house.visitor();
    const path = await house.comeBack(visitor, 'mona');
    expect((await visitor.get(path)).status).toBe(302);
    expect((await visitor.get(path)).status).toBe(400);
    expect(house.store.sessions.size).toBe(1);
  });

  test('own: what the provider says of a cancelled sign-in is shown as text, and is no failure of ours', async () => {
    house.github.mood = 'denies';
    const visitor = house.visitor();
    const path = await house.comeBack(visitor, 'mona');
    const hostile = encodeURIComponent('<script>alert(1)</script>');
    const reply = await visitor.get(path.replace(/error_description=[^&]*/, `error_description=${hostile}`));
    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('<script>alert');
  });

  test.each(['evil.example', 'hub.example@evil.example', 'evil.example:80'])(
    '§8.38 Host: %s does not change where GitHub sends people back to',
    async (host) => {
      const { location, status } = await house.visitor().get('/hub/oauth_login?provider=github', { host });
      if (status === 400) return;
      const back = new URL(location).searchParams.get('redirect_uri');
      expect(back).toBe(`${house.origin}/hub/oauth_callback`);
    },
  );

  test('§8.47 somebody who got the login of another is refused', async () => {
    await house.signInBy(house.visitor(), 'mona');
    house.github.add('mona', 4711);
    const visitor = house.visitor();
    const reply = await house.signInBy(visitor, 'mona');
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('This name belongs to somebody else');
    expect(visitor.jar.has('jupyterhub-hub-login')).toBe(false);
  });

  test('§8.49 who left the organisation is out at the next look; while GitHub is away everybody stays', async () => {
    const visitor = house.visitor();
    await house.signInBy(visitor, 'mona');
    house.pass(301_000);
    house.github.mood = 'orgs-500';
    expect((await visitor.get('/hub/home')).status).toBe(200);
    expect(house.lines.some((line) => line.includes('could not be asked'))).toBe(true);
    house.github.mood = 'well';
    house.github.removeMember('lab', 'mona');
    house.pass(31_000);
    expect((await visitor.get('/hub/home')).status).toBe(302);
  });

  test('own: while GitHub is silent a page waits for it three seconds and no longer, and everybody stays', async () => {
    const visitor = house.visitor();
    await house.signInBy(visitor, 'mona');
    house.pass(301_000);
    house.github.mood = 'silent';
    const begun = performance.now();
    expect((await visitor.get('/hub/home')).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(2900);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('own: a call of the API does not wait for GitHub at all, and what it says counts from the next one on', async () => {
    const visitor = house.visitor();
    await house.signInBy(visitor, 'mona');
    const cookie = [...visitor.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    house.pass(301_000);
    house.github.removeMember('lab', 'mona');
    expect((await house.send('GET', '/hub/api/user', { cookie })).status).toBe(200);
    await expect
      .poll(async () => (await house.send('GET', '/hub/api/user', { cookie })).status, { timeout: 5000 })
      .toBe(403);
  });

  test('§8.52 the verifier stands in no address and no line of the log', async () => {
    const visitor = house.visitor();
    const reply = await house.signInBy(visitor, 'mona');
    expect(reply.status).toBe(302);
    const asked = new URL((await visitor.get('/hub/oauth_login?provider=github')).location);
    expect(asked.searchParams.has('code_verifier')).toBe(false);
    expect(asked.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(house.lines.join('\n')).not.toMatch(/verifier|gho_/);
    expect(house.github.requests.join('\n')).not.toContain('verifier');
  });
});

describe('failures of GitHub are a page that says what happened, soon, and nobody is in', () => {
  test.each<[Mood, number]>([
    ['token-500', 502],
    ['token-error', 502],
    ['token-garbage', 502],
    ['token-empty', 502],
    ['token-huge', 502],
    ['token-redirect', 502],
    ['user-500', 502],
    ['user-garbage', 502],
    ['user-huge', 502],
    ['orgs-500', 502],
    ['rate-limited', 502],
    ['secondary-limit', 502],
    ['sso-403', 403],
    ['silent', 502],
    ['user-silent', 502],
  ])('§8.40 %s', { timeout: 15_000 }, async (mood, status) => {
    const visitor = house.visitor();
    const path = await house.comeBack(visitor, 'mona');
    house.github.mood = mood;
    const begun = performance.now();
    const reply = await visitor.get(path);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(reply.status).toBe(status);
    expect(reply.text).toContain('<h1>');
    expect(reply.text).toMatch(
      status === 502 ? /GitHub did not answer as it should/ : /You are not on the list/,
    );
    expect(visitor.jar.has('jupyterhub-hub-login')).toBe(false);
    expect(house.store.sessions.size).toBe(0);
    expect(house.lines.join('\n')).not.toContain(house.github.clientSecret);
    expect(house.github.sentBytes).toBeLessThan(16 * 1024 * 1024);
  });

  test('§8.40 gone altogether', async () => {
    const visitor = house.visitor();
    const path = await house.comeBack(visitor, 'mona');
    await house.github.close();
    expect((await visitor.get(path)).status).toBe(502);
    expect(house.store.sessions.size).toBe(0);
    house.github = await StandInGitHub.listen();
  });

  test('own: slow but whole, people come in', async () => {
    const visitor = house.visitor();
    const path = await house.comeBack(visitor, 'mona');
    house.github.mood = 'slow';
    expect((await visitor.get(path)).status).toBe(302);
  });
});
