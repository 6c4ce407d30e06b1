import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainIdentity } from '../src/domain/identity.ts';
import { makeSignIn, opened, type SignInUnderTest } from './make-sign-in.ts';

const FROM = { address: '192.0.2.7', userAgent: 'test', previous: null, visitor: 'v', otp: '' };
const GOOD = 'a harbour at night';

let hub: SignInUnderTest;
beforeEach(async () => {
  hub = await makeSignIn();
});
afterEach(() => hub.close());

async function firstAdmin(): Promise<string> {
  const word = (await hub.createInvitation({ user: null })) ?? '';
  return opened(await hub.redeemInvitation({ word, username: 'Ana', password: GOOD, ...FROM })).word;
}

describe('the one-time link', () => {
  test('makes the first administrator and signs them in', async () => {
    const cookie = await firstAdmin();
    expect(hub.identifySession(cookie)?.user).toMatchObject({ name: 'ana', admin: true });
  });

  test('works once', async () => {
    const word = (await hub.createInvitation({ user: null })) ?? '';
    await hub.redeemInvitation({ word, username: 'ana', password: GOOD, ...FROM });
    expect(hub.lookUpInvitation(word)).toBeUndefined();
    const again = hub.redeemInvitation({ word, username: 'eve', password: GOOD, ...FROM });
    await expect(again).rejects.toMatchObject({ code: 'AUTH-009' });
  });

  test('does not make a plain user of the administrator because the list forgot a word', async () => {
    hub.setUserlist(new Map([['ana', false]]));
    const word = (await hub.createInvitation({ user: null })) ?? '';
    const plain = hub.redeemInvitation({ word, username: 'ana', password: GOOD, ...FROM });
    await expect(plain).rejects.toMatchObject({ code: 'AUTH-010' });
    expect(hub.lookUpInvitation(word)).toBeNull();
  });

  test('sent twice at the same moment makes one administrator', async () => {
    const word = (await hub.createInvitation({ user: null })) ?? '';
    const both = await Promise.allSettled(
      ['ana', 'eve'].map((username) => hub.redeemInvitation({ word, username, password: GOOD, ...FROM })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([...hub.store.users.values()]).toHaveLength(1);
  });

  test('ends after an hour', async () => {
    const word = (await hub.createInvitation({ user: null })) ?? '';
    hub.time.now += 3600_001;
    expect(hub.lookUpInvitation(word)).toBeUndefined();
  });

  test('is never made again once there is an administrator', async () => {
    await firstAdmin();
    expect(await hub.createInvitation({ user: null })).toBeNull();
  });

  test('a new one ends the older one', async () => {
    const older = (await hub.createInvitation({ user: null })) ?? '';
    await hub.createInvitation({ user: null });
    expect(hub.lookUpInvitation(older)).toBeUndefined();
  });

  test.each([
    ['short', 'ana', 'short'],
    ['of one letter', 'ana', 'aaaaaaaaaaaaaaaa'],
    ['guessed first', 'ana', 'Password1234'],
    ['made of the name', 'anabella', 'anabellaanabella'],
  ])('a password that is %s is refused and the link still works', async (_, username, password) => {
    const word = (await hub.createInvitation({ user: null })) ?? '';
    const bad = hub.redeemInvitation({ word, username, password, ...FROM });
    await expect(bad).rejects.toMatchObject({ code: 'AUTH-010' });
    expect(hub.lookUpInvitation(word)).toBeNull();
    expect(hub.store.users.size).toBe(0);
  });

  test.each(['', 'a b', '../x', 'аlice', 'ａlice', 'a\u200bb', '-a', 'x'.repeat(65), 'a..b', 'a/b'])(
    'the name %j is refused',
    async (username) => {
      const word = (await hub.createInvitation({ user: null })) ?? '';
      const bad = hub.redeemInvitation({ word, username, password: GOOD, ...FROM });
      await expect(bad).rejects.toMatchObject({ code: 'AUTH-010' });
    },
  );
});

describe('name and password', () => {
  beforeEach(firstAdmin);

  test('let in, whatever the capitals of the name', async () => {
    const { user } = opened(await hub.signInWithPassword({ username: ' ANA ', password: GOOD, ...FROM }));
    expect(user.name).toBe('ana');
  });

  test('wrong password and unknown name are told alike', async () => {
    for (const username of ['ana', 'nobody', '../etc', 'x'.repeat(10_000)]) {
      const wrong = hub.signInWithPassword({
        username,
        password: 'wrong',
        ...FROM,
        address: `192.0.2.${username.length % 200}`,
      });
      await expect(wrong).rejects.toMatchObject({ code: 'AUTH-001' });
    }
  });

  test('guessing is slowed down, by address, and others are not kept out', async () => {
    for (let i = 0; i < 5; i++) {
      await expect(
        hub.signInWithPassword({ username: 'ana', password: 'no', ...FROM }),
      ).rejects.toMatchObject({
        code: 'AUTH-001',
      });
    }
    await expect(hub.signInWithPassword({ username: 'ana', password: GOOD, ...FROM })).rejects.toMatchObject({
      code: 'AUTH-003',
      facts: { seconds: 1 },
    });
    const elsewhere = opened(
      await hub.signInWithPassword({
        username: 'ana',
        password: GOOD,
        ...FROM,
        address: '192.0.2.8',
      }),
    );
    expect(elsewhere.user.name).toBe('ana');
    hub.time.now += 1001;
    const later = opened(await hub.signInWithPassword({ username: 'ana', password: GOOD, ...FROM }));
    expect(later.user.name).toBe('ana');
  });

  test('the password stands nowhere in the store', () => {
    const kept = hub.store.credentials.get('ana')?.hash ?? '';
    expect(kept).toMatch(/^scrypt\$1024\$8\$1\$/);
    expect(kept).not.toContain(GOOD);
  });

  test('forty guesses at once are forty guesses', async () => {
    const guesses = Array.from({ length: 40 }, () =>
      hub.signInWithPassword({ username: 'ana', password: 'no', ...FROM }),
    );
    const codes = (await Promise.allSettled(guesses)).map((one) =>
      one.status === 'rejected' ? one.reason.code : 'in',
    );
    expect(codes.filter((code) => code === 'AUTH-001')).toHaveLength(5);
    expect(codes.filter((code) => code === 'AUTH-003')).toHaveLength(35);
  });

  test('a new password ends every token but the one of a running server', async () => {
    const token = { user: 'ana', note: '', scopes: [], created: 0, lastActivity: null, expires: null };
    const loose = { ...token, clientId: null, sessionId: null };
    await hub.store.change((drafts) => {
      drafts.tokens.put({ ...loose, hash: 'h1', id: 'a1', server: null });
      drafts.tokens.put({ ...loose, hash: 'h2', id: 'a2', server: 'ana/' });
    });
    const link = (await hub.createInvitation({ user: 'ana' })) ?? '';
    await hub.redeemInvitation({ word: link, username: '', password: 'another harbour', ...FROM });
    expect([...hub.store.tokens.values()].map(({ id }) => id)).toEqual(['a2']);
  });

  test('a new password ends what the old one opened', async () => {
    const { word: cookie } = opened(
      await hub.signInWithPassword({ username: 'ana', password: GOOD, ...FROM }),
    );
    const link = (await hub.createInvitation({ user: 'ana' })) ?? '';
    await hub.redeemInvitation({ word: link, username: '', password: 'another harbour', ...FROM });
    expect(hub.identifySession(cookie)).toBeNull();
    expect(hub.store.users.get('ana')?.admin).toBe(true);
  });
});

describe('a session', () => {
  test('is known by its word only, and the store holds no word', async () => {
    const cookie = await firstAdmin();
    const [session] = hub.store.sessions.values();
    expect(JSON.stringify(session)).not.toContain(cookie);
    expect(hub.identifySession(`${cookie}x`)).toBeNull();
    expect(hub.identifySession(session?.idHash ?? '')).toBeNull();
  });

  test('ends with sign-out, with every token that notebooks got through it, and no other', async () => {
    const cookie = await firstAdmin();
    const session = hub.identifySession(cookie)?.session;
    if (session === undefined) throw new Error('not signed in');
    const token = {
      user: 'ana',
      note: '',
      scopes: [],
      created: 0,
      lastActivity: null,
      expires: null,
      clientId: null,
      server: null,
    };
    await hub.store.change((drafts) => {
      drafts.tokens.put({ ...token, hash: 'h1', id: 'a1', sessionId: session.sharedId });
      drafts.tokens.put({ ...token, hash: 'h2', id: 'a2', sessionId: null });
    });
    await hub.signOut(session);
    expect(hub.identifySession(cookie)).toBeNull();
    expect([...hub.store.tokens.values()].map(({ id }) => id)).toEqual(['a2']);
  });

  test('ends after a fortnight, and one from a far future is none: the clock was wrong', async () => {
    const cookie = await firstAdmin();
    hub.time.now += 14 * 24 * 3600_000;
    expect(hub.identifySession(cookie)).toBeNull();
    hub.time.now -= 16 * 24 * 3600_000;
    expect(hub.identifySession(cookie)).toBeNull();
  });

  test('signing in as somebody else in the same browser ends the first', async () => {
    const cookie = await firstAdmin();
    const previous = hub.identifySession(cookie)?.session ?? null;
    const link = (await hub.createInvitation({ user: 'bob' })) ?? '';
    await hub.redeemInvitation({ word: link, username: '', password: GOOD, ...FROM, previous });
    expect(hub.identifySession(cookie)).toBeNull();
  });
});

describe('who may come in', () => {
  const come = (name: string, id: string) =>
    hub.openSession({
      name,
      identity: plainIdentity('github', name, id),
      address: '192.0.2.1',
      userAgent: '',
      previous: null,
    });

  test('whom no list names stays out, and leaves no account', async () => {
    await expect(come('eve', '9')).rejects.toMatchObject({ code: 'AUTH-002' });
    expect(hub.store.users.size).toBe(0);
  });

  test('the userlist lets in and makes administrators, and takes both away at once', async () => {
    hub.setUserlist(new Map([['bob', true]]));
    const { word } = await come('bob', '2');
    expect(hub.identifySession(word)?.user.admin).toBe(true);
    hub.setUserlist(new Map());
    expect(hub.identifySession(word)).toBeNull();
  });

  test('an account that a password opens is not given to a stranger of that name over there', async () => {
    await firstAdmin();
    await expect(come('ana', '999')).rejects.toMatchObject({ code: 'AUTH-008' });
    expect(hub.store.users.get('ana')?.identities).toEqual({});
  });

  test('an account that an administrator only named is bound to whoever comes first', async () => {
    await hub.store.change((drafts) =>
      drafts.users.put({
        name: 'zoe',
        admin: false,
        groups: [],
        created: 0,
        lastActivity: null,
        identities: {},
        invited: true,
      }),
    );
    await come('zoe', '5');
    await expect(come('zoe', '6')).rejects.toMatchObject({ code: 'AUTH-008' });
  });

  test('a hundred sessions of one person keep to fifty', async () => {
    hub.setUserlist(new Map([['bob', false]]));
    for (let i = 0; i < 60; i++) await come('bob', '2');
    expect(hub.store.sessions.where('user', 'bob')).toHaveLength(50);
  });

  test('a recycled name does not inherit an account', async () => {
    hub.setUserlist(new Map([['bob', false]]));
    await come('bob', '2');
    await expect(come('bob', '3')).rejects.toMatchObject({ code: 'AUTH-008' });
  });
});
