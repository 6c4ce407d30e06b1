// The sign-in form under attack: one row a probe. What an attack is told, and that nothing came of it.

import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';
import { GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

let house: PasswordHouse;
let from = '';
let count = 0;

beforeAll(async () => {
  house = await openPasswordHouse({ ENABLE_SIGNUP: 'true', BLOCKED_USERS: 'Mallory' });
  await house.addAccount('ana');
  await house.addAccount('kelvin');
});
afterAll(() => house?.close());
beforeEach(() => {
  // Each probe from an address of its own: throttling is a probe, not a nuisance to the others.
  count += 1;
  from = `198.51.${100 + (count >> 8)}.${count & 255}`;
  house.lines.length = 0;
});

async function form(): Promise<Visitor> {
  const visitor = new Visitor(house.origin);
  await visitor.get('/hub/login');
  return visitor;
}

const send = (
  visitor: Visitor,
  fields: Readonly<Record<string, string>>,
  headers = {},
): Promise<VisitorReply> => visitor.post('/hub/login', fields, { 'x-forwarded-for': from, ...headers });

const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get('/hub/home')).status === 200;

/** A POST of any body, with the word and cookies of a visitor who looked at the form. */
async function raw(body: string | Buffer, headers: Readonly<Record<string, string>>, known?: Visitor) {
  const visitor = known ?? (await form());
  const cookie = [...visitor.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
  const xsrf = visitor.jar.get('_xsrf')?.value ?? '';
  const begun = performance.now();
  const answer = await request(`${house.origin}/hub/login`, {
    method: 'POST',
    headers: { accept: 'text/html', cookie, 'x-xsrftoken': xsrf, 'x-forwarded-for': from, ...headers },
    body,
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, text, headers: answer.headers, took: performance.now() - begun };
}

describe('the word of the form', () => {
  const good = { username: 'ana', password: GOOD };
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['none', { ...good, _xsrf: '' }],
    ['made up', { ...good, _xsrf: 'abc.def' }],
    ['without its first part', { ...good, _xsrf: '.def' }],
    ['longer than any', { ...good, _xsrf: 'x'.repeat(10_000) }],
  ])('%s: 403, and nobody is signed in', async (_, fields) => {
    const visitor = await form();
    expect((await send(visitor, fields)).status).toBe(403);
    expect(await isIn(visitor)).toBe(false);
  });

  test('of another browser: 403', async () => {
    const theirs = (await form()).jar.get('_xsrf')?.value ?? '';
    const visitor = await form();
    expect((await send(visitor, { ...good, _xsrf: theirs })).status).toBe(403);
  });

  test('of before the sign-in is worth nothing after it', async () => {
    const visitor = await form();
    const old = visitor.jar.get('_xsrf')?.value ?? '';
    expect((await send(visitor, good)).status).toBe(302);
    await visitor.get('/hub/home');
    expect((await visitor.post('/hub/logout', { _xsrf: old })).status).toBe(403);
    expect(await isIn(visitor)).toBe(true);
  });
});

