import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { Visitor } from '../../../../test/support/visitor.ts';

let house: PagesHouse;
beforeEach(async () => {
  house = await openPagesHouse();
  await house.addUser('ana');
  await house.addUser('boss', { admin: true });
  await house.addUser('other', { admin: true });
});
afterEach(() => house.close());

const sessionsOf = (user: string) => house.store.sessions.where('user', user);

/** The addresses of the forms that end one session each. */
async function ends(path: string, who: string): Promise<readonly string[]> {
  const { text } = await house.get(path, who);
  return [...text.matchAll(/action="([^"]*\/end\/[0-9a-f]{16})"/g)].map(([, action]) => action ?? '');
}

describe('one’s own sessions', () => {
  test('are listed with where and since when, and with no word that opens anything', async () => {
    const { cookie } = await house.signIn('ana');
    const { status, text, headers } = await house.get('/hub/sessions', 'ana');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(text).toContain('2 browsers');
    expect(text).toContain('127.0.0.1');
    expect(text).toContain('this one');
    for (const session of sessionsOf('ana')) {
      expect(text).not.toContain(session.idHash);
      expect(text).not.toContain(session.sharedId);
    }
    expect(text).not.toContain(/login=([^;]+)/.exec(cookie)?.[1]);
  });

  test('end one by one, and only one’s own', async () => {
    await house.signIn('other');
    await house.signIn('ana');
    const [others] = await ends('/hub/sessions', 'other');
    expect((await house.post(others ?? '', 'ana')).status).toBe(404);
    expect((await house.post('/hub/sessions/end/0000000000000000', 'ana')).status).toBe(404);
    const before = sessionsOf('ana').length;
    const [first] = (await ends('/hub/sessions', 'ana')).toReversed();
    expect((await house.post(first ?? '', 'ana')).location).toBe('/hub/sessions?ended');
    // Looking made a session of its own, and so did the post.
    expect(sessionsOf('ana')).toHaveLength(before + 2 - 1);
  });

  test('end everywhere at once: this browser is out, others’ stay', async () => {
    await house.signIn('ana');
    await house.signIn('other');
    const { status, location, headers } = await house.post('/hub/sessions/end-all', 'ana');
    expect([status, location]).toEqual([303, '/hub/signed-out']);
    expect(String(headers['set-cookie'])).toContain('jupyterhub-hub-login=;');
    expect(sessionsOf('ana')).toEqual([]);
    expect(sessionsOf('other')).toHaveLength(1);
  });

  test('do not end by a link, nor by a form of another site', async () => {
    const { cookie } = await house.signIn('ana');
    const visitor = new Visitor(house.origin);
    expect((await visitor.get('/hub/sessions/end-all', { cookie })).status).toBe(404);
    expect((await visitor.post('/hub/sessions/end-all', { _xsrf: 'x' }, { cookie })).status).toBe(403);
    expect(sessionsOf('ana')).toHaveLength(1);
  });
});

describe('an administrator', () => {
  test('sees and ends those of somebody else', async () => {
    await house.signIn('ana');
    await house.signIn('ana');
    const actions = await ends('/hub/admin/sessions/ana', 'boss');
    expect(actions).toHaveLength(2);
    expect((await house.post(actions[0] ?? '', 'boss')).status).toBe(303);
    expect(sessionsOf('ana')).toHaveLength(1);
    const answer = await house.post('/hub/admin/sessions/ana/end-all', 'boss');
    expect(answer.location).toBe('/hub/admin/sessions/ana?ended');
    expect(sessionsOf('ana')).toEqual([]);
  });

  test.each(['/hub/admin/sessions/boss', '/hub/admin/audit', '/hub/admin/departed'])(
    'alone sees %s',
    async (path) => {
      expect((await house.get(path, 'ana')).status).toBe(403);
      expect((await house.get(path)).status).toBe(302);
      expect((await house.get(path, 'other')).status).toBe(200);
    },
  );

  test('leaves a line for what they do, with names and no secrets', async () => {
    await house.post('/hub/admin/add', 'boss', { names: 'zoe\nyan', admin: '' });
    await house.post('/hub/admin/sessions/ana/end-all', 'boss');
    await house.call('DELETE', '/hub/api/users/zoe', { token: await house.token('boss') });
    await house.post('/hub/token', 'ana', { note: 'mine' });
    const entries = await house.hub.audit.read({ what: 'act', who: '', limit: 50 });
    expect(entries.map(({ by, on, detail }) => [by, on, detail])).toEqual([
      ['boss', 'zoe', 'DELETE /users/:name'],
      ['boss', 'ana', 'POST /hub/admin/sessions/:user/end-all'],
      ['boss', '', 'POST /hub/admin/add: zoe yan'],
    ]);
    const { text } = await house.get('/hub/admin/audit?what=act&who=zoe', 'boss');
    expect(text).toContain('DELETE /users/:name');
    expect(text).not.toContain('end-all');
  });
});

