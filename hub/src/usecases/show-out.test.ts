import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ContractHub, openContractHub } from '../../../test/support/contract-hub.ts';
import { sha256 } from '../adapters/system/random.ts';
import { makeSealer } from '../adapters/system/sealer.ts';
import type { SignInProvider } from '../domain/identity.ts';
import type { Session } from '../domain/session.ts';
import { NOBODY } from '../domain/sign-in-settings.ts';
import { newUser } from '../domain/user.ts';
import { openGuestBook } from './guest-book.ts';
import { sealAuthState } from './open-session.ts';
import { makeRefreshSession } from './refresh-session.ts';

const BY = { owner: 'alice', server: '', by: 'alice', address: '' };
const BOB = { kind: 'user', name: 'bob' } as const;
const CLIENT = 'jupyterhub-user-alice';

let house: ContractHub;
/** Of alice's server as OAuth client. */
let secret: string;

beforeEach(async () => {
  house = await openContractHub();
  await house.addUser('alice');
  await house.addUser('bob', { groups: ['class'] });
  await house.hub.changeGroups.create({ names: ['class'], users: [] });
  secret = await house.runServer('alice');
});
afterEach(() => house.close());

/** Comes in as a browser does: the notebook gets a token for the session. */
async function enter(name: string): Promise<{ readonly session: Session; readonly token: string }> {
  const { session } = await house.signIn(name);
  const code = `code-of-${session.sharedId}`;
  const scopes = ['access:servers!server=alice/'];
  await house.store.change((drafts) =>
    drafts.codes.put({
      hash: sha256(code),
      clientId: CLIENT,
      redirectUri: '/user/alice/oauth_callback',
      user: name,
      scopes,
      sessionId: session.sharedId,
      created: house.hub.clock.now(),
      challenge: null,
    }),
  );
  const answer = await house.hub.exchangeCode({
    grantType: 'authorization_code',
    clientId: CLIENT,
    clientSecret: secret,
    code,
    redirectUri: '/user/alice/oauth_callback',
    verifier: null,
    address: '127.0.0.1',
  });
  if (answer.kind !== 'token') throw new Error(answer.error);
  return { session, token: sha256(answer.token) };
}

const visit = async (name: string): Promise<string> => (await enter(name)).token;
const share = () => house.hub.shares.grant({ ...BY, to: BOB, scopes: null });
const takeBack = () => house.hub.shares.revoke({ ...BY, to: BOB, scopes: null });

test('taking a share back ends the visitor’s tokens for that server, and only those', async () => {
  await house.hub.shares.grant({ ...BY, to: BOB, scopes: null });
  const token = await visit('bob');
  const own = await visit('alice');
  await house.token('bob');
  await house.hub.shares.revoke({ ...BY, to: BOB, scopes: null });
  expect(house.store.tokens.get(token)).toBeUndefined();
  expect(house.store.tokens.get(own)).toBeDefined();
  expect(house.store.tokens.where('user', 'bob')).toHaveLength(1);
  expect(house.shownOut).toMatchObject([{ owner: 'alice', server: '', user: 'bob' }]);
});

test('who came with an API token only is barred as well, whether named, in the group or everyone', async () => {
  const token = await house.token('bob');
  await house.call('GET', '/hub/api/user', { token });
  for (const to of [BOB, { kind: 'group', name: 'class' }, { kind: 'everyone', name: '' }] as const) {
    await house.hub.shares.grant({ ...BY, to, scopes: null });
    await house.hub.shares.revoke({ ...BY, to, scopes: null });
  }
  expect(house.shownOut.map(({ user }) => user)).toEqual(['bob', 'bob', 'bob']);
});

test('who has it another way too stays', async () => {
  await house.hub.shares.grant({ ...BY, to: BOB, scopes: null });
  await house.hub.shares.grant({ ...BY, to: { kind: 'group', name: 'class' }, scopes: null });
  const token = await visit('bob');
  await house.hub.shares.revoke({ ...BY, to: BOB, scopes: null });
  expect(house.store.tokens.get(token)).toBeDefined();
  expect(house.shownOut).toEqual([]);
});

test('the end of a share, a group that was left, a right that is gone: each shows out', async () => {
  const ends: readonly (() => unknown)[] = [
    () => house.pass(61_000),
    () => house.hub.changeGroups.members({ group: 'class', leave: ['bob'] }),
    () => house.hub.removeUser('bob'),
  ];
  for (const [at, end] of ends.entries()) {
    const to = at === 1 ? ({ kind: 'group', name: 'class' } as const) : BOB;
    const expires = at === 0 ? house.hub.clock.now() + 60_000 : null;
    await house.hub.shares.grant({ ...BY, to, scopes: null, expires });
    const token = await visit('bob');
    await end();
    await house.hub.showOut();
    expect(house.store.tokens.get(token), `${at}`).toBeUndefined();
  }
});