describe('names and passwords', () => {
  test('a wrong password and a name that is nobody’s are told alike, to the last header', async () => {
    const told = async (username: string) => {
      const visitor = await form();
      const reply = await send(visitor, { username, password: 'wrong' });
      const text = reply.text.replaceAll(username, '').replace(/data-now="\d+"|value="[^"]*"/g, '');
      const { date: _, ...headers } = reply.headers;
      return { status: reply.status, text, headers: Object.keys(headers) };
    };
    expect(await told('ana')).toEqual(await told('nix'));
  });

  test.each([
    ['as it is', 'ana', 302],
    ['in capitals', 'ANA', 302],
    ['with blanks around', '  Ana ', 302],
    ['full width', 'ａｎａ', 403],
    ['Cyrillic', 'аnа', 403],
    ['with a zero-width blank', 'ana\u200b', 403],
    ['with a right-to-left mark', '\u202eana', 403],
    ['with a combining accent', 'ana\u0301', 403],
    ['with a soft hyphen', 'a\u00adna', 403],
    ['with a NUL', 'ana\0', 403],
    ['with a line’s end inside', 'an\na', 403],
    ['with a slash', 'ana/', 403],
    ['with dots', 'ana/..', 403],
    ['percent-encoded once more', '%61na', 403],
    ['of an object’s prototype', '__proto__', 403],
    ['constructor', 'constructor', 403],
    ['a dotless i', 'kelvın', 403],
    ['a Kelvin sign', '\u212aelvin', 403],
  ])('the name %s', async (_, username, status) => {
    const visitor = await form();
    expect((await send(visitor, { username, password: GOOD })).status).toBe(status);
    expect(await isIn(visitor)).toBe(status === 302);
    expect([...house.store.users.values()].map(({ name }) => name).sort()).toEqual(['ana', 'kelvin']);
  });

  test.each([
    ['empty', ''],
    ['with a blank at its end', `${GOOD} `],
    ['in capitals', GOOD.toUpperCase()],
    ['cut short', GOOD.slice(0, -1)],
    ['with a NUL and more', `${GOOD}\0x`],
    ['the hash of it', 'scrypt$32768$8$3$AAAA$AAAA'],
    ['longer than any', GOOD + 'x'.repeat(2000)],
  ])('a password %s opens nothing', async (_, password) => {
    const visitor = await form();
    expect((await send(visitor, { username: 'ana', password })).status).toBe(403);
    expect(await isIn(visitor)).toBe(false);
  });

  test('the same password in another Unicode form is the same password', async () => {
    await house.addAccount('zoe', 'Häfen bei Nacht');
    const visitor = await form();
    expect(
      (await send(visitor, { username: 'zoe', password: 'Häfen bei Nacht'.normalize('NFD') })).status,
    ).toBe(302);
    await house.hub.removeUser('zoe');
  });

  test('a name that is blocked in capitals is blocked', async () => {
    await house.addAccount('mallory').catch(() => null);
    const visitor = await form();
    const reply = await send(visitor, { username: 'mallory', password: GOOD });
    expect(reply.status).toBe(403);
    expect(await isIn(visitor)).toBe(false);
    if (house.store.users.get('mallory') !== undefined) await house.hub.removeUser('mallory');
  });
});

describe('what is no form of ours', () => {
  test.each([
    ['no name', 'password=x'],
    ['no password', 'username=ana'],
    ['a list in the place of the name', 'username[]=ana&password=x'],
    ['an object in the place of the name', 'username[x]=1&password=x'],
    ['nothing at all', ''],
    ['fields beyond counting', 'a=1&'.repeat(10_000)],
    ['another separator', `username=ana;password=${encodeURIComponent(GOOD)}`],
  ])('%s: 400', async (_, rest) => {
    const visitor = await form();
    const { status } = await raw(rest, { 'content-type': 'application/x-www-form-urlencoded' }, visitor);
    expect(status).toBe(400);
    expect(await isIn(visitor)).toBe(false);
  });

  test.each([
    ['JSON', JSON.stringify({ username: 'ana', password: GOOD }), 'application/json'],
    [
      'multipart',
      `--b\r\nContent-Disposition: form-data; name="username"\r\n\r\nana\r\n--b--`,
      'multipart/form-data; boundary=b',
    ],
    ['plain text', `username=ana&password=${GOOD}`, 'text/plain'],
    ['a type that is none', `username=ana&password=${GOOD}`, '/'],
  ])('%s: 400', async (_, body, type) => {
    const { status, headers } = await raw(body, { 'content-type': type });
    expect(status).toBe(400);
    expect(String(headers['set-cookie'] ?? '')).not.toContain('jupyterhub-hub-login');
  });

  test('a body in gzip is refused, whole or broken', async () => {
    for (const body of ['not gzip', Buffer.from('1f8b0800', 'hex')]) {
      const { status } = await raw(body, {
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': 'gzip',
      });
      expect(status).toBe(400);
    }
  });

  test('a name and a password in the address are none', async () => {
    const visitor = await form();
    const reply = await visitor.post(`/hub/login?username=ana&password=${encodeURIComponent(GOOD)}`, {});
    expect(reply.status).toBe(400);
    expect(
      (await visitor.get(`/hub/login?username=ana&password=${encodeURIComponent(GOOD)}`)).text,
    ).not.toContain(GOOD);
  });

  test('the first of two names is the one that is asked for', async () => {
    const visitor = await form();
    const { status } = await raw(
      `username=nobody&username=ana&password=${encodeURIComponent(GOOD)}`,
      { 'content-type': 'application/x-www-form-urlencoded' },
      visitor,
    );
    expect(status).toBe(403);
    expect(await isIn(visitor)).toBe(false);
  });
});

