// Accounts with a password of the hub's: asked for, let in, changed, reset.
import { afterEach, describe, expect, test } from 'vitest';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';
import { AT_HOME, GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

const FRESH = 'another harbour altogether';
const BY_APPROVAL = { AUTHENTICATOR_CLASS: 'nativeauthenticator.NativeAuthenticator', ENABLE_SIGNUP: 'true' };
const OPEN = { ...BY_APPROVAL, OPEN_SIGNUP: 'true' };

let house: PasswordHouse;
afterEach(() => house.close());

async function ask(name: string, password = GOOD, from = AT_HOME): Promise<VisitorReply> {
  const visitor = new Visitor(house.origin);
  await visitor.get('/hub/signup');
  const fields = { username: name, password, again: password };
  return await visitor.post('/hub/signup', fields, { 'x-forwarded-for': from });
}

describe('asking for an account', () => {
  test('is offered and possible only where it is switched on', async () => {
    house = await openPasswordHouse();
    const visitor = new Visitor(house.origin);
    expect((await visitor.get('/hub/login')).text).not.toContain('/hub/signup');
    expect((await visitor.get('/hub/signup')).status).toBe(404);
    expect((await visitor.post('/hub/signup', { username: 'eve' })).status).toBe(404);
  });

  test('an administrator lets in, and until then the right password says so and the wrong one does not', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    const boss = await house.addAdministrator('boss');
    expect((await new Visitor(house.origin).get('/hub/login')).text).toContain('/hub/signup');
    expect((await ask('Eve')).status).toBe(202);
    expect((await house.signInAs('eve', { password: GOOD })).reply.text).toContain(
      'Nobody has let you in yet',
    );
    expect((await house.signInAs('eve', { password: 'wrong' })).reply.text).toContain('Invalid username');
    expect(house.store.users.get('eve')).toBeUndefined();
    const page = await boss.get('/hub/admin');
    expect(page.text).toContain('1 person asks for an account');
    expect(page.text).toContain(AT_HOME);
    expect(await boss.post('/hub/admin/approve/eve', {})).toMatchObject({
      status: 303,
      location: '/hub/admin?approved=eve',
    });
    expect((await boss.get('/hub/admin?approved=eve')).text).toContain('eve can sign in now');
    expect((await house.signInAs('eve', { password: GOOD })).reply.status).toBe(302);
    expect(house.store.users.get('eve')).toMatchObject({ admin: false });
  });

  test('who is rejected has no account, and may ask again', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    const boss = await house.addAdministrator('boss');
    await ask('eve');
    await boss.get('/hub/admin');
    expect((await boss.post('/hub/admin/reject/eve', {})).status).toBe(303);
    expect((await house.signInAs('eve', { password: GOOD })).reply.text).toContain('Invalid username');
    expect((await boss.post('/hub/admin/approve/eve', {})).status).toBe(404);
    expect((await ask('eve')).status).toBe(202);
    expect(house.hub.signUp.waiting()).toHaveLength(1);
  });

  test('only administrators answer, and never by a link', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    const bob = await house.addAccount('bob');
    await ask('eve');
    await bob.get('/hub/home');
    expect((await bob.post('/hub/admin/approve/eve', {})).status).toBe(403);
    const boss = await house.addAdministrator('boss');
    expect((await boss.get('/hub/admin/approve/eve')).status).toBe(404);
    const anybody = new Visitor(house.origin);
    await anybody.get('/hub/login');
    expect((await anybody.post('/hub/admin/approve/eve', {})).status).toBe(403);
    expect(house.store.users.get('eve')).toBeUndefined();
  });

  test('says the same whether the name is free, taken, asked for, or an administrator’s to be', async () => {
    house = await openPasswordHouse({
      ...BY_APPROVAL,
      JUPYTERHUB_ADMIN: 'carla',
      ALLOWED_USERS: 'dora',
      BLOCKED_USERS: 'greta',
    });
    house.setUserlist(new Map([['frida', true]]));
    await house.addAccount('bob');
    const replies: VisitorReply[] = [];
    for (const name of ['eve', 'eve', 'bob', 'carla', 'dora', 'frida', 'greta'])
      replies.push(await ask(name));
    const plain = replies.map(
      ({ status, text }) => `${status} ${text.replace(/data-now="\d+"|value="[^"]*"/g, '')}`,
    );
    expect(new Set(plain).size).toBe(1);
    expect(house.hub.signUp.waiting().map(({ name }) => name)).toEqual(['eve']);
  });

  test('who asks second for a name does not change the password that is let in', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    await ask('eve');
    await ask('eve', FRESH, '198.51.100.3');
    await house.hub.signUp.approve('eve', 'boss');
    expect((await house.signInAs('eve', { password: FRESH })).reply.status).toBe(403);
    expect((await house.signInAs('eve', { password: GOOD })).reply.status).toBe(302);
  });

  test('a name that got an account meanwhile is not given a second password', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    await ask('eve');
    await house.addAccount('eve', FRESH);
    expect(house.hub.signUp.waiting()).toEqual([]);
    await expect(house.hub.signUp.approve('eve', 'boss')).rejects.toMatchObject({ code: 'HTTP-404' });
    expect((await house.signInAs('eve', { password: FRESH })).reply.status).toBe(302);
    expect((await house.signInAs('eve', { password: GOOD })).reply.status).toBe(403);
  });

  test.each([
    ['a short password', 'eve', 'short'],
    ['a password that is guessed first', 'eve', 'passwordpassword'],
    ['a password made of the name', 'evelyne', 'evelyneevelyne'],
    ['a path', '../eve', GOOD],
    ['a look-alike', 'еve', GOOD],
    ['no name', '', GOOD],
    ['65 letters', 'x'.repeat(65), GOOD],
  ])('%s is refused and writes nothing', async (_, name, password) => {
    house = await openPasswordHouse(BY_APPROVAL);
    const reply = await ask(name, password);
    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain(password);
    expect(house.store.signUps.size).toBe(0);
  });

  test('two passwords that differ are refused', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/signup');
    const reply = await visitor.post('/hub/signup', { username: 'eve', password: GOOD, again: FRESH });
    expect(reply.status).toBe(400);
    expect(house.store.signUps.size).toBe(0);
  });

  test('who waits for a month has to ask again', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    await ask('eve');
    house.pass(31 * 24 * 3600_000);
    expect(house.hub.signUp.waiting()).toEqual([]);
    await expect(house.hub.signUp.approve('eve', 'boss')).rejects.toMatchObject({ code: 'HTTP-404' });
    await house.hub.purgeExpired();
    expect(house.store.signUps.size).toBe(0);
  });

  test('a name that an administrator added meanwhile is not let in by approval', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    await ask('eve');
    await house.addUser('eve');
    await expect(house.hub.signUp.approve('eve', 'boss')).rejects.toMatchObject({ code: 'AUTH-010' });
    expect(house.store.credentials.get('eve')).toBeUndefined();
  });

  test('one address fills neither the list nor the machine', async () => {
    house = await openPasswordHouse(BY_APPROVAL);
    const statuses: number[] = [];
    for (let i = 0; i < 44; i++) statuses.push((await ask(`eve${i}`)).status);
    expect(statuses.filter((status) => status === 202).length).toBeLessThanOrEqual(41);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask('someone', GOOD, '198.51.100.4')).status).toBe(202);
  });
});

