import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  byCookie,
  JSON_TYPE,
  openLabHouse,
  openProbeHouse,
  type ProbeHouse,
  stateOf,
} from './probe-house.ts';

// Probes by the number of the row that asks for them; `own` are those beyond the rows. Each reads back what
// must not have changed.

let house: ProbeHouse;
beforeEach(async () => {
  house = await openLabHouse();
});
afterEach(() => house.close());

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
    const before = stateOf(house);
    const answer = await byCookie(house, 'alice', 'POST', '/hub/api/users/alice/server', headers, '{}');
    expect([400, 401, 403, 415]).toContain(answer.status);
    expect(stateOf(house)).toBe(before);
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
    const before = stateOf(house);
    for (const path of ['/hub/api/users/eve', '/hub/api/users/alice/server']) {
      const answer = await house.send('POST', path, { cookie, ...JSON_TYPE, ...headers }, '{}');
      expect(answer.status).toBe(403);
    }
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers };
    expect((await house.send('POST', '/hub/admin/remove/alice', form, '')).status).toBe(403);
    expect(stateOf(house)).toBe(before);
  });

  test('§8.61 every link that an administrator can follow changes nothing', async () => {
    await house.runServer('alice');
    const { cookie } = await house.signIn('mary');
    const before = stateOf(house);
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
    expect(stateOf(house)).toBe(before);
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