describe('size', () => {
  test.each([
    ['a name', { username: 'a'.repeat(1_000_000), password: 'x' }],
    ['a password', { username: 'ana', password: 'x'.repeat(1_000_000) }],
  ])('%s of a megabyte is refused at once, and the log stays short', async (_, fields) => {
    const visitor = await form();
    const begun = performance.now();
    const reply = await send(visitor, fields as Readonly<Record<string, string>>);
    expect([400, 413]).toContain(reply.status);
    expect(performance.now() - begun).toBeLessThan(1000);
    for (const line of house.lines) expect(line.length).toBeLessThanOrEqual(400);
  });

  test('a name of 60 kB is refused, and is cut in the log and in the page', async () => {
    const visitor = await form();
    const reply = await send(visitor, { username: 'a'.repeat(60_000), password: 'wrong' });
    expect(reply.status).toBe(403);
    expect(reply.text.length).toBeLessThan(20_000);
    for (const fact of house.told) expect(JSON.stringify(fact).length).toBeLessThan(400);
  });

  test('line ends in a name make no second line of the log', async () => {
    const visitor = await form();
    await send(visitor, { username: 'x\n{"kind":"signed-in","user":"ana"}', password: 'wrong' });
    const last = house.told.at(-1);
    expect(last).toMatchObject({ kind: 'sign-in-refused' });
    expect(JSON.stringify(last)).not.toContain('\n');
  });
});

