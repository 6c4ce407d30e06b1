import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StandInGitHub } from '../../../../test/stand-ins/github.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';
import { Visitor } from '../../../../test/support/visitor.ts';
import { makeSignIn, type SignInUnderTest } from '../../../test/make-sign-in.ts';
import { makeGitHub } from '../../adapters/identity/github.ts';
import { systemRandom } from '../../adapters/system/random.ts';
import type { Hub } from '../hub.ts';
import { makePagesApp } from '../pages-app.ts';
import { openRouters, pageRouters } from './page-routers.ts';
import { problemPage } from './problem-page.ts';

const PASSWORD = 'a harbour at night';
let signIn: SignInUnderTest;
let frame: ContractHub;
let github: StandInGitHub;
let server: Server;
let origin = '';
let link = '';

beforeEach(async () => {
  signIn = await makeSignIn();
  frame = await openContractHub();
  github = await StandInGitHub.listen();
  github.add('mona', 42);
  github.current = 'mona';
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = makeGitHub(
    {
      clientId: github.clientId,
      clientSecret: github.clientSecret,
      callbackUrl: `${origin}/hub/oauth_callback`,
      url: `http://127.0.0.1:${github.port}`,
      organizations: [],
      teams: false,
    },
    { clock: signIn.clock, random: systemRandom },
  );
  const hub: Hub = { ...frame.hub, ...signIn, tables: signIn.store, providers: [provider] };
  const doors = { open: openRouters(hub), pages: pageRouters(hub), showProblem: problemPage(hub) };
  server.on('request', makePagesApp(hub, doors).callback());
  link = `/hub/setup?token=${await signIn.createInvitation({ user: null })}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await github.close();
  await frame.close();
  await signIn.close();
});

async function firstAdmin(): Promise<Visitor> {
  const visitor = new Visitor(origin);
  await visitor.get(link);
  const reply = await visitor.post(link, { name: 'ana', password: PASSWORD, again: PASSWORD });
  expect(reply).toMatchObject({ status: 303, location: '/hub/home' });
  return visitor;
}

describe('the one-time link', () => {
  test('is kept out of caches and of what other sites are told', async () => {
    const { status, headers } = await new Visitor(origin).get(link);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  test('asks for the password twice, and says so when the two differ', async () => {
    const visitor = new Visitor(origin);
    await visitor.get(link);
    const reply = await visitor.post(link, { name: 'ana', password: PASSWORD, again: 'something else' });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('The two passwords are not the same.');
    expect(reply.text).not.toContain(PASSWORD);
  });

  test.each(['/hub/setup', '/hub/setup?token=', '/hub/setup?token=wrong', '/hub/setup?token=a&token=b'])(
    '%s is no link',
    async (path) => {
      expect((await new Visitor(origin).get(path)).status).toBe(404);
    },
  );

  test('leads nowhere once it was used', async () => {
    await firstAdmin();
    expect((await new Visitor(origin).get(link)).status).toBe(404);
  });
});

describe('the sign-in form', () => {
  test('lets in, and goes where the visitor wanted to', async () => {
    await firstAdmin();
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login?next=%2Fhub%2Fadmin');
    const reply = await visitor.post('/hub/login', {
      username: 'ana',
      password: PASSWORD,
      next: '/hub/admin',
    });
    expect(reply).toMatchObject({ status: 302, location: '/hub/admin' });
    expect((await visitor.get('/hub/home')).status).toBe(200);
  });

  test.each([
    '//evil.example',
    'https://evil.example/',
    '/hub/..//evil.example',
    'javascript:alert(1)',
    '/hub/logout',
  ])('never leads to %s', async (next) => {
    await firstAdmin();
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const reply = await visitor.post('/hub/login', { username: 'ana', password: PASSWORD, next });
    expect(reply).toMatchObject({ status: 302, location: '/hub/home' });
  });

  test('takes a backslash for a letter of the path, as no browser would', async () => {
    await firstAdmin();
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const reply = await visitor.post('/hub/login', {
      username: 'ana',
      password: PASSWORD,
      next: '/\\evil.example',
    });
    expect(reply.location).toBe('/%5Cevil.example');
  });

  test('keeps the name and not the password, and is refused with 403', async () => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const reply = await visitor.post('/hub/login', {
      username: '"><svg onload=x>',
      password: 'wrong-password',
    });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('Invalid username or password');
    expect(reply.text).not.toContain('<svg onload');
    expect(reply.text).not.toContain('wrong-password');
  });

  test('says when to come back after too many tries', async () => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    for (let i = 0; i < 5; i++) await visitor.post('/hub/login', { username: 'ana', password: 'no' });
    const reply = await visitor.post('/hub/login', { username: 'ana', password: 'no' });
    expect(reply.status).toBe(429);
    expect(reply.headers['retry-after']).toBe('1');
  });

  test.each([
    ['no word at all', { _xsrf: '' }],
    ['a made-up word', { _xsrf: 'abc.def' }],
  ])('with %s is refused', async (_, fields) => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    expect((await visitor.post('/hub/login', { username: 'ana', password: 'x', ...fields })).status).toBe(
      403,
    );
  });

  test("with another browser's word is refused", async () => {
    const other = new Visitor(origin);
    await other.get('/hub/login');
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const word = other.jar.get('_xsrf')?.value ?? '';
    expect((await visitor.post('/hub/login', { username: 'ana', password: 'x', _xsrf: word })).status).toBe(
      403,
    );
  });

  test.each([
    ['no name', { password: 'x' }],
    ['no password', { username: 'x' }],
    ['neither', {}],
  ])('with %s is 400', async (_, fields) => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    expect((await visitor.post('/hub/login', fields)).status).toBe(400);
  });

  test('of a megabyte is refused unread', async () => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const reply = await visitor.post('/hub/login', { username: 'x'.repeat(1_000_000), password: 'x' });
    expect(reply.status).toBe(413);
  });
});

describe('an invitation', () => {
  const account = { groups: [], created: 0, lastActivity: null, identities: {}, invited: true };

  test('is made by an administrator, shown once, and lets the invited choose a password', async () => {
    const ana = await firstAdmin();
    await signIn.store.change((drafts) => drafts.users.put({ ...account, name: 'bob', admin: false }));
    await ana.get('/hub/admin');
    const page = await ana.post('/hub/admin/invite/bob', {});
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    const path = new RegExp(`${origin}(/hub/setup\\?token=[\\w-]+)`).exec(page.text)?.[1] ?? '';
    const bob = new Visitor(origin);
    expect((await bob.get(path)).text).toContain('Choose a password for bob');
    expect((await bob.post(path, { password: PASSWORD, again: PASSWORD })).status).toBe(303);
    expect((await bob.get('/hub/home')).text).toContain('Hello, bob');
    expect(signIn.store.users.get('bob')?.admin).toBe(false);
  });

  test('is made by nobody else, and for nobody who is not there', async () => {
    const ana = await firstAdmin();
    await signIn.store.change((drafts) => drafts.users.put({ ...account, name: 'bob', admin: false }));
    await ana.get('/hub/admin');
    expect((await ana.post('/hub/admin/invite/nobody', {})).status).toBe(404);
    const word = await signIn.createInvitation({ user: 'bob' });
    const bob = new Visitor(origin);
    await bob.get(`/hub/setup?token=${word}`);
    await bob.post(`/hub/setup?token=${word}`, { password: PASSWORD, again: PASSWORD });
    await bob.get('/hub/home');
    expect((await bob.post('/hub/admin/invite/ana', {})).status).toBe(403);
    expect((await ana.post('/hub/admin/invite/bob', { _xsrf: 'x' })).status).toBe(403);
    expect(signIn.store.invitations.size).toBe(0);
  });
});

describe('cookies', () => {
  test('of the session are HttpOnly, SameSite, on the hub’s path, without Domain', async () => {
    const visitor = new Visitor(origin);
    await visitor.get(link);
    const { setCookies } = await visitor.post(link, { name: 'ana', password: PASSWORD, again: PASSWORD });
    const session = setCookies.find((line) => line.startsWith('jupyterhub-hub-login='));
    expect(session).toMatch(/; Path=\/hub\/; SameSite=Lax; HttpOnly; Max-Age=1209600$/);
    expect(setCookies.find((line) => line.startsWith('jupyterhub-session-id='))).toMatch(
      /; Path=\/; SameSite=Lax; HttpOnly$/,
    );
    expect(setCookies.join()).not.toMatch(/domain=/i);
  });

  test('are Secure when the browser came by https', async () => {
    const { setCookies } = await new Visitor(origin).get('/hub/login', { 'x-forwarded-proto': 'https' });
    expect(setCookies.every((line) => line.includes('; Secure'))).toBe(true);
    expect(setCookies.length).toBeGreaterThan(0);
  });

  test('that were planted before sign-in are worth nothing after it', async () => {
    const visitor = new Visitor(origin);
    visitor.jar.set('jupyterhub-hub-login', { value: 'planted', path: '/hub/' });
    visitor.jar.set('jupyterhub-session-id', { value: 'planted', path: '/' });
    await visitor.get(link);
    await visitor.post(link, { name: 'ana', password: PASSWORD, again: PASSWORD });
    expect(visitor.jar.get('jupyterhub-hub-login')?.value).not.toBe('planted');
    expect(visitor.jar.get('jupyterhub-session-id')?.value).not.toBe('planted');
  });

  test('tossed in beside the right one do no harm, before or after it', async () => {
    const visitor = await firstAdmin();
    const right = `jupyterhub-hub-login=${visitor.jar.get('jupyterhub-hub-login')?.value}`;
    const tossed = 'jupyterhub-hub-login=tossed';
    for (const cookie of [`${tossed}; ${right}`, `${right}; ${tossed}`]) {
      expect((await new Visitor(origin).get('/hub/home', { cookie })).status).toBe(200);
    }
    expect((await new Visitor(origin).get('/hub/home', { cookie: tossed })).status).toBe(302);
  });
});

describe('signing out', () => {
  test('makes the cookie worthless, also one that was copied before', async () => {
    const visitor = await firstAdmin();
    const copied = `jupyterhub-hub-login=${visitor.jar.get('jupyterhub-hub-login')?.value}`;
    await visitor.get('/hub/home');
    expect((await visitor.post('/hub/logout', {})).status).toBe(303);
    expect(await new Visitor(origin).get('/hub/home', { cookie: copied })).toMatchObject({
      status: 302,
      location: '/hub/login?next=%2Fhub%2Fhome',
    });
  });

  test('by GET, as notebooks send it, goes to the sign-in page; an image tag signs nobody out', async () => {
    const visitor = await firstAdmin();
    await visitor.get('/hub/logout', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' });
    expect((await visitor.get('/hub/home')).status).toBe(200);
    expect(await visitor.get('/hub/logout')).toMatchObject({ status: 302, location: '/hub/login' });
    expect((await visitor.get('/hub/home')).status).toBe(302);
  });
});

describe('GitHub', () => {
  async function comeBack(visitor: Visitor): Promise<string> {
    await visitor.get('/hub/login');
    const { location } = await visitor.get('/hub/oauth_login?next=%2Fhub%2Fspawn');
    const answer = await fetch(location, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    return `${back.pathname}${back.search}`;
  }

  test('lets in whom the userlist names', async () => {
    signIn.setUserlist(new Map([['mona', false]]));
    const visitor = new Visitor(origin);
    const reply = await visitor.get(await comeBack(visitor));
    expect(reply).toMatchObject({ status: 302, location: '/hub/spawn' });
    expect((await visitor.get('/hub/home')).status).toBe(200);
  });

  test('tells whom it does not name, and opens no session', async () => {
    const visitor = new Visitor(origin);
    const reply = await visitor.get(await comeBack(visitor));
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('You are not on the list');
    expect(visitor.jar.has('jupyterhub-hub-login')).toBe(false);
    expect(signIn.store.users.size).toBe(0);
  });

  test('with the answer of another browser is refused', async () => {
    signIn.setUserlist(new Map([['mona', false]]));
    const path = await comeBack(new Visitor(origin));
    const victim = new Visitor(origin);
    await victim.get('/hub/login');
    expect((await victim.get(path)).status).toBe(400);
    expect(victim.jar.has('jupyterhub-hub-login')).toBe(false);
  });

  test('always comes back to the registered address, whatever Host is sent', async () => {
    const { location } = await new Visitor(origin).get('/hub/oauth_login', { host: 'evil.example' });
    expect(new URL(location).searchParams.get('redirect_uri')).toBe(`${origin}/hub/oauth_callback`);
  });
});

test.each(['', 'x:99999', '1.2.3.4.5', 'evil.example@hub', 'a b', '<script>', 'x'.repeat(300)])(
  'Host %j is refused',
  async (host) => {
    expect((await new Visitor(origin).get('/hub/login', { host })).status).toBe(400);
  },
);
