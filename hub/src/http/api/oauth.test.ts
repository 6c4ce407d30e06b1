import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Reply, wordOf } from '../../../../test/support/contract-call.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
/** Alice's server's own token: the secret of its OAuth client. */
let secret: string;

beforeEach(async () => {
  house = await openContractHub();
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  secret = await house.runServer('alice');
});

afterEach(() => house.close());

const CALLBACK = '/user/alice/oauth_callback';

function authorizePath(more: Readonly<Record<string, string>> = {}): string {
  const query = {
    client_id: 'jupyterhub-user-alice',
    redirect_uri: CALLBACK,
    response_type: 'code',
    state: 'x y&z',
    ...more,
  };
  return `/hub/api/oauth2/authorize?${new URLSearchParams(query)}`;
}

async function authorize(name: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const { cookie } = await house.signIn(name);
  return house.call('GET', authorizePath(more), { cookie });
}

function codeOf(reply: Reply): string {
  const code = new URL(String(reply.headers.location), 'http://hub.test').searchParams.get('code');
  if (code === null) throw new Error(`no code in ${reply.headers.location}`);
  return code;
}

function exchange(code: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const form = {
    client_id: 'jupyterhub-user-alice',
    client_secret: secret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    ...more,
  };
  // As the notebook sends it, with an Authorization that must not matter (contract §2.4).
  return house.call('POST', '/hub/api/oauth2/token', { form, token: secret, notebook: true });
}

describe('the authorize step', () => {
  test('who is not signed in goes to the sign-in page and comes back to the whole address', async () => {
    const reply = await house.call('GET', authorizePath());
    expect(reply.status).toBe(302);
    expect(reply.headers.location).toBe(`/hub/login?next=${encodeURIComponent(authorizePath())}`);
  });

  test('one may enter their own server without being asked, and state comes back as it was', async () => {
    const reply = await authorize('alice');
    expect(reply.status).toBe(302);
    const location = new URL(String(reply.headers.location), 'http://hub.test');
    expect(String(reply.headers.location)).toMatch(
      /^\/user\/alice\/oauth_callback\?code=[A-Za-z0-9]{30,}&state=/,
    );
    expect(location.searchParams.get('state')).toBe('x y&z');
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('a token is no way in: this door takes cookies only', async () => {
    const reply = await house.call('GET', authorizePath(), { token: await house.token('alice') });
    expect(reply.status).toBe(302);
    expect(reply.headers.location).toMatch(/^\/hub\/login/);
  });

  test('a browser that lost jupyterhub-session-id gets it again', async () => {
    const { cookie, session } = await house.signIn('alice');
    const reply = await house.call('GET', authorizePath(), { cookie: cookie.split(';')[0] ?? '' });
    expect(String(reply.headers['set-cookie'])).toContain(
      `jupyterhub-session-id=${session.sharedId}; Path=/;`,
    );
  });

  test.each([
    `${CALLBACK}/`,
    `/${CALLBACK}`,
    '//evil.example/oauth_callback',
    `${CALLBACK}?x=1`,
    '/user/Alice/oauth_callback',
    '/user%2Falice/oauth_callback',
    'http://127.0.0.1/user/alice/oauth_callback',
    '/user/bob/oauth_callback',
    '',
  ])('redirect_uri %j is not the registered one: a page, and no way onwards', async (uri) => {
    const reply = await authorize('alice', { redirect_uri: uri });
    expect(reply.status).toBe(400);
    expect(reply.headers.location).toBeUndefined();
  });

  test('an unknown client gets a page too', async () => {
    const reply = await authorize('alice', { client_id: 'jupyterhub-user-nobody' });
    expect(reply.status).toBe(400);
    expect(reply.headers.location).toBeUndefined();
  });

  test.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ scope: 'root' }, 'invalid_scope'],
    [{ scope: 'admin:users' }, 'invalid_scope'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
  ])('%j goes back to the client as %s', async (more, error) => {
    const reply = await authorize('mary', more);
    expect(reply.status).toBe(302);
    const { searchParams } = new URL(String(reply.headers.location), 'http://hub.test');
    expect(searchParams.get('error')).toBe(error);
    expect(searchParams.get('state')).toBe('x y&z');
  });

  test("another's server is refused, by GET and by POST", async () => {
    const { cookie, xsrf } = await house.signIn('bob');
    const get = await house.call('GET', authorizePath(), { cookie });
    const post = await house.call('POST', authorizePath(), { cookie, form: { _xsrf: xsrf, scopes: 'x' } });
    expect([get.status, post.status]).toEqual([403, 403]);
    expect([...house.store.codes.values()]).toEqual([]);
  });

  test('an administrator is asked the first time, answers by a form of ours, and is not asked again', async () => {
    const { cookie, xsrf } = await house.signIn('mary');
    const asked = await house.call('GET', authorizePath(), { cookie });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('access:servers!server=alice/');

    const forged = await house.call('POST', authorizePath(), {
      cookie,
      form: { scopes: 'access:servers!server=alice/' },
    });
    expect(forged.status).toBe(403);

    const answered = await house.call('POST', authorizePath(), {
      cookie,
      form: { _xsrf: xsrf, scopes: 'x' },
    });
    expect(answered.status).toBe(302);
    expect((await exchange(codeOf(answered))).status).toBe(200);

    const again = await house.call('GET', authorizePath(), { cookie });
    expect(again.status).toBe(302);
  });
});

