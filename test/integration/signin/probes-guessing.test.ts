// Passwords that are guessed, sessions that are planted: one row a probe.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';
import { GOOD, openPasswordHouse } from './password-house.ts';
import { PasswordProbe } from './password-probe.ts';

let probe: PasswordProbe;

beforeAll(async () => {
  probe = await PasswordProbe.open({});
});
afterAll(() => probe?.house.close());
// Throttling is a probe, not a nuisance to the others.
beforeEach(() => probe.moveOn());

describe('guessing', () => {
  test('after some wrong ones from an address: 429 with when to come back; from another the right one works', async () => {
    const statuses: number[] = [];
    let last: VisitorReply | undefined;
    for (let i = 0; i < 11; i++) {
      last = await probe.send(await probe.form(), { username: 'ana', password: `wrong ${i}` });
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 5)).toEqual([403, 403, 403, 403, 403]);
    expect(statuses.slice(5)).toEqual([429, 429, 429, 429, 429, 429]);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    probe.from = '203.0.113.250';
    expect((await probe.send(await probe.form(), { username: 'ana', password: GOOD })).status).toBe(302);
  });

  test('the right password does not help while one has to wait', async () => {
    for (let i = 0; i < 6; i++)
      await probe.send(await probe.form(), { username: 'kelvin', password: 'wrong' });
    const visitor = await probe.form();
    expect((await probe.send(visitor, { username: 'kelvin', password: GOOD })).status).toBe(429);
    expect(await probe.isIn(visitor)).toBe(false);
  });

  test('forty at the same moment are forty', async () => {
    const visitor = await probe.form();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) => probe.send(visitor, { username: 'ana', password: `wrong ${i}` })),
    );
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(35);
  });

  test('other capitals, blanks and a longer tail are the same name', async () => {
    const statuses: number[] = [];
    for (const username of ['kelvin', 'Kelvin', 'KELVIN', ' kelvin', 'kelvin ', 'kElvin', '  KELVIN  ']) {
      statuses.push((await probe.send(await probe.form(), { username, password: 'wrong' })).status);
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(5);
  });

  test('one address that tries many names is slowed down, too', async () => {
    const visitor = await probe.form();
    const statuses: number[] = [];
    for (let i = 0; i < 60; i += 10) {
      const some = Array.from({ length: 10 }, (_, at) =>
        probe.send(visitor, { username: `n${i + at}`, password: 'x' }),
      );
      statuses.push(...(await Promise.all(some)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(60);
  });

  test('an address that the browser claims for itself is not believed before the proxy’s', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      const headers = { 'x-forwarded-for': `10.0.0.${i}, ${probe.from}` };
      statuses.push(
        (await probe.send(await probe.form(), { username: 'ana', password: 'wrong' }, headers)).status,
      );
    }
    expect(statuses.slice(5)).toEqual([429, 429]);
  });

  test('ten wrong ones at once hold up no other page', async () => {
    const wrong = Array.from({ length: 10 }, async (_, i) =>
      (await probe.form()).post(
        '/hub/login',
        { username: 'ana', password: 'x' },
        { 'x-forwarded-for': `203.0.113.${i + 100}` },
      ),
    );
    const begun = performance.now();
    expect((await new Visitor(probe.house.origin).get('/hub/health')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(500);
    await Promise.all(wrong);
  });
});

describe('sessions', () => {
  test('a cookie that was planted before the sign-in is worth nothing after it', async () => {
    const visitor = await probe.form();
    visitor.jar.set('jupyterhub-hub-login', { value: 'planted-by-somebody-else-0123456789', path: '/hub/' });
    visitor.jar.set('jupyterhub-session-id', { value: 'planted', path: '/' });
    expect((await probe.send(visitor, { username: 'ana', password: GOOD })).status).toBe(302);
    expect(visitor.jar.get('jupyterhub-hub-login')?.value).not.toContain('planted');
    expect(visitor.jar.get('jupyterhub-session-id')?.value).not.toBe('planted');
    const thief = new Visitor(probe.house.origin);
    thief.jar.set('jupyterhub-hub-login', { value: 'planted-by-somebody-else-0123456789', path: '/hub/' });
    expect(await probe.isIn(thief)).toBe(false);
  });

  test('signing in as somebody else in one browser ends the first', async () => {
    const visitor = await probe.form();
    await probe.send(visitor, { username: 'ana', password: GOOD });
    const first = visitor.jar.get('jupyterhub-hub-login')?.value ?? '';
    await visitor.get('/hub/home');
    probe.from = '203.0.113.251';
    expect((await probe.send(visitor, { username: 'kelvin', password: GOOD })).status).toBe(302);
    const thief = new Visitor(probe.house.origin);
    thief.jar.set('jupyterhub-hub-login', { value: first, path: '/hub/' });
    expect(await probe.isIn(thief)).toBe(false);
  });

  test('its cookie is for this path alone, for no script, and for no other site', async () => {
    const visitor = await probe.form();
    const { setCookies } = await probe.send(visitor, { username: 'ana', password: GOOD });
    const cookie = setCookies.find((line) => line.startsWith('jupyterhub-hub-login=')) ?? '';
    expect(cookie).toMatch(/; Path=\/hub\/; /);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Domain=/i);
  });

  test('a refused one leaves no cookie of a session', async () => {
    const visitor = await probe.form();
    const { setCookies } = await probe.send(visitor, { username: 'ana', password: 'wrong' });
    expect(setCookies.join()).not.toContain('jupyterhub-hub-login=');
  });
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