describe('open sign-up', () => {
  test('lets in at once, and gives nobody a name of the lists or of somebody else', async () => {
    house = await openPasswordHouse({ ...OPEN, JUPYTERHUB_ADMIN: 'carla' });
    await house.addAccount('bob');
    expect((await ask('eve')).status).toBe(302);
    expect(house.store.users.get('eve')?.admin).toBe(false);
    for (const name of ['carla', 'bob', 'eve']) expect((await ask(name, FRESH)).status).toBe(400);
    expect(house.store.credentials.get('carla')).toBeUndefined();
    expect((await house.signInAs('bob', { password: FRESH })).reply.status).toBe(403);
  });

  test('two who ask for one name at the same moment make one account', async () => {
    house = await openPasswordHouse(OPEN);
    const replies = await Promise.all([ask('eve', GOOD), ask('eve', FRESH)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([302, 400]);
  });
});

describe('changing the password', () => {
  const change = (visitor: Visitor, old: string, fresh: string, again = fresh): Promise<VisitorReply> =>
    visitor.post('/hub/account/password', { old, password: fresh, again });

  test('needs the old one, ends the other sessions and the tokens, and keeps this session', async () => {
    house = await openPasswordHouse();
    const ana = await house.addAccount('ana');
    const { visitor: elsewhere } = await house.signInAs('ana', { password: GOOD });
    await ana.get('/hub/token');
    await ana.post('/hub/token', { note: 'script', expires: '3600' });
    expect(house.store.tokens.where('user', 'ana')).toHaveLength(1);
    const done = await change(ana, GOOD, FRESH);
    expect(done).toMatchObject({ status: 303, location: '/hub/account?done=password' });
    expect((await ana.get('/hub/account?done=password')).text).toContain('The password was changed');
    expect((await elsewhere.get('/hub/home')).status).toBe(302);
    expect(house.store.tokens.where('user', 'ana')).toHaveLength(0);
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(403);
    expect((await house.signInAs('ana', { password: FRESH })).reply.status).toBe(302);
  });

  test.each([
    ['the old one is wrong', 'wrong', FRESH, FRESH, 403],
    ['the new ones differ', GOOD, FRESH, GOOD, 400],
    ['the new one is short', GOOD, 'short', 'short', 400],
    ['the new one is the old one', GOOD, GOOD, GOOD, 400],
  ])('changes nothing when %s', async (_, old, fresh, again, status) => {
    house = await openPasswordHouse();
    const ana = await house.addAccount('ana');
    await ana.get('/hub/account');
    const reply = await change(ana, old, fresh, again);
    expect(reply.status).toBe(status);
    expect(reply.text).not.toContain(FRESH);
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(302);
  });

  test('guessing the old one in an open browser is slowed down as at the door', async () => {
    house = await openPasswordHouse();
    const ana = await house.addAccount('ana');
    await ana.get('/hub/account');
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await change(ana, `wrong ${i}`, FRESH)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
  });

  test('is nobody else’s: not signed in, or signed in another way', async () => {
    house = await openPasswordHouse({
      AUTHENTICATOR_CLASS: 'local,dummy',
      DUMMY_PASSWORD: 'trial',
      ALLOW_ALL: 'true',
    });
    const nobody = new Visitor(house.origin);
    expect((await nobody.get('/hub/account')).location).toBe('/hub/login?next=%2Fhub%2Faccount');
    expect((await change(nobody, GOOD, FRESH)).status).toBe(403);
    const { visitor } = await house.signInAs('zoe', { password: 'trial' });
    expect((await visitor.get('/hub/account')).status).toBe(404);
    expect((await change(visitor, 'trial', FRESH)).status).toBe(404);
    expect((await visitor.get('/hub/change-password')).location).toBe('/hub/account');
  });

  test('an administrator’s link sets a new one and ends what the old one opened', async () => {
    house = await openPasswordHouse();
    const boss = await house.addAdministrator('boss');
    const ana = await house.addAccount('ana');
    await boss.get('/hub/admin');
    const page = await boss.post('/hub/admin/invite/ana', {});
    const link = /\/hub\/setup\?token=[\w-]+/.exec(page.text)?.[0] ?? '';
    const visitor = new Visitor(house.origin);
    await visitor.get(link);
    expect((await visitor.post(link, { name: 'boss', password: FRESH, again: FRESH })).status).toBe(303);
    expect((await ana.get('/hub/home')).status).toBe(302);
    expect((await house.signInAs('ana', { password: FRESH })).reply.status).toBe(302);
    expect((await house.signInAs('boss', { password: FRESH })).reply.status).toBe(403);
  });
});

test('passwords are as long as the settings say', async () => {
  house = await openPasswordHouse({ ...BY_APPROVAL, MINIMUM_PASSWORD_LENGTH: '20' });
  expect((await new Visitor(house.origin).get('/hub/signup')).text).toContain('At least 20 characters');
  expect((await ask('eve', 'nineteen letters ab')).text).toContain('at least 20 characters');
  expect((await ask('eve', 'twenty letters and a')).status).toBe(202);
});
