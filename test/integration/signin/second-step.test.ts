// The second step of a local account, as a person meets it: set up, used, lost, taken away.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, fromBase32 } from '../../../hub/src/adapters/system/one-time-codes.ts';
import type { Visitor, VisitorReply } from '../../support/visitor.ts';
import { AT_HOME, GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

const HALF_A_MINUTE = 30_000;
let house: PasswordHouse;

beforeEach(async () => {
  house = await openPasswordHouse();
});
afterEach(() => house.close());

const codeNow = (secret: string, steps = 0): string =>
  codeOf(fromBase32(secret), Math.floor(house.now() / HALF_A_MINUTE) + steps);

const field = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

async function begin(visitor: Visitor): Promise<string> {
  const page = await visitor.post('/hub/account/second-step/begin', { confirm: GOOD });
  expect(page.status).toBe(200);
  return (/<code class="number">([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1] ?? '').replaceAll(' ', '');
}

/** Sets it up; the app's secret and the recovery codes. */
async function setUp(visitor: Visitor): Promise<{ secret: string; codes: string[] }> {
  await visitor.get('/hub/account');
  const secret = await begin(visitor);
  const done = await visitor.post('/hub/account/second-step', { code: codeNow(secret) });
  expect(done.status).toBe(200);
  const codes = [...done.text.matchAll(/<code class="number">([0-9a-f-]+)<\/code>/g)].map(
    ([, code = '']) => code,
  );
  return { secret, codes };
}

async function firstStep(name = 'ana'): Promise<{ visitor: Visitor; step: string }> {
  const { visitor, reply } = await house.signInAs(name, { password: GOOD });
  expect(reply.status).toBe(200);
  return { visitor, step: field(reply.text, 'step') };
}

const secondStep = (visitor: Visitor, step: string, code: string, from = AT_HOME): Promise<VisitorReply> =>
  visitor.post('/hub/login/code', { step, code }, { 'x-forwarded-for': from });

describe('set up', () => {
  test('shows a picture and the secret, counts for nothing until a code was entered, then gives ten codes', async () => {
    const ana = await house.addAccount('ana');
    await ana.get('/hub/account');
    const page = await ana.post('/hub/account/second-step/begin', { confirm: GOOD });
    expect(page.text).toContain('<svg');
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(302);
    const { codes } = await setUp(ana);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9a-f]{4}(?:-[0-9a-f]{4}){3}$/);
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(200);
  });

  test('asks for the password: an open browser is not enough', async () => {
    const ana = await house.addAccount('ana');
    await ana.get('/hub/account');
    const page = await ana.post('/hub/account/second-step/begin', { confirm: 'wrong' });
    expect(page.status).toBe(403);
    expect(page.text).not.toContain('<svg class="qr"');
    expect((await ana.post('/hub/account/second-step', { code: '000000' })).status).toBe(400);
  });

  test('is refused where its secret would not outlive a restart', async () => {
    const keyless = await openPasswordHouse({}, undefined, false);
    try {
      const ana = await keyless.addAccount('ana');
      await ana.get('/hub/account');
      const page = await ana.post('/hub/account/second-step/begin', { confirm: GOOD });
      expect(page.status).toBe(503);
      expect(page.text).toContain('The hub has no key');
    } finally {
      await keyless.close();
    }
  });

  test('a wrong code turns nothing on', async () => {
    const ana = await house.addAccount('ana');
    await ana.get('/hub/account');
    const secret = await begin(ana);
    const wrong = await ana.post('/hub/account/second-step', { code: codeNow(secret, 5) });
    expect(wrong.status).toBe(403);
    expect(house.store.credentials.get('ana')?.secondFactor).toBeNull();
  });

  test('keeps neither secret nor codes as they are', async () => {
    const { secret, codes } = await setUp(await house.addAccount('ana'));
    const kept = JSON.stringify(house.store.credentials.get('ana'));
    for (const word of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(kept).not.toContain(word);
    }
    expect(house.lines.join('\n')).not.toContain(secret);
  });

  test('ends the sessions that were opened without it, and keeps this one', async () => {
    const ana = await house.addAccount('ana');
    const { visitor: elsewhere } = await house.signInAs('ana', { password: GOOD });
    expect((await elsewhere.get('/hub/home')).status).toBe(200);
    await setUp(ana);
    expect((await elsewhere.get('/hub/home')).status).toBe(302);
    expect((await ana.get('/hub/home')).status).toBe(200);
  });
});