describe('guessing', () => {
  test('after some wrong ones from an address: 429 with when to come back; from another the right one works', async () => {
    const statuses: number[] = [];
    let last: VisitorReply | undefined;
    for (let i = 0; i < 11; i++) {
      last = await send(await form(), { username: 'ana', password: `wrong ${i}` });
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 5)).toEqual([403, 403, 403, 403, 403]);
    expect(statuses.slice(5)).toEqual([429, 429, 429, 429, 429, 429]);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    from = '203.0.113.250';
    expect((await send(await form(), { username: 'ana', password: GOOD })).status).toBe(302);
  });

  test('the right password does not help while one has to wait', async () => {
    for (let i = 0; i < 6; i++) await send(await form(), { username: 'kelvin', password: 'wrong' });
    const visitor = await form();
    expect((await send(visitor, { username: 'kelvin', password: GOOD })).status).toBe(429);
    expect(await isIn(visitor)).toBe(false);
  });

  test('forty at the same moment are forty', async () => {
    const visitor = await form();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) => send(visitor, { username: 'ana', password: `wrong ${i}` })),
    );
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(35);
  });

  test('other capitals, blanks and a longer tail are the same name', async () => {
    const statuses: number[] = [];
    for (const username of ['kelvin', 'Kelvin', 'KELVIN', ' kelvin', 'kelvin ', 'kElvin', '  KELVIN  ']) {
      statuses.push((await send(await form(), { username, password: 'wrong' })).status);
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(5);
  });

  test('one address that tries many names is slowed down, too', async () => {
    const visitor = await form();
    const statuses: number[] = [];
    for (let i = 0; i < 60; i += 10) {
      const some = Array.from({ length: 10 }, (_, at) =>
        send(visitor, { username: `n${i + at}`, password: 'x' }),
      );
      statuses.push(...(await Promise.all(some)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(60);
  });

  test('an address that the browser claims for itself is not believed before the proxy’s', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      const headers = { 'x-forwarded-for': `10.0.0.${i}, ${from}` };
      statuses.push((await send(await form(), { username: 'ana', password: 'wrong' }, headers)).status);
    }
    expect(statuses.slice(5)).toEqual([429, 429]);
  });

  test('ten wrong ones at once hold up no other page', async () => {
    const wrong = Array.from({ length: 10 }, async (_, i) =>
      (await form()).post(
        '/hub/login',
        { username: 'ana', password: 'x' },
        { 'x-forwarded-for': `203.0.113.${i + 100}` },
      ),
    );
    const begun = performance.now();
    expect((await new Visitor(house.origin).get('/hub/health')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(500);
    await Promise.all(wrong);
  });
});

describe('sessions', () => {
  test('a cookie that was planted before the sign-in is worth nothing after it', async () => {
    const visitor = await form();
    visitor.jar.set('jupyterhub-hub-login', { value: 'planted-by-somebody-else-0123456789', path: '/hub/' });
    visitor.jar.set('jupyterhub-session-id', { value: 'planted', path: '/' });
    expect((await send(visitor, { username: 'ana', password: GOOD })).status).toBe(302);
    expect(visitor.jar.get('jupyterhub-hub-login')?.value).not.toContain('planted');
    expect(visitor.jar.get('jupyterhub-session-id')?.value).not.toBe('planted');
    const thief = new Visitor(house.origin);
    thief.jar.set('jupyterhub-hub-login', { value: 'planted-by-somebody-else-0123456789', path: '/hub/' });
    expect(await isIn(thief)).toBe(false);
  });

  test('signing in as somebody else in one browser ends the first', async () => {
    const visitor = await form();
    await send(visitor, { username: 'ana', password: GOOD });
    const first = visitor.jar.get('jupyterhub-hub-login')?.value ?? '';
    await visitor.get('/hub/home');
    from = '203.0.113.251';
    expect((await send(visitor, { username: 'kelvin', password: GOOD })).status).toBe(302);
    const thief = new Visitor(house.origin);
    thief.jar.set('jupyterhub-hub-login', { value: first, path: '/hub/' });
    expect(await isIn(thief)).toBe(false);
  });

  test('its cookie is for this path alone, for no script, and for no other site', async () => {
    const visitor = await form();
    const { setCookies } = await send(visitor, { username: 'ana', password: GOOD });
    const cookie = setCookies.find((line) => line.startsWith('jupyterhub-hub-login=')) ?? '';
    expect(cookie).toMatch(/; Path=\/hub\/; /);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Domain=/i);
  });

  test('a refused one leaves no cookie of a session', async () => {
    const visitor = await form();
    const { setCookies } = await send(visitor, { username: 'ana', password: 'wrong' });
    expect(setCookies.join()).not.toContain('jupyterhub-hub-login=');
  });
});

describe('the page', () => {
  test.each([
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    '" onfocus="alert(1)',
    '{{7*7}}#{7*7}',
    '\u202e<svg/onload=alert(1)>',
  ])('%j as a name stays text', async (username) => {
    const { text } = await send(await form(), { username, password: 'wrong' });
    expect(text).not.toMatch(/<img|<svg\/onload|<script>alert|" onfocus=/);
    expect(text).not.toContain('{{49}}');
  });

  test('the password comes back in no page and stands in no line of the log', async () => {
    const visitor = await form();
    const { text } = await send(visitor, { username: 'ana', password: 'secret-4711-secret' });
    expect(text).not.toContain('secret-4711');
    expect(house.lines.join()).not.toContain('secret-4711');
    expect(JSON.stringify(house.told)).not.toContain('secret-4711');
  });

  test.each(['/hub/login/', '/HUB/login', '/hub//login', '/hub/login/code'])(
    'GET %s is no second form',
    async (path) => {
      const { status, text } = await new Visitor(house.origin).get(path);
      expect([302, 404, 405]).toContain(status);
      expect(text).not.toContain('type="password"');
    },
  );

  test.each(['', 'unknown', '../x', 'x'.repeat(10_000)])(
    'the second step under the word %j: 400',
    async (step) => {
      const visitor = await form();
      expect((await visitor.post('/hub/login/code', { step, code: '000000' })).status).toBe(400);
      expect(await isIn(visitor)).toBe(false);
    },
  );
});

test('a wrong password and a name that is nobody’s take the same work (medians of 20, within a fifth)', async () => {
  const slow = await openPasswordHouse({}, { N: 2 ** 15, r: 8, p: 1 });
  try {
    await slow.addAccount('ana');
    const took: Record<string, number[]> = { ana: [], nobody: [] };
    for (let i = 0; i < 40; i++) {
      const name = i % 2 === 0 ? 'ana' : 'nobody';
      const visitor = new Visitor(slow.origin);
      await visitor.get('/hub/login');
      // The hub runs in here, so its work can be told from what else is going on on this machine.
      const before = process.cpuUsage();
      const fields = { username: name, password: 'wrong' };
      expect((await visitor.post('/hub/login', fields, { 'x-forwarded-for': `203.0.113.${i}` })).status).toBe(
        403,
      );
      const { user, system } = process.cpuUsage(before);
      took[name]?.push(user + system);
    }
    const middle = (all: readonly number[] = []): number =>
      all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
    const [known, unknown] = [middle(took.ana), middle(took.nobody)];
    expect(Math.abs(known - unknown) / known).toBeLessThan(0.2);
  } finally {
    await slow.close();
  }
});
