import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Identity, plainIdentity } from '../src/domain/identity.ts';
import { newServer } from '../src/domain/server.ts';
import { makeCloseDoors } from '../src/usecases/close-doors.ts';
import { makeCreateUsers } from '../src/usecases/create-users.ts';
import { makeRemoveUser } from '../src/usecases/remove-user.ts';
import { makeSignIn, opened, type SignInUnderTest } from './make-sign-in.ts';

const FROM = { address: '192.0.2.7', userAgent: '', previous: null };
const GOOD = 'a harbour at night';

let hub: SignInUnderTest;
beforeEach(async () => {
  hub = await makeSignIn({ allowAll: true }, { openSignUp: true });
});
afterEach(() => hub.close());

const come = (identity: Identity) => hub.openSession({ name: identity.login, identity, ...FROM });
const github = (name: string, id: string) => come(plainIdentity('github', name, id));
const addByHand = (name: string) => makeCreateUsers(hub)({ names: [name], admin: false });
const choose = (word: string, password = GOOD) =>
  hub.redeemInvitation({ word, username: '', password, visitor: 'v', ...FROM });

/** With a server, and so a volume, and then gone. */
async function remove(name: string): Promise<void> {
  await hub.store.change((drafts) => drafts.servers.put({ ...newServer(name), volumeName: `home-${name}` }));
  await makeRemoveUser({ ...hub, stopServer: () => Promise.reject(new Error('nothing runs')) })(name);
}

describe('a door that knows names only', () => {
  const named = (name: string) => come(plainIdentity('generic-oauth', name, null));

  test('opens no account that a password opens', async () => {
    await hub.signUp.ask({ username: 'ana', password: GOOD, ...FROM });
    await expect(named('ana')).rejects.toMatchObject({ code: 'AUTH-008' });
  });

  test('opens no account that is bound to somebody at a provider', async () => {
    await github('mona', '42');
    await expect(named('mona')).rejects.toMatchObject({ code: 'AUTH-008' });
  });

  test('opens no account that it knew by an id before', async () => {
    await come(plainIdentity('generic-oauth', 'bob', '7'));
    await expect(named('bob')).rejects.toMatchObject({ code: 'AUTH-008' });
  });
});

describe('whoever has tried an account by everybody’s password', () => {
  test('is out when its owner comes, with every token', async () => {
    const trial = await come(plainIdentity('dummy', 'mona', null));
    await hub.store.change((drafts) => {
      const rest = { scopes: ['inherit'], created: 0, lastActivity: null, expires: null, note: '' };
      const loose = { sessionId: null, clientId: null, server: null };
      drafts.tokens.put({ hash: 'h1', id: 'a1', user: 'mona', ...rest, ...loose });
    });
    await github('mona', '42');
    expect(hub.identifySession(trial.word)).toBeNull();
    expect(hub.store.tokens.size).toBe(0);
  });

  test('and the owner’s own sessions stay when they come again', async () => {
    const first = await github('mona', '42');
    await github('mona', '42');
    expect(hub.identifySession(first.word)).not.toBeNull();
  });
});

describe('a door that is shut', () => {
  const shut = (...open: string[]) => makeCloseDoors(hub)(new Set(open));

  test('is shut for those who came through it before, with what notebooks got through them', async () => {
    const trial = await come(plainIdentity('dummy', 'bob', null));
    const stays = await github('mona', '42');
    await hub.store.change((drafts) => {
      const rest = { scopes: [], created: 0, lastActivity: null, expires: null, note: '' };
      const through = { sessionId: trial.session.sharedId, clientId: null, server: null };
      drafts.tokens.put({ hash: 'h1', id: 'a1', user: 'bob', ...rest, ...through });
    });
    expect(await shut('local', 'github')).toBe(1);
    expect(hub.identifySession(trial.word)).toBeNull();
    expect(hub.store.tokens.size).toBe(0);
    expect(hub.identifySession(stays.word)?.user.name).toBe('mona');
  });

  test('vouches for nobody any more', async () => {
    await come({ ...plainIdentity('github', 'mona', '42'), admitted: true });
    await shut('local', 'github');
    expect(hub.store.users.get('mona')?.vouched).toEqual({ github: hub.time.now });
    await shut('local');
    expect(hub.store.users.get('mona')?.vouched).toEqual({});
  });
});

describe('an account that a link was made for', () => {
  test('is the link’s, not a stranger’s who has the name elsewhere', async () => {
    await addByHand('carol');
    const link = (await hub.createInvitation({ user: 'carol' })) ?? '';
    await expect(github('carol', '666')).rejects.toMatchObject({ code: 'AUTH-008' });
    expect(opened(await choose(link)).user).toMatchObject({ name: 'carol', identities: {} });
  });

  test('stays so when the link is too old, and others were made since', async () => {
    await addByHand('carol');
    await hub.createInvitation({ user: 'carol' });
    hub.time.now += 30 * 24 * 3600_000;
    await hub.createInvitation({ user: null });
    await expect(github('carol', '666')).rejects.toMatchObject({ code: 'AUTH-008' });
  });

  test('opens to whom it was bound to before', async () => {
    await github('mona', '42');
    await choose((await hub.createInvitation({ user: 'mona' })) ?? '');
    await hub.createInvitation({ user: 'mona' });
    expect((await github('mona', '42')).user.name).toBe('mona');
  });
});

describe('the name of somebody whose files are kept', () => {
  test('cannot be signed up for', async () => {
    await github('mona', '42');
    await remove('mona');
    const squat = hub.signUp.ask({ username: 'mona', password: GOOD, ...FROM });
    await expect(squat).rejects.toMatchObject({ code: 'AUTH-010' });
  });

  test('goes to nobody else at the same provider, nor at another', async () => {
    await github('mona', '42');
    await remove('mona');
    await expect(github('mona', '666')).rejects.toMatchObject({ code: 'AUTH-008' });
    const elsewhere = come(plainIdentity('generic-oauth', 'mona', '42'));
    await expect(elsewhere).rejects.toMatchObject({ code: 'AUTH-008' });
    expect((await github('mona', '42')).user.name).toBe('mona');
  });

  test('goes to nobody at a provider when a password opened the account', async () => {
    await hub.signUp.ask({ username: 'ana', password: GOOD, ...FROM });
    await remove('ana');
    await expect(github('ana', '666')).rejects.toMatchObject({ code: 'AUTH-008' });
  });

  test('goes to whom an administrator gives it', async () => {
    await github('mona', '42');
    await remove('mona');
    await addByHand('mona');
    expect((await github('mona', '666')).user.name).toBe('mona');
  });
});
