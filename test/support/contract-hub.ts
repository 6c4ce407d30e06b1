import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
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
import type { Log, Route, Routes } from '../../hub/src/domain/ports.ts';
import type { Profile } from '../../hub/src/domain/profile.ts';
import { loadRoles, type Role } from '../../hub/src/domain/role.ts';
import type { SpawnSettings } from '../../hub/src/domain/settings.ts';
import { NOBODY } from '../../hub/src/domain/sign-in-settings.ts';
import type { Store } from '../../hub/src/domain/store.ts';
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
import type { MachineDesk } from '../../hub/src/usecases/machine-desk.ts';
import { makePlanStart } from '../../hub/src/usecases/plan-start.ts';
import type { grantAccess } from '../../hub/src/usecases/server-access.ts';
import { makeSignOut } from '../../hub/src/usecases/sign-out.ts';
import type { SpawnPorts } from '../../hub/src/usecases/spawn-ports.ts';
import { UsageBook } from '../../hub/src/usecases/usage-book.ts';
import { VisitBook } from '../../hub/src/usecases/visit-book.ts';
import { makeVisits } from '../../hub/src/usecases/visits.ts';
import { SPAWN_SETTINGS } from '../../hub/test/spawn-settings.ts';
import { EVERY_ABILITY } from './abilities.ts';
import { type CallOptions, call, type Reply } from './contract-call.ts';
import { type ContractPeople, makeContractPeople } from './contract-people.ts';
import { idleVerbs } from './idle-verbs.ts';
import { NO_STORAGE } from './no-storage.ts';
import { LOCAL_ACCOUNTS, NO_PASSWORDS } from './password-doors.ts';
import { serve } from './serve.ts';
import { makeToyStarts } from './toy-starts.ts';

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
  /** Servers run on many machines. */
  readonly machines?: (ports: Pick<SpawnPorts, 'store' | 'clock' | 'log'>) => MachineDesk;
}

export interface ContractHub extends ContractPeople {
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

  const machines = options.machines?.(base);
  const profiles = options.profiles ?? [];
  const menu = () => ({ settings: { ...SPAWN_SETTINGS, baseUrl }, profiles, rootAllowed: false });
  const plan = makePlanStart(store, menu);
  const usage = new UsageBook(15_000, clock);
  const { startServer, stopServer, finishStart } = makeToyStarts({
    ...base,
    access,
    plan,
    how: options.spawn ?? 'ready',
  });
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
    // Its time goes by, however fast; nobody sets a clock.
    undisturbed: () => Number.POSITIVE_INFINITY,
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
      containers: {
        limit: () => Promise.resolve(),
        abilities: machines?.abilities ?? EVERY_ABILITY,
      },
    }),
    storage: NO_STORAGE,
    ...(machines === undefined ? {} : { machines }),
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
  const people = makeContractPeople({ store, clock, xsrf: hub.xsrf, access });

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
    ...people,
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
