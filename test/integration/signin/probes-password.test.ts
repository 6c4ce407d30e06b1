// The sign-in form under attack: one row a probe. What an attack is told, and that nothing came of it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { GOOD } from './password-house.ts';
import { PasswordProbe } from './password-probe.ts';

let probe: PasswordProbe;

beforeAll(async () => {
  probe = await PasswordProbe.open({ ENABLE_SIGNUP: 'true', BLOCKED_USERS: 'Mallory' });
});
afterAll(() => probe?.house.close());
// Throttling is a probe, not a nuisance to the others.
beforeEach(() => probe.moveOn());

describe('the word of the form', () => {
  const good = { username: 'ana', password: GOOD };
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['none', { ...good, _xsrf: '' }],
    ['made up', { ...good, _xsrf: 'abc.def' }],
    ['without its first part', { ...good, _xsrf: '.def' }],
    ['longer than any', { ...good, _xsrf: 'x'.repeat(10_000) }],
  ])('%s: 403, and nobody is signed in', async (_, fields) => {
    const visitor = await probe.form();
    expect((await probe.send(visitor, fields)).status).toBe(403);
    expect(await probe.isIn(visitor)).toBe(false);
  });

  test('of another browser: 403', async () => {
    const theirs = (await probe.form()).jar.get('_xsrf')?.value ?? '';
    const visitor = await probe.form();
    expect((await probe.send(visitor, { ...good, _xsrf: theirs })).status).toBe(403);
  });

  test('of before the sign-in is worth nothing after it', async () => {
    const visitor = await probe.form();
    const old = visitor.jar.get('_xsrf')?.value ?? '';
    expect((await probe.send(visitor, good)).status).toBe(302);
    await visitor.get('/hub/home');
    expect((await visitor.post('/hub/logout', { _xsrf: old })).status).toBe(403);
    expect(await probe.isIn(visitor)).toBe(true);
  });
});

