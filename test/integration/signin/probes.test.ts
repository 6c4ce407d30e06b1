import { request as plainRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mood, StandInGitHub } from '../../stand-ins/github.ts';
import { Visitor } from '../../support/visitor.ts';
import { openProbeHouse, type ProbeHouse } from './probe-house.ts';

// Probes by the number of the row that asks for them; `own` are those beyond the rows. Each reads back what
// must not have changed.

let house: ProbeHouse;
const JSON_TYPE = { 'content-type': 'application/json' };

beforeEach(async () => {
  house = await openProbeHouse({ GITHUB_ALLOWED_ORGANIZATIONS: 'lab' });
  house.github.add('owner', 1);
  house.github.add('mona', 42);
  house.github.addOrganization('lab', ['owner', 'mona']);
  await house.addUser('alice');
  await house.addUser('bob');
  await house.addUser('mary', { admin: true });
});
afterEach(() => house.close());

/** Everything that a refused call must leave as it was. */
const state = () =>
  JSON.stringify([
    [...house.store.users.values()].map(({ lastActivity: _, ...user }) => user),
    [...house.store.servers.values()].map(({ lastActivity: _, ...server }) => server),
    [...house.store.tokens.values()].map(({ lastActivity: _, ...token }) => token),
    [...house.store.groups.values()],
    [...house.store.credentials.values()],
  ]);

/** A call as alice's browser would make it, with the word of her forms unless told otherwise. */
async function byCookie(
  who: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
) {
  const { cookie, xsrf } = await house.signIn(who);
  return await house.send(method, path, { cookie, 'x-xsrftoken': xsrf, ...headers }, body);
}

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
    expect(house.lines.some((line) => line.includes('could not be asked again'))).toBe(true);
    house.github.mood = 'well';
    house.github.removeMember('lab', 'mona');
    house.pass(31_000);
    expect((await visitor.get('/hub/home')).status).toBe(302);
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

