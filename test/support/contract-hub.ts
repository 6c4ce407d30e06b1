import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../../hub/src/adapters/store/json-store.ts';
import { openAuditFile } from '../../hub/src/adapters/system/audit-file.ts';
import { makeFactBus } from '../../hub/src/adapters/system/fact-bus.ts';
import { makeMetrics } from '../../hub/src/adapters/system/metrics.ts';
import { sha256, sha256Base64Url, systemRandom } from '../../hub/src/adapters/system/random.ts';
import { makeSealer } from '../../hub/src/adapters/system/sealer.ts';
import { makeVisitSigner } from '../../hub/src/adapters/system/visit-signer.ts';
import type { ConfiguredAnnouncements } from '../../hub/src/domain/announcement.ts';
import type { SpawnStep } from '../../hub/src/domain/fact.ts';
import type { Log, Route, Routes } from '../../hub/src/domain/ports.ts';
import type { Profile } from '../../hub/src/domain/profile.ts';
import { loadRoles, type Role } from '../../hub/src/domain/role.ts';
import { moveServer, newServer, type Server, serverKey } from '../../hub/src/domain/server.ts';
import type { Session } from '../../hub/src/domain/session.ts';
import type { SpawnSettings } from '../../hub/src/domain/settings.ts';
import { NOBODY } from '../../hub/src/domain/sign-in-settings.ts';
import type { Store } from '../../hub/src/domain/store.ts';
import type { User } from '../../hub/src/domain/user.ts';
import { browserApi, notebookApi } from '../../hub/src/http/api/api-door.ts';
import { authorizeRouter } from '../../hub/src/http/api/authorize-router.ts';
import type { Hub } from '../../hub/src/http/hub.ts';
import type { ShowProblem } from '../../hub/src/http/middleware/problem-guard.ts';
import { behindApi, makePagesApp } from '../../hub/src/http/pages-app.ts';
import { makeXsrf } from '../../hub/src/http/xsrf.ts';
import { makeAnnouncements } from '../../hub/src/usecases/announce.ts';
import type { Outcast } from '../../hub/src/usecases/bars.ts';
import { makeCreateInvitation } from '../../hub/src/usecases/create-invitation.ts';
import { makeEndSessions } from '../../hub/src/usecases/end-sessions.ts';
import { makeFollowSpawn } from '../../hub/src/usecases/follow-spawn.ts';
import { makeHubContract } from '../../hub/src/usecases/hub-contract.ts';
import { makeIdentifySession } from '../../hub/src/usecases/identify-session.ts';
import { makeLimitServer } from '../../hub/src/usecases/limit-server.ts';
import { Lives } from '../../hub/src/usecases/lives.ts';
import { makePlanStart } from '../../hub/src/usecases/plan-start.ts';
import { grantAccess, revokeAccess } from '../../hub/src/usecases/server-access.ts';
import { makeSignOut } from '../../hub/src/usecases/sign-out.ts';
import { UsageBook } from '../../hub/src/usecases/usage-book.ts';
import { VisitBook } from '../../hub/src/usecases/visit-book.ts';
import { makeVisits } from '../../hub/src/usecases/visits.ts';
import { SPAWN_SETTINGS } from '../../hub/test/spawn-settings.ts';
import { type CallOptions, call, type Reply } from './contract-call.ts';
import { idleVerbs } from './idle-verbs.ts';
import { NO_STORAGE } from './no-storage.ts';
import { LOCAL_ACCOUNTS, NO_PASSWORDS } from './password-doors.ts';

export interface ContractOptions {
  readonly roles?: readonly Role[];
  /** Administrators by the settings, who may not have an account yet. */
  readonly adminUsers?: readonly string[];
  readonly namedServers?: number | null;
  readonly announcements?: ConfiguredAnnouncements;
  readonly profiles?: readonly Profile[];
  readonly baseUrl?: string;
  readonly managedGroups?: boolean;
  readonly showAuthState?: boolean;
  /** What a start does; unless told, it is ready at once. */
  readonly spawn?: 'ready' | 'slow' | 'fails';
  readonly hubApiUrl?: string;
  readonly host?: string;
}

export interface ContractHub {
  readonly hub: Hub;
  readonly store: Store;
  readonly url: string;
  readonly notebookUrl: string;
  readonly routes: Routes;
  /** Empty until a test writes into it. */
  readonly usage: UsageBook;
  /** Who was shown out of somebody's server. */
  readonly shownOut: readonly Outcast[];
  /** Whether it was told to end. */
  ended(): boolean;
  /** Moves the hub's clock. */
  pass(ms: number): void;
  addUser(name: string, more?: Partial<User>): Promise<User>;
  /** Cookie header of a fresh session, and the session. */
  signIn(
    name: string,
  ): Promise<{ readonly cookie: string; readonly session: Session; readonly xsrf: string }>;
  /** A token of the user's own. */
  token(name: string, scopes?: readonly string[], expiresIn?: number): Promise<string>;
  /** A running server with its token and OAuth client. */
  runServer(user: string, name?: string, target?: string): Promise<string>;
  finishStart(user: string, name: string, how: 'ready' | 'failed'): Promise<void>;
  call(method: string, path: string, more?: CallOptions): Promise<Reply>;
  close(): Promise<void>;
}

