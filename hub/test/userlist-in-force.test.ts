import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plainIdentity } from '../src/domain/identity.ts';
import type { Routes } from '../src/domain/ports.ts';
import { newServer } from '../src/domain/server.ts';
import { makeApplyUserlist } from '../src/usecases/apply-userlist.ts';
import { makeSeeOff } from '../src/usecases/see-off.ts';
import { makeSignIn, type SignInUnderTest } from './make-sign-in.ts';

const GRACE = 600;
let hub: SignInUnderTest;
let apply: ReturnType<typeof makeApplyUserlist>;
let stopped: string[] = [];
let cut: string[] = [];
const end = new AbortController();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  hub = await makeSignIn({ userlistGrace: GRACE });
  stopped = [];
  cut = [];
  const routes = {
    remove: async (path: string, how?: { cut: boolean }) => void cut.push(`${path} ${how?.cut}`),
  } as Routes;
  const seeOff = makeSeeOff({
    ...hub,
    clock: {
      now: hub.clock.now,
      sleep: (ms, signal) =>
        new Promise((done, failed) => {
          setTimeout(done, ms);
          signal?.addEventListener('abort', () => failed(signal.reason));
        }),
    },
    routes,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    stopServer: async ({ user, server, why }) => {
      stopped.push(`${user}/${server} ${why}`);
      return newServer(user, server);
    },
    baseUrl: '/',
    signal: end.signal,
  });
  apply = makeApplyUserlist({ ...hub, seeOff });
  await apply(new Map([['bob', false]]));
});

afterEach(async () => {
  vi.useRealTimers();
  await hub.close();
});

async function bobWorks(): Promise<string> {
  const from = { address: '192.0.2.1', userAgent: '', previous: null };
  const { word } = await hub.openSession({
    name: 'bob',
    identity: plainIdentity('github', 'bob', '2'),
    ...from,
  });
  await hub.store.change((drafts) => {
    drafts.servers.put({ ...newServer('bob'), state: 'ready' });
    drafts.tokens.put({
      hash: 'h1',
      id: 'a1',
      user: 'bob',
      note: 'script',
      scopes: ['inherit'],
      created: 0,
      lastActivity: null,
      expires: null,
      sessionId: null,
      clientId: null,
      server: null,
    });
  });
  return word;
}

test('who is taken off the list is out at once, and cut off from the server', async () => {
  const word = await bobWorks();
  await apply(new Map());
  expect(hub.identifySession(word)).toBeNull();
  expect(cut).toEqual(['/user/bob/ true']);
  expect(stopped).toEqual([]);
});

test('who is back within the grace has lost nothing', async () => {
  const word = await bobWorks();
  await apply(new Map());
  await vi.advanceTimersByTimeAsync((GRACE - 1) * 1000);
  await apply(new Map([['bob', false]]));
  await vi.advanceTimersByTimeAsync(GRACE * 1000);
  expect(hub.identifySession(word)?.user.name).toBe('bob');
  expect(hub.store.tokens.get('h1')).toBeDefined();
  expect(stopped).toEqual([]);
});

test('after the grace sessions and tokens are gone and the server stops', async () => {
  await bobWorks();
  await apply(new Map());
  await vi.advanceTimersByTimeAsync(GRACE * 1000 + 1);
  vi.useRealTimers();
  await vi.waitFor(() => expect(stopped).toEqual(['bob/ user-removed']));
  expect(hub.store.sessions.where('user', 'bob')).toEqual([]);
  expect(hub.store.tokens.get('h1')).toBeUndefined();
});

test('a second departure gets a grace of its own', async () => {
  await bobWorks();
  await apply(new Map());
  await vi.advanceTimersByTimeAsync((GRACE - 1) * 1000);
  await apply(new Map([['bob', false]]));
  await apply(new Map());
  await vi.advanceTimersByTimeAsync(2000);
  expect(stopped).toEqual([]);
});

test('who is back on the list with a new account has the files that were kept', async () => {
  await hub.openSession({
    name: 'bob',
    identity: plainIdentity('github', 'bob', '2'),
    address: '192.0.2.1',
    userAgent: '',
    previous: null,
  });
  await hub.store.change((drafts) =>
    drafts.departures.put({ user: 'bob', at: 0, why: 'removed', volumes: ['jupyterhub-user-robert'] }),
  );
  await apply(new Map([['bob', false]]));
  expect(hub.store.departures.size).toBe(0);
  expect(hub.store.servers.get('bob/')).toEqual({
    ...newServer('bob'),
    volumeName: 'jupyterhub-user-robert',
  });
});

test('of whom the list says nothing, the rights stay as an administrator gave them', async () => {
  await bobWorks();
  await hub.store.change((drafts) => {
    const carol = { name: 'carol', groups: [], created: 0, lastActivity: null, identities: {} };
    drafts.users.put({ ...carol, admin: true, invited: true });
  });
  await apply(new Map([['bob', true]]));
  expect(hub.store.users.get('carol')?.admin).toBe(true);
  expect(hub.store.users.get('bob')?.admin).toBe(true);
  await apply(new Map([['bob', false]]));
  expect(hub.store.users.get('bob')?.admin).toBe(false);
});