test('the volumes of whoever was removed are listed, until the name is back', async () => {
  await house.runServer('ana');
  const [server] = house.store.servers.where('user', 'ana');
  await house.store.change((drafts) => {
    if (server !== undefined) drafts.servers.put({ ...server, volumeName: 'jupyterhub-user-ana' });
  });
  await house.post('/hub/admin/remove/ana', 'boss');
  const { text } = await house.get('/hub/admin/departed', 'boss');
  expect(text).toContain('jupyterhub-user-ana');
  expect(text).toContain('removed by an administrator');
  await house.post('/hub/admin/add', 'boss', { names: 'ana' });
  expect((await house.get('/hub/admin/departed', 'boss')).text).toContain('Nobody has left anything.');
});

describe('what a provider told', () => {
  async function signedInWithSecret(showAuthState: boolean) {
    await house.close();
    house = await openPagesHouse({ showAuthState });
    await house.addUser('ana');
    await house.addUser('boss', { admin: true });
    const { session } = await house.signIn('ana');
    const sealed = house.hub.sealer.seal('{"access_token":"gho_x"}', `session ${session.idHash}`);
    await house.store.change((drafts) => drafts.sessions.put({ ...session, authState: sealed }));
  }
  const authStateFor = async (who: string, path = '/hub/api/users/ana') =>
    JSON.stringify((await house.call('GET', path, { token: await house.token(who) })).json);

  test('is for callers with admin:auth_state alone, one user at a time', async () => {
    await signedInWithSecret(true);
    expect(await authStateFor('boss')).toContain('"auth_state":{"access_token":"gho_x"}');
    expect(await authStateFor('ana')).not.toContain('auth_state');
    expect(await authStateFor('boss', '/hub/api/users')).not.toContain('gho_x');
    expect(await authStateFor('ana', '/hub/api/user')).not.toContain('gho_x');
    expect(await authStateFor('boss', '/hub/api/user')).not.toContain('gho_x');
  });

  test('is for nobody without enable_auth_state', async () => {
    await signedInWithSecret(false);
    expect(await authStateFor('boss')).toContain('"auth_state":null');
  });
});

test('where groups are the provider’s nobody edits them here, in JupyterHub’s words', async () => {
  await house.close();
  house = await openPagesHouse({ managedGroups: true });
  await house.addUser('boss', { admin: true, groups: ['lab'] });
  await house.store.change((drafts) => drafts.groups.put({ name: 'lab', properties: {}, created: 0 }));
  const token = await house.token('boss');
  const calls: readonly [string, string, unknown][] = [
    ['POST', '/hub/api/groups/new', {}],
    ['POST', '/hub/api/groups', { groups: ['new'] }],
    ['DELETE', '/hub/api/groups/lab', undefined],
    ['POST', '/hub/api/groups/lab/users', { users: ['boss'] }],
    ['DELETE', '/hub/api/groups/lab/users', { users: ['boss'] }],
  ];
  for (const [method, path, body] of calls) {
    const answer = await house.call(method, path, { token, body });
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringContaining('Group management via API is disabled'),
    ]);
  }
  expect(house.store.users.get('boss')?.groups).toEqual(['lab']);
});
