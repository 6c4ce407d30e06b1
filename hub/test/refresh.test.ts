import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Identity, plainIdentity, type SignInProvider } from '../src/domain/identity.ts';
import type { Routes } from '../src/domain/ports.ts';
import { Problem } from '../src/domain/problem.ts';
import { newServer } from '../src/domain/server.ts';
import type { SignInSettings } from '../src/domain/sign-in-settings.ts';
import { newUser } from '../src/domain/user.ts';
import { makePurgeExpired } from '../src/usecases/purge-expired.ts';
import { makeRefreshSession, type RefreshSession } from '../src/usecases/refresh-session.ts';
import { makeRefreshSessions, startAfterRefresh } from '../src/usecases/refresh-sessions.ts';
import { makeSeeOff } from '../src/usecases/see-off.ts';
import { makeSignIn, type SignInUnderTest } from './make-sign-in.ts';

const AGE = 300;
const MONA: Identity = {
  ...plainIdentity('github', 'mona', '42'),
  admitted: true,
  groups: ['lab:staff'],
  authState: { access_token: 'gho_first' },
};

let hub: SignInUnderTest;
let refresh: RefreshSession;
let stopped: string[];
let asked: number;
/** What the provider says when it is asked again. */
let says: () => Promise<Identity | null | 'expired'>;
const end = new AbortController();