test('an administrator who is none any more is out, like everybody', async () => {
  await house.addUser('mary', { admin: true });
  const token = await visit('mary');
  await house.hub.showOut();
  expect(house.store.tokens.get(token)).toBeDefined();
  await house.hub.changeUser({ name: 'mary', newName: null, admin: false });
  await house.hub.showOut();
  expect(house.store.tokens.get(token)).toBeUndefined();
});

/** The provider that bob came by does not know him any more. */
async function refuse({ idHash }: Session): Promise<void> {
  const session = house.store.sessions.get(idHash);
  if (session === undefined) throw new Error('no such session');
  const sealer = makeSealer([Buffer.alloc(32, 3)]);
  const old = { ...session, provider: 'lab', authState: sealAuthState(sealer, { a: 1 }, idHash) };
  await house.store.change((drafts) => {
    drafts.sessions.put(old);
    drafts.users.put({ ...newUser('bob', 1), invited: true, identities: { lab: '7' } });
  });
  const provider: SignInProvider = {
    id: 'lab',
    label: 'Lab',
    begin: () => Promise.reject(new Error('not here')),
    finish: () => Promise.reject(new Error('not here')),
    refresh: () => Promise.resolve(null),
  };
  const { hub, store } = house;
  const seeOff = () => Promise.resolve();
  const admission = () => ({ settings: NOBODY, userlist: new Map<string, boolean>() });
  const refresh = makeRefreshSession({ ...hub, store, admission, providers: [provider], seeOff });
  expect(await refresh(old, { force: true })).toBe('refused');
}

test.each<[string, (came: { readonly session: Session; readonly token: string }) => Promise<unknown>]>([
  ['signed out', ({ session }) => house.hub.signOut(session)],
  [
    'signed out everywhere',
    ({ session }) => house.hub.endSessions({ user: 'bob', sessions: [session], by: 'user' }),
  ],
  [
    'took their token back',
    async ({ token }) => {
      const held = house.store.tokens.get(token);
      if (held !== undefined) await house.hub.revokeToken(held);
    },
  ],
  ['was refused by the provider', ({ session }) => refuse(session)],
  ['was removed', () => house.hub.removeUser('bob')],
])('a visitor who %s first is out by the session that their open sockets have', async (_, end) => {
  await share();
  const came = await enter('bob');
  await end(came);
  expect(house.store.tokens.get(came.token)).toBeUndefined();
  await takeBack();
  expect(house.shownOut).toMatchObject([{ owner: 'alice', server: '', user: 'bob' }]);
  expect(house.shownOut[0]?.words).toContain(sha256(came.session.sharedId));
  await house.hub.showOut();
  expect(house.shownOut).toHaveLength(1);
});

test('who may stay is not shown out by a sign-out', async () => {
  await share();
  const { session } = await enter('bob');
  await house.hub.signOut(session);
  await house.hub.showOut();
  expect(house.shownOut).toEqual([]);
});

test('a visitor with a new name stays with the share, and goes with it, by the session of the old name', async () => {
  await share();
  const { session } = await enter('bob');
  await house.hub.changeUser({ name: 'bob', newName: 'robert', admin: null });
  await house.hub.showOut();
  expect(house.shownOut).toEqual([]);
  await house.hub.shares.revoke({ ...BY, to: { kind: 'user', name: 'robert' }, scopes: null });
  expect(house.shownOut).toMatchObject([{ user: 'robert', words: [sha256(session.sharedId)] }]);
});

test('a visitor who was out and came back by what the notebook remembers is shown out again', async () => {
  await share();
  const { session } = await enter('bob');
  await house.hub.signOut(session);
  await takeBack();
  await share();
  house.pass(3600_000);
  await house.hub.showOut();
  await takeBack();
  expect(house.shownOut.map(({ words }) => words)).toEqual([
    [sha256(session.sharedId)],
    [sha256(session.sharedId)],
  ]);
});

test('the token that a notebook holds of a visitor is barred as well, though it is gone by then', async () => {
  await share();
  const token = await visit('bob');
  await takeBack();
  expect(house.shownOut[0]?.words).toContain(token);
});

test('who came with an API token hours ago may have a socket open still, and is barred', async () => {
  const token = await house.token('bob');
  await house.call('GET', '/hub/api/user', { token });
  await share();
  house.pass(5 * 3600_000);
  await takeBack();
  expect(house.shownOut).toMatchObject([{ user: 'bob' }]);
});

test('a hub that begins knows by their tokens who is in, and owners are no guests', async () => {
  await share();
  const { session } = await enter('bob');
  await enter('alice');
  const unwelcome = openGuestBook(house.store).unwelcome('alice/', () => false);
  expect([...unwelcome]).toEqual([['bob', [session.sharedId]]]);
});