describe('signing in', () => {
  let secret = '';
  let codes: string[] = [];
  beforeEach(async () => {
    ({ secret, codes } = await setUp(await house.addAccount('ana')));
    house.pass(2 * HALF_A_MINUTE);
  });

  test('opens no session before the code, and one after it', async () => {
    const { visitor, step } = await firstStep();
    expect((await visitor.get('/hub/home')).status).toBe(302);
    expect(await secondStep(visitor, step, codeNow(secret))).toMatchObject({
      status: 302,
      location: '/hub/home',
    });
    expect((await visitor.get('/hub/home')).status).toBe(200);
  });

  test('goes where the person wanted to, and nowhere else', async () => {
    for (const [next, location] of [
      ['/hub/token', '/hub/token'],
      ['//evil.example', '/hub/home'],
    ] as const) {
      const { visitor, reply } = await house.signInAs('ana', { password: GOOD, next });
      const step = field(reply.text, 'step');
      const done = await visitor.post('/hub/login/code', { step, code: codeNow(secret), next });
      expect(done).toMatchObject({ status: 302, location });
      house.pass(2 * HALF_A_MINUTE);
    }
  });

  test('takes a code once', async () => {
    const one = await firstStep();
    const other = await firstStep();
    const code = codeNow(secret);
    expect((await secondStep(one.visitor, one.step, code)).status).toBe(302);
    expect((await secondStep(other.visitor, other.step, code)).status).toBe(403);
  });

  test('takes no older code after a newer one', async () => {
    const one = await firstStep();
    expect((await secondStep(one.visitor, one.step, codeNow(secret, 1))).status).toBe(302);
    const other = await firstStep();
    expect((await secondStep(other.visitor, other.step, codeNow(secret))).status).toBe(403);
  });

  test('one code sent twice at the same moment opens one door', async () => {
    const both = await Promise.all([firstStep(), firstStep()]);
    const code = codeNow(secret);
    const replies = await Promise.all(both.map(({ visitor, step }) => secondStep(visitor, step, code)));
    expect(replies.map(({ status }) => status).sort()).toEqual([302, 403]);
  });

  test('a recovery code works in its place, once, however it is typed', async () => {
    const [first = '', second = ''] = codes;
    for (const [code, status] of [
      [first, 302],
      [first, 403],
      [` ${second.toUpperCase().replaceAll('-', ' ')} `, 302],
    ] as const) {
      const { visitor, step } = await firstStep();
      expect((await secondStep(visitor, step, code)).status).toBe(status);
    }
    expect(house.store.credentials.get('ana')?.secondFactor?.recovery).toHaveLength(8);
    expect(house.told).toContainEqual({
      kind: 'second-step',
      user: 'ana',
      what: 'recovery-code-used',
      by: 'ana',
    });
  });

  test('the word of the first step is worth nothing in another browser, and after five minutes', async () => {
    const { step } = await firstStep();
    const { visitor: stranger } = await house.signInAs('nobody', { password: 'x' });
    expect((await secondStep(stranger, step, codeNow(secret))).status).toBe(400);
    const { visitor, step: old } = await firstStep();
    house.pass(5 * 60_000 + 1);
    expect((await secondStep(visitor, old, codeNow(secret))).status).toBe(400);
  });

  test.each([
    ['nothing', ''],
    ['noughts', '000000'],
    ['letters', 'abcdef'],
    ['ten thousand digits', '0'.repeat(10_000)],
    ['digits of another alphabet', '１２３４５６'],
  ])('%s in the place of a code open nothing', async (_, code) => {
    const { visitor, step } = await firstStep();
    expect((await secondStep(visitor, step, code)).status).toBe(403);
    expect((await visitor.get('/hub/home')).status).toBe(302);
  });

  test('guessing codes is slowed down from however many addresses and browsers', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) {
      const { visitor, step } = await firstStep();
      statuses.push((await secondStep(visitor, step, '000000', `198.51.100.${i}`)).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
  });

  test('twenty codes at the same moment are twenty tries', async () => {
    const { visitor, step } = await firstStep();
    const replies = await Promise.all(Array.from({ length: 20 }, () => secondStep(visitor, step, '000000')));
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('who guesses codes needs the password, so nobody else is kept out by name', async () => {
    for (let i = 0; i < 6; i++) await house.signInAs('ana', { password: 'wrong' }, '198.51.100.9');
    const { visitor, step } = await firstStep();
    expect((await secondStep(visitor, step, codeNow(secret))).status).toBe(302);
  });

  test('a password that was changed meanwhile ends the first step', async () => {
    const { visitor, step } = await firstStep();
    house.pass(1000);
    await house.hub.changePassword({
      user: 'ana',
      old: GOOD,
      fresh: 'another harbour altogether',
      address: AT_HOME,
      session: [...house.store.sessions.where('user', 'ana')][0] ?? never(),
    });
    expect((await secondStep(visitor, step, codeNow(secret))).status).toBe(400);
  });

  test('a link for a lost password does not go round it', async () => {
    const word = (await house.hub.createInvitation({ user: 'ana' })) ?? '';
    const { visitor } = await house.signInAs('nobody', { password: 'x' });
    const link = `/hub/setup?token=${word}`;
    await visitor.get(link);
    const fresh = 'another harbour altogether';
    const page = await visitor.post(link, { name: '', password: fresh, again: fresh });
    expect(page.status).toBe(200);
    expect((await visitor.get('/hub/home')).status).toBe(302);
    const step = field(page.text, 'step');
    expect((await secondStep(visitor, step, codeNow(secret))).status).toBe(302);
  });
});

describe('taken away', () => {
  test('by the person with the password, and by nobody without', async () => {
    const ana = await house.addAccount('ana');
    await setUp(ana);
    expect((await ana.post('/hub/account/second-step/remove', { confirm: 'wrong' })).status).toBe(403);
    expect(house.store.credentials.get('ana')?.secondFactor).not.toBeNull();
    expect((await ana.post('/hub/account/second-step/remove', { confirm: GOOD })).status).toBe(303);
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(302);
  });

  test('by an administrator, never by another person, and it is written down', async () => {
    const boss = await house.addAdministrator('boss');
    const ana = await house.addAccount('ana');
    const bob = await house.addAccount('bob');
    await setUp(ana);
    await bob.get('/hub/home');
    expect((await bob.post('/hub/admin/second-step/ana', {})).status).toBe(403);
    expect(house.store.credentials.get('ana')?.secondFactor).not.toBeNull();
    const page = await boss.get('/hub/admin');
    expect(page.text).toContain('action="/hub/admin/second-step/ana"');
    expect(page.text).not.toContain('action="/hub/admin/second-step/bob"');
    expect((await boss.post('/hub/admin/second-step/ana', {})).location).toBe('/hub/admin?dropped=ana');
    expect(house.told).toContainEqual({ kind: 'second-step', user: 'ana', what: 'removed', by: 'boss' });
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(302);
  });

  test('with the account: a new one of the name begins without', async () => {
    const ana = await house.addAccount('ana');
    await setUp(ana);
    await house.hub.removeUser('ana');
    await house.addAccount('ana', 'another harbour altogether');
    const { reply } = await house.signInAs('ana', { password: 'another harbour altogether' });
    expect(reply.status).toBe(302);
  });
});

function never(): never {
  throw new Error('nobody is signed in');
}