describe('sessions and cookies', () => {
  test('§8.53 after signing out a copied cookie opens neither pages nor API', async () => {
    const { cookie } = await house.signIn('alice');
    const visitor = house.visitor();
    await visitor.get('/hub/home', { cookie });
    await visitor.post('/hub/logout', {}, { cookie: `${cookie}; _xsrf=${visitor.jar.get('_xsrf')?.value}` });
    expect((await house.send('GET', '/hub/home', { cookie })).status).toBe(302);
    expect((await house.send('GET', '/hub/api/user', { cookie })).status).toBe(403);
    expect((await house.send('GET', '/hub/user/alice/api/status', { cookie })).status).toBeGreaterThanOrEqual(
      302,
    );
  });

  test.each([
    ['a flipped letter', (word: string) => `${word.slice(0, -1)}${word.endsWith('A') ? 'B' : 'A'}`],
    ['half of it', (word: string) => word.slice(0, 20)],
    ['nothing', () => ''],
    ['something long', () => 'x'.repeat(7000)],
    ['quotes', (word: string) => `"${word}x"`],
    ['the digest that the store keeps', (word: string) => house.hub.digest(word)],
  ])('§8.55 a cookie with %s is nobody’s', async (_, change) => {
    const { cookie } = await house.signIn('alice');
    const word = /login=([^;]+)/.exec(cookie)?.[1] ?? '';
    const answer = await house.send('GET', '/hub/home', { cookie: `jupyterhub-hub-login=${change(word)}` });
    expect([302, 400, 431]).toContain(answer.status);
  });

  test('§8.55 with a neighbour’s cookie beside it, in either order, it is one of the two and never both', async () => {
    const alice = await house.signIn('alice');
    const tossed = 'jupyterhub-hub-login=tossed';
    for (const cookie of [`${tossed}; ${alice.cookie}`, `${alice.cookie}; ${tossed}`]) {
      expect((await house.send('GET', '/hub/home', { cookie })).text).toContain('Hello, alice');
    }
  });

  test('§8.56 every cookie: HttpOnly but the form’s word, SameSite, no Domain; none with a token on /', async () => {
    const visitor = house.visitor();
    const { setCookies } = await house.signInBy(visitor, 'mona');
    for (const line of setCookies) {
      expect(line).toContain('SameSite=Lax');
      expect(line).not.toMatch(/domain=/i);
      if (!line.startsWith('_xsrf=')) expect(line).toContain('HttpOnly');
      if (line.includes('Path=/;') && !/max-age=0/i.test(line))
        expect(line).toMatch(/^jupyterhub-session-id=/);
    }
  });

  test.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['no type and no word', { 'x-xsrftoken': '' }],
    ['JSON and no word', { ...JSON_TYPE, 'x-xsrftoken': '' }],
    ['JSON and another’s word', { ...JSON_TYPE, 'x-xsrftoken': 'abc.def' }],
  ])('§8.58 by cookie, a start with %s changes nothing', async (_, headers) => {
    const before = state();
    const answer = await byCookie('alice', 'POST', '/hub/api/users/alice/server', headers, '{}');
    expect([400, 401, 403, 415]).toContain(answer.status);
    expect(state()).toBe(before);
  });

  test.each([
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-mode': 'websocket' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://hub.example.evil' },
  ])('§8.59 from elsewhere (%j), without our word, nothing changes', async (headers) => {
    const { cookie } = await house.signIn('mary');
    const before = state();
    for (const path of ['/hub/api/users/eve', '/hub/api/users/alice/server']) {
      const answer = await house.send('POST', path, { cookie, ...JSON_TYPE, ...headers }, '{}');
      expect(answer.status).toBe(403);
    }
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers };
    expect((await house.send('POST', '/hub/admin/remove/alice', form, '')).status).toBe(403);
    expect(state()).toBe(before);
  });

  test('§8.61 every link that an administrator can follow changes nothing', async () => {
    await house.runServer('alice');
    const { cookie } = await house.signIn('mary');
    const before = state();
    const seen = new Set<string>();
    const waiting = ['/hub/home', '/hub/admin', '/hub/token', '/hub/sessions', '/hub/admin/audit'];
    for (let path = waiting.pop(); path !== undefined && seen.size < 150; path = waiting.pop()) {
      if (seen.has(path) || path.includes('/logout') || path.startsWith('/hub/static')) continue;
      seen.add(path);
      const { text } = await house.send('GET', path, { cookie, accept: 'text/html' });
      for (const [, href = ''] of text.matchAll(/href="(\/hub\/[^"#]*)"/g))
        waiting.push(href.replaceAll('&amp;', '&'));
      for (const [, action = ''] of text.matchAll(/action="(\/hub\/[^"#]*)"/g)) waiting.push(action);
    }
    expect(seen.size).toBeGreaterThan(10);
    expect(state()).toBe(before);
  });

  test.each(['/hub/api/user', '/hub/home', '/hub/login', '/hub/api/users'])(
    '§8.62 %s tells no other origin that it may read',
    async (path) => {
      for (const method of ['OPTIONS', 'GET']) {
        const { headers } = await house.send(method, path, {
          origin: 'https://evil.example',
          'access-control-request-method': 'POST',
        });
        expect(
          Object.keys(headers).filter((name) =>
            /^access-control-allow-(?:origin|credentials|methods)$/.test(name),
          ),
        ).toEqual([]);
      }
    },
  );

  test.each(['/hub/login', '/hub/home', '/hub/nothing', '/hub/api/user', '/hub/oauth_callback'])(
    '§8.64 %s stands in no frame',
    async (path) => {
      const { headers } = await house.send('GET', path, { accept: 'text/html' });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );

  test('§8.29 blocked while signed in: the next request is nobody’s, and so are the tokens', async () => {
    await house.close();
    house = await openProbeHouse({ BLOCKED_USERS: 'Alice', ALLOW_ALL: 'true' });
    await house.addUser('alice', { admin: true });
    const { cookie } = await house.signIn('alice');
    expect((await house.send('GET', '/hub/home', { cookie })).status).toBe(302);
    const token = await house.token('alice');
    expect((await house.send('GET', '/hub/api/user', { authorization: `token ${token}` })).status).toBe(403);
  });
});

describe('rights', () => {
  const asBob = async (method: string, path: string, body?: string) =>
    await house.send(
      method,
      path,
      { authorization: `token ${await house.token('bob')}`, ...JSON_TYPE },
      body,
    );

  test.each([
    ['GET', '/hub/api/users/NAME'],
    ['DELETE', '/hub/api/users/NAME'],
    ['PATCH', '/hub/api/users/NAME'],
    ['POST', '/hub/api/users/NAME/server'],
    ['DELETE', '/hub/api/users/NAME/server'],
    ['GET', '/hub/api/users/NAME/tokens'],
    ['POST', '/hub/api/users/NAME/tokens'],
    ['GET', '/hub/api/users/NAME/server/progress'],
    ['POST', '/hub/api/users/NAME/activity'],
  ])('§8.67 %s %s of somebody else: refused, in the same words as for nobody', async (method, path) => {
    const body = method === 'GET' ? undefined : '{}';
    const answers: string[] = [];
    for (const name of ['alice', 'nobody']) {
      const before = state().length;
      const answer = await asBob(method, path.replace('NAME', name), body);
      expect([403, 404]).toContain(answer.status);
      answers.push(`${answer.status} ${answer.text.replaceAll(name, 'NAME')}`);
      // One token more: the one that asked.
      expect(state().length).toBeGreaterThanOrEqual(before);
      expect(house.store.users.get('alice')).toBeDefined();
      expect(house.store.servers.where('user', 'alice')).toEqual([]);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  test.each([
    { scopes: ['admin:users'] },
    { scopes: ['inherit', 'admin:servers'] },
    { roles: ['admin'] },
    { expires_in: -1 },
    { expires_in: 'x' },
    { expires_in: true },
    { expires_in: 1e308 },
    { scopes: 'admin:users' },
    { scopes: [['admin:users']] },
  ])('§8.70 a token with %j is not made', async (body) => {
    const token = await house.token('alice');
    const count = house.store.tokens.size;
    const headers = { authorization: `token ${token}`, ...JSON_TYPE };
    const answer = await house.send('POST', '/hub/api/users/alice/tokens', headers, JSON.stringify(body));
    expect([400, 403]).toContain(answer.status);
    expect(house.store.tokens.size).toBe(count);
  });

  test('§8.71 a token for reading makes no token for more', async () => {
    const token = await house.token('alice', ['read:users!user', 'tokens!user']);
    const headers = { authorization: `token ${token}`, ...JSON_TYPE };
    for (const scopes of [['inherit'], ['servers!user'], ['self']]) {
      const body = JSON.stringify({ scopes });
      expect((await house.send('POST', '/hub/api/users/alice/tokens', headers, body)).status).toBe(403);
    }
  });

  test.each([
    '{"usernames":["eve"],"admin":true,"__proto__":{"admin":true}}',
    '{"usernames":["eve"],"constructor":{"prototype":{"admin":true}}}',
    '{"usernames":["eve"],"token":"x"}',
    '{"usernames":["__proto__"]}',
    '{"usernames":[{"name":"eve","admin":true}]}',
  ])('§8.73 %s makes nobody an administrator behind anybody’s back', async (body) => {
    const headers = { authorization: `token ${await house.token('mary', ['admin:users'])}`, ...JSON_TYPE };
    const answer = await house.send('POST', '/hub/api/users', headers, body);
    if (answer.status === 201)
      expect(house.store.users.get('eve')?.admin).toBe(JSON.parse(body).admin === true);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(house.store.users.get('bob')?.admin).toBe(false);
  });

  test('§8.74 an administrator cannot remove the account they sit in by its page; a name that is back owns nothing', async () => {
    const answer = await byCookie(
      'mary',
      'POST',
      '/hub/admin/remove/mary',
      { 'content-type': 'application/x-www-form-urlencoded' },
      '',
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(house.store.users.get('mary')).toBeDefined();
    const old = await house.token('alice');
    const { cookie } = await house.signIn('alice');
    const headers = { authorization: `token ${await house.token('mary')}`, ...JSON_TYPE };
    expect((await house.send('DELETE', '/hub/api/users/alice', headers)).status).toBe(204);
    expect((await house.send('POST', '/hub/api/users/alice', headers)).status).toBe(201);
    expect((await house.send('GET', '/hub/api/user', { authorization: `token ${old}` })).status).toBe(403);
    expect((await house.send('GET', '/hub/home', { cookie })).status).toBe(302);
  });

  test.each([
    { image: 'evil/x' },
    { profile: '../x' },
    { volumes: { '/': '/host' } },
    { privileged: true },
    { env: { LD_PRELOAD: '/x' } },
    { HostConfig: { Privileged: true } },
  ])('§8.77 a start with %j takes none of it for its container', async (options) => {
    const headers = { authorization: `token ${await house.token('alice')}`, ...JSON_TYPE };
    const answer = await house.send(
      'POST',
      '/hub/api/users/alice/server?image=evil/x',
      headers,
      JSON.stringify(options),
    );
    expect([201, 202, 400]).toContain(answer.status);
    const [server] = house.store.servers.where('user', 'alice');
    expect(server?.image ?? null).not.toBe('evil/x');
    expect(server?.volumeName ?? null).toBeNull();
  });

  test.each(['limit=-1', 'offset=abc', 'sort=__proto__', 'state=x', 'limit=1e9', 'offset=-5'])(
    '§8.80 a list with %s is 400, or a list',
    async (query) => {
      const headers = { authorization: `token ${await house.token('mary')}` };
      const answer = await house.send('GET', `/hub/api/users?${query}`, headers);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect(JSON.parse(answer.text).length).toBeLessThanOrEqual(3);
    },
  );

  test.each([
    '/hub/metrics',
    '/hub/api/proxy',
    '/hub/api/info',
    '/hub/api/services',
    '/hub/api/groups',
    '/hub/api/users',
  ])('§8.82 %s is not for strangers, and not for everybody who is in', async (path) => {
    const [nobody, alice] = [
      await house.send('GET', path),
      await house.send('GET', path, { authorization: `token ${await house.token('alice')}` }),
    ];
    expect([401, 403]).toContain(nobody.status);
    if (alice.status === 200) expect(['[]', '{}']).toContain(alice.text);
    else expect(alice.status).toBe(403);
    expect((await house.send('POST', '/hub/api/shutdown', JSON_TYPE, '{}')).status).toBe(403);
  });

  test('§8.83 an administrator is asked before they enter somebody’s server, and it is written down', async () => {
    await house.runServer('bob');
    const path =
      '/hub/api/oauth2/authorize?client_id=jupyterhub-user-bob&redirect_uri=%2Fuser%2Fbob%2Foauth_callback&response_type=code&state=x';
    const asked = await byCookie('mary', 'GET', path, { accept: 'text/html' });
    expect([asked.status, asked.text.includes('You will act as mary')]).toEqual([200, true]);
    const { cookie } = await house.signIn('mary');
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await house.send('POST', path, form, 'scopes=x')).status).toBe(403);
    expect(house.store.codes.size).toBe(0);
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/home', { cookie });
    const allowed = await visitor.post(
      path,
      {},
      { cookie: `${cookie}; _xsrf=${visitor.jar.get('_xsrf')?.value}` },
    );
    expect(allowed.status).toBe(302);
    const [entry] = await house.hub.audit.read({ what: 'act', who: 'mary', limit: 1 });
    expect(entry?.detail).toContain('authorize');
  });
});

describe('what is said about whom', () => {
  test.each(['evil.example', 'hub.example@evil', 'x'.repeat(1000), '', 'a b', '<script>'])(
    '§8.106 Host: %s is refused, or stands nowhere in the answer',
    async (host) => {
      const answer = await new Promise<{ status: number; text: string; location: string }>((done, failed) => {
        const { port } = new URL(house.origin);
        const asked = plainRequest(
          { port, path: '/hub/login?next=/hub/home', headers: { host, accept: 'text/html' } },
          (reply) => {
            let text = '';
            reply.setEncoding('utf8').on('data', (piece: string) => {
              text += piece;
            });
            reply.on('end', () =>
              done({ status: reply.statusCode ?? 0, text, location: reply.headers.location ?? '' }),
            );
          },
        );
        asked.once('error', failed).end();
      });
      if (answer.status === 400) return;
      expect(host === '' ? '' : answer.text).not.toContain(host === '' ? 'evil' : host);
      expect(answer.location).not.toContain('evil');
    },
  );

  test.each([
    '/hub/x%0d%0aX-Evil:1',
    '/hub/home?next=%0d%0aX-Evil:1',
    '/hub/user/a%0d%0aX-Evil:1/',
    '/user/a%0aX-Evil:1',
  ])('§8.107 %s splits no answer', async (path) => {
    const { cookie } = await house.signIn('alice');
    const { headers } = await house.send('GET', path, { cookie });
    expect(headers['x-evil']).toBeUndefined();
  });

  const HOSTILE = [
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    '</script><script>alert(1)</script>',
    '{{7*7}}',
    '\u202eevil',
  ];

  test.each(HOSTILE)('§8.109 %s is text wherever it can be shown', async (hostile) => {
    const shown: string[] = [];
    await house.addUser('eve');
    const { session, cookie } = await house.signIn('eve');
    await house.store.change((drafts) =>
      drafts.sessions.put({ ...session, userAgent: hostile, address: hostile, provider: hostile }),
    );
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/home', { cookie });
    const word = `${cookie}; _xsrf=${visitor.jar.get('_xsrf')?.value}`;
    shown.push((await visitor.post('/hub/token', { note: hostile, expires: '' }, { cookie: word })).text);
    for (const path of ['/hub/sessions', `/hub/nothing/${encodeURIComponent(hostile)}`, '/hub/token']) {
      shown.push((await house.send('GET', path, { cookie, accept: 'text/html' })).text);
    }
    const boss = await house.signIn('mary');
    for (const path of [
      '/hub/admin/sessions/eve',
      `/hub/admin?q=${encodeURIComponent(hostile)}`,
      `/hub/admin/audit?who=${encodeURIComponent(hostile)}`,
    ]) {
      shown.push((await house.send('GET', path, { cookie: boss.cookie, accept: 'text/html' })).text);
    }
    const stranger = house.visitor();
    await stranger.get('/hub/login');
    shown.push((await stranger.post('/hub/login', { username: hostile, password: 'x' })).text);
    for (const text of shown) {
      expect(text).not.toContain('<img src=x');
      expect(text).not.toContain('<svg/onload');
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('49</');
    }
  });

  test('§8.112 there is no export of people that a spreadsheet could run', async () => {
    for (const path of [
      '/hub/admin.csv',
      '/hub/admin/export',
      '/hub/api/users.csv',
      '/hub/admin/audit.csv',
    ]) {
      const { headers } = await byCookie('mary', 'GET', path);
      expect(String(headers['content-type'])).not.toContain('csv');
    }
  });

  test.each([400, 403, 404, 413])(
    '§8.113 a secret in cookie, header, query or body is in no answer and no line of the log (%d)',
    async (status) => {
      const secret = 'SECRET123SECRET123';
      const headers = {
        cookie: `jupyterhub-hub-login=${secret}; other=${secret}`,
        authorization: `token ${secret}`,
        referer: `${house.origin}/hub/setup?token=${secret}`,
        ...JSON_TYPE,
      };
      const path =
        { 400: '/hub/oauth_callback', 403: '/hub/api/users', 404: '/hub/nothing', 413: '/hub/api/users' }[
          status
        ] ?? '';
      const body =
        status === 413
          ? JSON.stringify({ usernames: [secret.repeat(500_000)] })
          : JSON.stringify({ password: secret });
      const answer = await house.send(
        status === 413 ? 'POST' : 'GET',
        `${path}?code=${secret}&token=${secret}`,
        headers,
        status === 413 ? body : undefined,
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(secret);
      expect(house.lines.join('\n')).not.toContain(secret);
      const file = (await house.hub.audit.read({ what: null, who: '', limit: 100 })).map((entry) =>
        JSON.stringify(entry),
      );
      expect(file.join('\n')).not.toContain(secret);
    },
  );

  test('own: nothing that GitHub gave is in a page, the log or the audit log', async () => {
    const visitor = house.visitor();
    await house.signInBy(visitor, 'mona');
    const pages = await Promise.all(
      ['/hub/home', '/hub/sessions', '/hub/token'].map((path) => visitor.get(path)),
    );
    const entries = await house.hub.audit.read({ what: null, who: '', limit: 100 });
    const all = [
      ...pages.map(({ text }) => text),
      ...house.lines,
      ...entries.map((entry) => JSON.stringify(entry)),
    ].join('\n');
    expect(all).not.toMatch(/gho_/);
    expect(entries.some(({ what, by }) => what === 'signed-in' && by === 'mona')).toBe(true);
  });
});