describe('the token step', () => {
  test('answers what jupyterhub-singleuser reads, and the token says who it is', async () => {
    const reply = await exchange(codeOf(await authorize('alice')));
    expect(reply.status).toBe(200);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers.pragma).toBe('no-cache');
    expect(reply.json).toEqual({
      access_token: expect.stringMatching(/^[A-Za-z0-9]{30,}$/),
      expires_in: 1_209_600,
      token_type: 'Bearer',
      scope: 'access:servers!server=alice/ read:users:groups!user read:users:name!user',
    });
    const who = await house.call('GET', '/hub/api/user', {
      token: wordOf(reply, 'access_token'),
      notebook: true,
    });
    expect(who.json).toEqual({
      kind: 'user',
      name: 'alice',
      admin: false,
      groups: [],
      token_id: expect.stringMatching(/^a/),
      session_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      scopes: ['access:servers!server=alice/', 'read:users:groups!user=alice', 'read:users:name!user=alice'],
    });
  });

  test('a code works once, also for two at the same moment', async () => {
    const code = codeOf(await authorize('alice'));
    const both = await Promise.all([exchange(code), exchange(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    const third = await exchange(code);
    expect([third.status, third.json]).toEqual([400, { error: 'invalid_grant' }]);
  });

  test('a code is good for five minutes', async () => {
    const code = codeOf(await authorize('alice'));
    house.pass(301_000);
    expect((await exchange(code)).json).toEqual({ error: 'invalid_grant' });
  });

  test('many wrong secrets at once are answered with a wait, and a right one after it', async () => {
    const wrong = await Promise.all(
      Array.from({ length: 60 }, () => exchange('none', { client_secret: 'x' })),
    );
    expect(wrong.filter(({ status }) => status === 401)).toHaveLength(50);
    const late = wrong.filter(({ status }) => status === 429);
    expect(late).toHaveLength(10);
    expect(late[0]?.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    const code = codeOf(await authorize('alice'));
    expect((await exchange(code)).status).toBe(429);
    house.pass(31_000);
    expect((await exchange(code)).status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_secret: 'x' }, 401, { error: 'invalid_client' }],
    ['an unknown client', { client_id: 'nobody' }, 401, { error: 'invalid_client' }],
    ['another grant', { grant_type: 'password' }, 400, { error: 'unsupported_grant_type' }],
    [
      'another callback',
      { redirect_uri: '/user/bob/oauth_callback' },
      400,
      { error: 'invalid_request', error_description: 'Mismatching redirect URI.' },
    ],
  ])('%s is refused, and the code stays good for who it is meant for', async (_, more, status, body) => {
    const code = codeOf(await authorize('alice'));
    const reply = await exchange(code, more);
    expect([reply.status, reply.json]).toEqual([status, body]);
    expect((await exchange(code)).status).toBe(200);
  });

  test("another server's secret does not open a code", async () => {
    const code = codeOf(await authorize('alice'));
    const bobs = await house.runServer('bob');
    const reply = await exchange(code, { client_id: 'jupyterhub-user-bob', client_secret: bobs });
    expect(reply.json).toEqual({ error: 'invalid_grant' });
    expect((await exchange(code, { client_secret: bobs })).status).toBe(401);
  });

  test('a PKCE challenge that was sent must be met, and a wrong word ends the code', async () => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    expect((await exchange(codeOf(await authorize('alice', pkce)), { code_verifier: verifier })).status).toBe(
      200,
    );
    for (const more of [{}, { code_verifier: 'w'.repeat(43) }]) {
      const code = codeOf(await authorize('alice', pkce));
      expect((await exchange(code, more)).json).toEqual({ error: 'invalid_grant' });
      expect((await exchange(code, { code_verifier: verifier })).json).toEqual({ error: 'invalid_grant' });
    }
  });

  test('nothing that was said lies in the store as it was said', async () => {
    const code = codeOf(await authorize('alice'));
    expect(JSON.stringify([...house.store.codes.values()])).not.toContain(code);
    const token = wordOf(await exchange(code), 'access_token');
    const kept = JSON.stringify([...house.store.tokens.values(), ...house.store.clients.values()]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(secret);
  });
});

describe('the end of a token', () => {
  async function entered(): Promise<string> {
    return wordOf(await exchange(codeOf(await authorize('alice'))), 'access_token');
  }
  const whoami = (token: string) => house.call('GET', '/hub/api/user', { token });

  test('signing out ends what that session gave, codes on their way too, and nothing else', async () => {
    const { cookie, session } = await house.signIn('alice');
    const token = wordOf(
      await exchange(codeOf(await house.call('GET', authorizePath(), { cookie }))),
      'access_token',
    );
    const code = codeOf(await house.call('GET', authorizePath(), { cookie }));
    const own = await house.token('alice');
    const elsewhere = await entered();
    await house.hub.signOut(session);
    expect((await whoami(token)).status).toBe(403);
    expect((await exchange(code)).status).toBe(400);
    expect((await whoami(own)).status).toBe(200);
    expect((await whoami(elsewhere)).status).toBe(200);
  });

  test('the end of the fortnight ends it too', async () => {
    const token = await entered();
    house.pass(14 * 24 * 3600 * 1000);
    expect((await whoami(token)).status).toBe(403);
  });

  test("the stop of the server ends its own token, its client, and everybody's tokens for it", async () => {
    const token = await entered();
    const code = codeOf(await authorize('alice'));
    await house.hub.stopServer({ user: 'alice', server: '', why: 'user', detail: '' });
    expect((await whoami(token)).status).toBe(403);
    expect((await whoami(secret)).status).toBe(403);
    expect((await exchange(code)).status).toBe(401);
    expect((await authorize('alice')).status).toBe(400);
  });

  test('an administrator who is one no more loses entry at once', async () => {
    const { cookie, xsrf } = await house.signIn('mary');
    const reply = await house.call('POST', authorizePath(), { cookie, form: { _xsrf: xsrf } });
    const token = wordOf(await exchange(codeOf(reply)), 'access_token');
    expect((await whoami(token)).json).toMatchObject({
      scopes: expect.arrayContaining(['access:servers!server=alice/']),
    });
    await house.addUser('mary', { admin: false });
    expect((await whoami(token)).json).toMatchObject({
      scopes: ['read:users:groups!user=mary', 'read:users:name!user=mary'],
    });
  });
});