async function open(settings: Partial<SignInSettings> = {}): Promise<void> {
  hub = await makeSignIn({ refreshAge: AGE, manageGroups: true, ...settings });
  stopped = [];
  asked = 0;
  says = async () => MONA;
  const provider: SignInProvider = {
    id: 'github',
    label: 'GitHub',
    begin: () => Promise.reject(new Error('not here')),
    finish: () => Promise.reject(new Error('not here')),
    refresh: () => {
      asked += 1;
      return says();
    },
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const seeOff = makeSeeOff({
    ...hub,
    log,
    routes: { remove: async () => {} } as Partial<Routes> as Routes,
    stopServer: async ({ user, server }) => {
      stopped.push(`${user}/${server}`);
      return newServer(user, server);
    },
    baseUrl: '/',
    signal: end.signal,
  });
  refresh = makeRefreshSession({ ...hub, log, providers: [provider], seeOff });
}

const from = { address: '192.0.2.1', userAgent: '', previous: null };
async function monaSignsIn(identity = MONA) {
  const opened = await hub.openSession({ name: 'mona', identity, ...from });
  await hub.store.change((drafts) => {
    const volumeName = 'jupyterhub-user-mona';
    drafts.servers.put({ ...newServer('mona'), state: 'ready', volumeName });
    const rest = { scopes: ['inherit'], created: 0, lastActivity: null, expires: null };
    const more = { sessionId: null, clientId: null, server: null, note: '' };
    drafts.tokens.put({ hash: 'h1', id: 'a1', user: 'mona', ...rest, ...more });
  });
  return opened;
}
const later = (seconds = AGE) => {
  hub.time.now += seconds * 1000;
};
const settle = () => new Promise((done) => setTimeout(done, 20));

beforeEach(() => open());
afterEach(() => hub.close());

test('what the provider gave lies sealed in the store, and opens for this session only', async () => {
  const { session } = await monaSignsIn();
  expect(session.authState).not.toContain('gho_first');
  expect(JSON.stringify([...hub.store.sessions.values()])).not.toContain('gho_first');
  expect(hub.sealer.open(session.authState ?? '', `session ${session.idHash}`)).toContain('gho_first');
  expect(hub.sealer.open(session.authState ?? '', 'session other')).toBeNull();
});

test('a session is asked for when it is old enough, and once', async () => {
  const { session } = await monaSignsIn();
  expect(await refresh(session)).toBe('fresh');
  expect(asked).toBe(0);
  later();
  const answers = await Promise.all([refresh(session), refresh(session), refresh(session)]);
  expect(answers).toEqual(['fresh', 'fresh', 'fresh']);
  expect(asked).toBe(1);
  const [now] = hub.store.sessions.where('user', 'mona');
  expect(now?.refreshed).toBe(hub.time.now);
  expect(refresh.isDue(now ?? session)).toBe(false);
});

test('never with an age of 0, and never where the provider cannot be asked', async () => {
  await hub.close();
  await open({ refreshAge: 0 });
  const { session } = await monaSignsIn();
  later(AGE * 1000);
  expect(await refresh(session)).toBe('fresh');
  expect(await refresh({ ...session, provider: 'pam' }, { force: true })).toBe('fresh');
  expect(asked).toBe(0);
});

test('a fresh answer brings groups, rights and tokens up to date', async () => {
  const { session } = await monaSignsIn();
  later();
  says = async () => ({
    ...MONA,
    groups: ['lab:ops'],
    admin: true,
    authState: { access_token: 'gho_second' },
  });
  expect(await refresh(session)).toBe('fresh');
  expect(hub.store.users.get('mona')).toMatchObject({ groups: ['lab:ops'], admin: true });
  expect(hub.store.groups.get('lab:ops')).toBeDefined();
  const [now] = hub.store.sessions.where('user', 'mona');
  expect(hub.sealer.open(now?.authState ?? '', `session ${session.idHash}`)).toContain('gho_second');
});

describe('who left the organisation', () => {
  test('is out at once, and after the grace tokens and server end; the volume is listed', async () => {
    const { session, word } = await monaSignsIn();
    later();
    says = async () => ({ ...MONA, admitted: false, groups: [] });
    expect(await refresh(session)).toBe('refused');
    expect(hub.identifySession(word)).toBeNull();
    await expect.poll(() => stopped).toEqual(['mona/']);
    expect(hub.store.sessions.where('user', 'mona')).toEqual([]);
    expect(hub.store.tokens.get('h1')).toBeUndefined();
    expect(hub.store.departures.get('mona')).toMatchObject({
      why: 'provider',
      volumes: ['jupyterhub-user-mona'],
    });
  });

  test('stays when a list lets them in too', async () => {
    hub.setUserlist(new Map([['mona', false]]));
    const { session, word } = await monaSignsIn();
    later();
    says = async () => ({ ...MONA, admitted: false });
    expect(await refresh(session)).toBe('fresh');
    expect(hub.identifySession(word)?.user.name).toBe('mona');
  });

  test('is no departed any more once they sign in again', async () => {
    const { session } = await monaSignsIn();
    later();
    says = async () => ({ ...MONA, admitted: false });
    await refresh(session);
    await settle();
    await monaSignsIn();
    expect(hub.store.departures.size).toBe(0);
  });
});

test('whom the provider refuses loses sessions and tokens at once, whatever list they are on', async () => {
  hub.setUserlist(new Map([['mona', false]]));
  const { session, word } = await monaSignsIn();
  later();
  says = async () => null;
  expect(await refresh(session)).toBe('refused');
  expect(hub.identifySession(word)).toBeNull();
  expect(hub.store.tokens.get('h1')).toBeUndefined();
  expect(stopped).toEqual([]);
});

test('a sign-in that has run out over there ends alone: the person signs in again', async () => {
  const { session, word } = await monaSignsIn();
  const other = await monaSignsIn();
  later();
  says = async () => 'expired';
  expect(await refresh(session)).toBe('ended');
  expect(hub.identifySession(word)).toBeNull();
  expect(hub.identifySession(other.word)).not.toBeNull();
  expect(hub.store.tokens.get('h1')).toBeDefined();
  expect(stopped).toEqual([]);
});

test('a session whose secrets no key opens any more ends: an old yes is none', async () => {
  const { session } = await monaSignsIn();
  const { authState: _, ...rest } = session;
  await hub.store.change((drafts) => drafts.sessions.put({ ...rest, authState: 'v1.lost.a.b.c' }));
  later();
  const [lost] = hub.store.sessions.where('user', 'mona');
  expect(lost && (await refresh(lost))).toBe('ended');
  expect(asked).toBe(0);
});

test('another person behind the token is not the one who signed in', async () => {
  const { session, word } = await monaSignsIn();
  later();
  says = async () => ({ ...MONA, id: '43' });
  expect(await refresh(session)).toBe('ended');
  expect(hub.identifySession(word)).toBeNull();
});

describe('what comes while the provider is asked', () => {
  test('a sign-out: its answer changes nothing any more', async () => {
    const { session } = await monaSignsIn();
    later();
    says = async () => {
      await hub.signOut(session);
      return { ...MONA, admin: true };
    };
    expect(await refresh(session)).toBe('ended');
    expect(hub.store.users.get('mona')?.admin).toBe(false);
  });

  test('another account of that name: it inherits neither id nor rights', async () => {
    const { session } = await monaSignsIn();
    later();
    says = async () => {
      await hub.store.change((drafts) => {
        drafts.sessions.delete(session.idHash);
        drafts.users.put(newUser('mona', hub.time.now));
      });
      return { ...MONA, admin: true };
    };
    expect(await refresh(session)).toBe('ended');
    expect(hub.store.users.get('mona')).toMatchObject({ admin: false, identities: {} });
  });

  test('another account of that name: a refusal is not about it', async () => {
    const { session } = await monaSignsIn();
    later();
    says = async () => {
      await hub.store.change((drafts) => drafts.users.put(newUser('mona', hub.time.now)));
      return null;
    };
    expect(await refresh(session)).toBe('ended');
    expect(hub.store.tokens.get('h1')).toBeDefined();
  });
});

describe('a provider that is away', () => {
  const away = async (): Promise<never> => {
    throw new Problem('AUTH-007', { provider: 'GitHub', detail: 'it answered 503' });
  };

  test('refuses nobody, is told, and is left alone for longer each time', async () => {
    const { session, word } = await monaSignsIn();
    later();
    says = away;
    expect(await refresh(session)).toBe('unreachable');
    expect(hub.identifySession(word)).not.toBeNull();
    expect([...refresh.unreachable().keys()]).toEqual(['github']);
    const tries: number[] = [];
    for (let second = 0; second < 3600; second += 10) {
      later(10);
      if (refresh.isDue(session)) {
        await refresh(session);
        tries.push(second);
      }
    }
    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(pauses).toEqual([60, 120, 240, 480, 900, 900]);
  });

  test('is asked again when it is back, and then nothing is told any more', async () => {
    const { session } = await monaSignsIn();
    later();
    says = away;
    await refresh(session);
    says = async () => MONA;
    later(31);
    expect(await refresh(session)).toBe('fresh');
    expect(refresh.unreachable().size).toBe(0);
  });

  test('one person who cannot be asked about (their limit of requests is used up) keeps nobody else from being asked', async () => {
    const { session } = await monaSignsIn();
    const other = await hub.openSession({
      name: 'lisa',
      identity: { ...MONA, id: '43', login: 'lisa', authState: { access_token: 'gho_lisa' } },
      ...from,
    });
    later();
    says = away;
    for (let i = 0; i < 5; i += 1) {
      await refresh(session, { force: true });
      expect(refresh.isDue(other.session)).toBe(true);
    }
  });

  test('whom nobody could confirm for a day signs in again', async () => {
    const { session, word } = await monaSignsIn();
    says = away;
    later(24 * 3600 - 60);
    expect(await refresh(session)).toBe('unreachable');
    later(120);
    expect(await refresh(session)).toBe('ended');
    expect(hub.identifySession(word)).toBeNull();
    expect(hub.store.tokens.get('h1')).toBeDefined();
  });

  test('one failure of many sessions at once is one failure', async () => {
    const { session } = await monaSignsIn();
    const { session: other } = await monaSignsIn();
    later();
    says = away;
    await Promise.all([refresh(session), refresh(other)]);
    later(31);
    expect(refresh.isDue(session)).toBe(true);
  });
});

test('the schedule asks for every session that is due, and for no other', async () => {
  for (let i = 0; i < 10; i += 1) await monaSignsIn();
  later();
  await monaSignsIn();
  const all = makeRefreshSessions({ store: hub.store, refreshSession: refresh });
  expect(await all()).toBe(10);
  expect(await all()).toBe(0);
});

describe('before a start', () => {
  const start = () =>
    startAfterRefresh({ store: hub.store, refreshSession: refresh }, async ({ user, server }) =>
      newServer(user, server),
    )({ user: 'mona', server: '', options: {}, by: 'mona' });

  test('the provider is asked although it is not due', async () => {
    await monaSignsIn();
    await start();
    expect(asked).toBe(1);
  });

  test.each<[string, Identity | null | 'expired']>([
    ['refuses', null],
    ['wants a new sign-in', 'expired'],
    ['lets in no more', { ...MONA, admitted: false }],
  ])('who is one whom it %s does not start', async (_, answer) => {
    await monaSignsIn();
    says = async () => answer;
    await expect(start()).rejects.toMatchObject({ code: 'AUTH-030' });
  });

  test('an outage does not keep anybody from working', async () => {
    await monaSignsIn();
    says = () => Promise.reject(new Problem('AUTH-007', { provider: 'GitHub', detail: 'away' }));
    expect((await start()).user).toBe('mona');
  });
});

test('a provider’s word that nobody renewed for a fortnight is none any more', async () => {
  await monaSignsIn();
  hub.time.now += 15 * 24 * 3600_000;
  await makePurgeExpired(hub)();
  expect(hub.store.users.get('mona')?.vouched).toEqual({});
});

test('what a clock calls expired that was set a moment ago is kept, and works again when the clock is right', async () => {
  await monaSignsIn();
  let undisturbed = 0;
  const purge = makePurgeExpired({ ...hub, undisturbed: () => undisturbed });
  hub.time.now += 30 * 24 * 3600_000;
  expect(await purge()).toBe(0);
  expect([...hub.store.sessions.values()]).toHaveLength(1);
  undisturbed = 24 * 3600_000;
  expect(await purge()).toBeGreaterThan(0);
  expect([...hub.store.sessions.values()]).toEqual([]);
});