const silent: Log = {
  info: () => {},
  warn: () => {},
  error: (what, message) => console.error(message, what),
};

/**
 * The hub's API and OAuth provider on a real store and a real port, with everything real but the engine: a
 * start here only moves the record.
 */
export async function openContractHub(options: ContractOptions = {}): Promise<ContractHub> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-contract-'));
  const store = await openJsonStore(join(directory, 'berth.json'));
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead, sleep: () => Promise.resolve() };
  const facts = makeFactBus(silent);
  const audit = openAuditFile({ path: join(directory, 'audit.log') }, { clock, log: silent });
  audit.follow(facts);
  const roles = loadRoles(options.roles ?? []);
  const admission = () => ({
    settings: { ...NOBODY, adminUsers: options.adminUsers ?? [] },
    userlist: new Map<string, boolean>(),
  });
  const base = { store, clock, random: systemRandom, digest: sha256, facts, log: silent, roles, admission };
  const baseUrl = options.baseUrl ?? '/';
  const settings = { baseUrl, hubApiUrl: options.hubApiUrl ?? '' } as SpawnSettings;
  const access = { ...base, settings } as unknown as Parameters<typeof grantAccess>[0];

  const tell = (server: Server, state: Server['state'], percent: number, message: string): void => {
    const step: SpawnStep = { at: clock.now(), state, percent, message };
    facts.tell({ kind: 'server-step', user: server.user, server: server.name, step });
  };
  const put = (server: Server): Promise<void> => store.change((drafts) => drafts.servers.put(server));

  async function finishStart(user: string, name: string, how: 'ready' | 'failed'): Promise<void> {
    const server = store.servers.get(serverKey(user, name));
    if (server === undefined) throw new Error(`no server ${user}/${name}`);
    const failure = {
      at: clock.now(),
      code: 'SPAWN-101',
      detail: '',
      exitCode: null,
      outOfMemory: false,
      log: [],
    };
    await put({
      ...server,
      state: how,
      failure: how === 'failed' ? { ...failure, facts: { image: 'foo' } } : null,
    });
    tell(server, how, 100, how);
  }

  const profiles = options.profiles ?? [];
  const menu = () => ({ settings: { ...SPAWN_SETTINGS, baseUrl }, profiles, rootAllowed: false });
  const plan = makePlanStart(store, menu);
  const usage = new UsageBook(15_000, clock);
  const startServer: Hub['startServer'] = async ({ user, server: name, options: wanted }) => {
    const chosen = plan.check(user, wanted);
    const before = store.servers.get(serverKey(user, name)) ?? newServer(user, name);
    const queued = moveServer(before, 'queued', {
      options: chosen,
      generation: before.generation + 1,
      started: clock.now(),
      lastActivity: clock.now(),
    });
    const granted = grantAccess(access, queued);
    await store.change((drafts) => {
      drafts.servers.put(queued);
      granted.write(drafts);
    });
    tell(queued, 'queued', 0, 'Server requested');
    if (options.spawn === 'slow') return queued;
    setImmediate(() =>
      finishStart(user, name, options.spawn === 'fails' ? 'failed' : 'ready').catch(console.error),
    );
    return queued;
  };
  const stopServer: Hub['stopServer'] = async ({ user, server: name }) => {
    const server = store.servers.get(serverKey(user, name));
    if (server === undefined) throw new Error('no such server');
    const stopped: Server = { ...server, state: 'stopped', target: null };
    await store.change((drafts) => {
      revokeAccess(access, server, drafts);
      drafts.servers.put(stopped);
    });
    tell(stopped, 'stopped', 100, 'Stopped');
    return stopped;
  };

  const table = new Map<string, Route>([
    ['/', { path: '/', target: 'http://hub', user: null, server: null, lastActivity: null }],
  ]);
  const routes: Routes = {
    list: async () => [...table.values()],
    add: async (route) => void table.set(route.path, { ...route, lastActivity: null }),
    remove: async (path) => void table.delete(path),
  };
  let ended = false;
  const shownOut: Outcast[] = [];

  const unused = () => Promise.reject(new Error('not part of the contract'));
  const contract = makeHubContract({
    ...base,
    stopServer,
    challengeOf: sha256Base64Url,
    maxTokenSeconds: null,
    routes,
    reconcile: () => Promise.resolve({ repairs: [], problem: null }),
    baseUrl,
    doors: {
      bar: (outcasts) => void shownOut.push(...outcasts),
      settle: () => Promise.resolve(),
    },
    endHub: () => {
      ended = true;
    },
  });
  const hub: Hub = {
    settings: {
      baseUrl,
      publicOrigin: '',
      ...LOCAL_ACCOUNTS,
      managedGroups: options.managedGroups ?? false,
      showAuthState: options.showAuthState ?? false,
      namedServers: options.namedServers ?? null,
    },
    tables: store,
    roles,
    clock,
    random: systemRandom,
    digest: sha256,
    facts,
    log: silent,
    metrics: makeMetrics({ tables: store, facts, clock, usage }),
    usage,
    menu,
    announcements: makeAnnouncements({
      ...base,
      configured: () => options.announcements ?? { everywhere: null, at: {} },
    }),
    hasImage: () => Promise.resolve(true),
    xsrf: makeXsrf(Buffer.alloc(32, 7), () => systemRandom.word(12)),
    providers: [],
    identifySession: makeIdentifySession(base),
    endSessions: makeEndSessions(base),
    audit,
    sealer: makeSealer([Buffer.alloc(32, 3)]),
    refreshSession: Object.assign(() => Promise.resolve('fresh' as const), {
      isDue: () => false,
      unreachable: () => new Map<string, string>(),
    }),
    signInWithProvider: unused,
    signOut: makeSignOut(base),
    leaveProvider: () => Promise.resolve(null),
    endByProvider: () => Promise.reject(new Error('no provider is part of this house')),
    createInvitation: makeCreateInvitation(base),
    lookUpInvitation: () => undefined,
    ...NO_PASSWORDS,
    offer: plan.offer,
    // The engine says yes.
    limitServer: makeLimitServer({
      store,
      log: silent,
      lives: new Lives(() => {}),
      containers: { limit: () => Promise.resolve() },
    }),
    storage: NO_STORAGE,
    startServer,
    stopServer,
    followSpawn: makeFollowSpawn({ store, facts, clock }),
    idle: idleVerbs({ store, clock, plan, log: silent }),
    visits: makeVisits({
      ...base,
      routes,
      log: silent,
      settings: { ...SPAWN_SETTINGS, baseUrl },
      lives: new Lives(() => {}),
      guard: {
        signer: makeVisitSigner(Buffer.alloc(32, 5)),
        book: new VisitBook(clock),
        canGuard: () => Promise.resolve(true),
      },
      life: 300_000,
    }),
    ...contract,
    removeUser: async (name) => {
      await contract.removeUser(name);
      return [];
    },
  };

  const host = options.host ?? '127.0.0.1';
  const pages = await serve(pagesListener(hub), host);
  const notebooks = await serve(notebookApi(hub), host);

  const addUser: ContractHub['addUser'] = async (name, more = {}) => {
    const user: User = {
      name,
      admin: false,
      groups: [],
      created: clock.now(),
      lastActivity: null,
      identities: {},
      invited: true,
      ...more,
    };
    await store.change((drafts) => drafts.users.put(user));
    return user;
  };

  return {
    hub,
    store,
    url: pages.url,
    notebookUrl: notebooks.url,
    routes,
    usage,
    shownOut,
    ended: () => ended,
    pass: (ms) => {
      ahead += ms;
    },
    addUser,
    async signIn(name) {
      const word = `word-of-${name}-${systemRandom.hex(8)}`;
      const session: Session = {
        idHash: sha256(word),
        user: name,
        sharedId: systemRandom.hex(16),
        provider: 'local',
        created: clock.now(),
        lastSeen: clock.now(),
        address: '127.0.0.1',
        userAgent: 'test',
        authState: null,
        providerSession: null,
      };
      await store.change((drafts) => drafts.sessions.put(session));
      const cookie = `jupyterhub-hub-login=${word}; jupyterhub-session-id=${session.sharedId}`;
      return { cookie, session, xsrf: hub.xsrf.make(`session ${session.idHash}`) };
    },
    async token(name, scopes = ['inherit'], expiresIn) {
      const word = systemRandom.hex(16);
      const hash = sha256(word);
      await store.change((drafts) =>
        drafts.tokens.put({
          hash,
          id: `a${hash.slice(0, 12)}`,
          user: name,
          note: 'test',
          scopes,
          created: clock.now(),
          lastActivity: null,
          expires: expiresIn === undefined ? null : clock.now() + expiresIn * 1000,
          sessionId: null,
          clientId: null,
          server: null,
        }),
      );
      return word;
    },
    async runServer(user, name = '', target = 'http://127.0.0.1:9') {
      const granted = grantAccess(access, { user, name });
      const server: Server = {
        ...newServer(user, name),
        state: 'ready',
        generation: 1,
        started: clock.now(),
        lastActivity: clock.now(),
        target,
        containerId: 'c0ffee',
        containerName: `jupyter-${user}`,
      };
      await store.change((drafts) => {
        drafts.servers.put(server);
        granted.write(drafts);
      });
      return granted.token;
    },
    finishStart,
    call: (method, path, more = {}) => call(more.notebook ? notebooks.url : pages.url, method, path, more),
    async close() {
      await Promise.all([pages.close(), notebooks.close()]);
      await audit.close();
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

function pagesListener(hub: Hub): RequestListener {
  const showProblem: ShowProblem = (ctx, problem) => {
    ctx.body = `<p>${problem.code} ${JSON.stringify(problem.facts)}`;
  };
  const doors = { open: [], pages: [authorizeRouter(hub)], showProblem };
  return behindApi(browserApi(hub), makePagesApp(hub, doors).callback());
}

async function serve(
  listener: RequestListener,
  host: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: HttpServer = createServer(listener);
  await new Promise<void>((done) => server.listen(0, host, done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