describe('names and passwords', () => {
  test('a wrong password and a name that is nobody’s are told alike, to the last header', async () => {
    const told = async (username: string) => {
      const visitor = await probe.form();
      const reply = await probe.send(visitor, { username, password: 'wrong' });
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
    const visitor = await probe.form();
    expect((await probe.send(visitor, { username, password: GOOD })).status).toBe(status);
    expect(await probe.isIn(visitor)).toBe(status === 302);
    expect([...probe.house.store.users.values()].map(({ name }) => name).sort()).toEqual(['ana', 'kelvin']);
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
    const visitor = await probe.form();
    expect((await probe.send(visitor, { username: 'ana', password })).status).toBe(403);
    expect(await probe.isIn(visitor)).toBe(false);
  });

  test('the same password in another Unicode form is the same password', async () => {
    await probe.house.addAccount('zoe', 'Häfen bei Nacht');
    const visitor = await probe.form();
    expect(
      (await probe.send(visitor, { username: 'zoe', password: 'Häfen bei Nacht'.normalize('NFD') })).status,
    ).toBe(302);
    await probe.house.hub.removeUser('zoe');
  });

  test('a name that is blocked in capitals is blocked', async () => {
    await probe.house.addAccount('mallory').catch(() => null);
    const visitor = await probe.form();
    const reply = await probe.send(visitor, { username: 'mallory', password: GOOD });
    expect(reply.status).toBe(403);
    expect(await probe.isIn(visitor)).toBe(false);
    if (probe.house.store.users.get('mallory') !== undefined) await probe.house.hub.removeUser('mallory');
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
    const visitor = await probe.form();
    const { status } = await probe.raw(
      rest,
      { 'content-type': 'application/x-www-form-urlencoded' },
      visitor,
    );
    expect(status).toBe(400);
    expect(await probe.isIn(visitor)).toBe(false);
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
    const { status, headers } = await probe.raw(body, { 'content-type': type });
    expect(status).toBe(400);
    expect(String(headers['set-cookie'] ?? '')).not.toContain('jupyterhub-hub-login');
  });

  test('a body in gzip is refused, whole or broken', async () => {
    for (const body of ['not gzip', Buffer.from('1f8b0800', 'hex')]) {
      const { status } = await probe.raw(body, {
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': 'gzip',
      });
      expect(status).toBe(400);
    }
  });

  test('a name and a password in the address are none', async () => {
    const visitor = await probe.form();
    const reply = await visitor.post(`/hub/login?username=ana&password=${encodeURIComponent(GOOD)}`, {});
    expect(reply.status).toBe(400);
    expect(
      (await visitor.get(`/hub/login?username=ana&password=${encodeURIComponent(GOOD)}`)).text,
    ).not.toContain(GOOD);
  });

  test('the first of two names is the one that is asked for', async () => {
    const visitor = await probe.form();
    const { status } = await probe.raw(
      `username=nobody&username=ana&password=${encodeURIComponent(GOOD)}`,
      { 'content-type': 'application/x-www-form-urlencoded' },
      visitor,
    );
    expect(status).toBe(403);
    expect(await probe.isIn(visitor)).toBe(false);
  });
});

describe('size', () => {
  test.each([
    ['a name', { username: 'a'.repeat(1_000_000), password: 'x' }],
    ['a password', { username: 'ana', password: 'x'.repeat(1_000_000) }],
  ])('%s of a megabyte is refused at once, and the log stays short', async (_, fields) => {
    const visitor = await probe.form();
    const begun = performance.now();
    const reply = await probe.send(visitor, fields as Readonly<Record<string, string>>);
    expect([400, 413]).toContain(reply.status);
    expect(performance.now() - begun).toBeLessThan(1000);
    for (const line of probe.house.lines) expect(line.length).toBeLessThanOrEqual(400);
  });

  test('a name of 60 kB is refused, and is cut in the log and in the page', async () => {
    const visitor = await probe.form();
    const reply = await probe.send(visitor, { username: 'a'.repeat(60_000), password: 'wrong' });
    expect(reply.status).toBe(403);
    expect(reply.text.length).toBeLessThan(20_000);
    for (const fact of probe.house.told) expect(JSON.stringify(fact).length).toBeLessThan(400);
  });

  test('line ends in a name make no second line of the log', async () => {
    const visitor = await probe.form();
    await probe.send(visitor, { username: 'x\n{"kind":"signed-in","user":"ana"}', password: 'wrong' });
    const last = probe.house.told.at(-1);
    expect(last).toMatchObject({ kind: 'sign-in-refused' });
    expect(JSON.stringify(last)).not.toContain('\n');
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
    const { text } = await probe.send(await probe.form(), { username, password: 'wrong' });
    expect(text).not.toMatch(/<img|<svg\/onload|<script>alert|" onfocus=/);
    expect(text).not.toContain('{{49}}');
  });

  test('the password comes back in no page and stands in no line of the log', async () => {
    const visitor = await probe.form();
    const { text } = await probe.send(visitor, { username: 'ana', password: 'secret-4711-secret' });
    expect(text).not.toContain('secret-4711');
    expect(probe.house.lines.join()).not.toContain('secret-4711');
    expect(JSON.stringify(probe.house.told)).not.toContain('secret-4711');
  });

  test.each(['/hub/login/', '/HUB/login', '/hub//login', '/hub/login/code'])(
    'GET %s is no second form',
    async (path) => {
      const { status, text } = await new Visitor(probe.house.origin).get(path);
      expect([302, 404, 405]).toContain(status);
      expect(text).not.toContain('type="password"');
    },
  );

  test.each(['', 'unknown', '../x', 'x'.repeat(10_000)])(
    'the second step under the word %j: 400',
    async (step) => {
      const visitor = await probe.form();
      expect((await visitor.post('/hub/login/code', { step, code: '000000' })).status).toBe(400);
      expect(await probe.isIn(visitor)).toBe(false);
    },
  );
});
