import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Engine } from './adapters/docker/engine.ts';
import { verifyFormer } from './adapters/former/former-digest.ts';
import { makeNotebookClient } from './adapters/notebook/notebook-client.ts';
import { makeProxyRoutes } from './adapters/proxy/proxy-routes.ts';
import { makeSleepers } from './adapters/proxy/sleepers.ts';
import { openJsonStore } from './adapters/store/json-store.ts';
import { openAuditFile } from './adapters/system/audit-file.ts';
import { systemClock } from './adapters/system/clock.ts';
import { crowd } from './adapters/system/crowd.ts';
import { makeFactBus } from './adapters/system/fact-bus.ts';
import { makeMetrics } from './adapters/system/metrics.ts';
import { sha256, sha256Base64Url, systemRandom } from './adapters/system/random.ts';
import { openSealer } from './adapters/system/sealer.ts';
import { readSecretFile } from './adapters/system/secret-file.ts';
import { alwaysNow, LiveSettings } from './config/live-settings.ts';
import { lineLimits, publicOrigin } from './config/rooms.ts';
import type { Settings } from './config/settings.ts';
import { placeOf } from './config/socket-url.ts';
import { spawnMenu } from './config/spawn-menu.ts';
import type { Log } from './domain/ports.ts';
import type { Hub } from './http/hub.ts';
import { makeXsrf } from './http/xsrf.ts';
import { composeAnnouncements } from './main-announcements.ts';
import { composeEngine, composeMachines, wholeRoom } from './main-cluster.ts';
import { composeGuard, composeVisits } from './main-guard.ts';
import { composeIdle } from './main-idle.ts';
import { composePorts } from './main-ports.ts';
import { makeLiveRoles, makeRenewSettings, readAccess } from './main-renewal.ts';
import { composeSignIn, makeAdmission } from './main-sign-in.ts';
import { composeStorage } from './main-storage.ts';
import { composeUsage } from './main-usage.ts';
import { makeApplyUserlist } from './usecases/apply-userlist.ts';
import { Bars, makeVisitDoors, withBars } from './usecases/bars.ts';
import { makeEndSessions } from './usecases/end-sessions.ts';
import { makeFollowSpawn } from './usecases/follow-spawn.ts';
import { holdRoom } from './usecases/hold-room.ts';
import { makeHubContract } from './usecases/hub-contract.ts';
import { makeLimitServer } from './usecases/limit-server.ts';
import { Lives } from './usecases/lives.ts';
import { makeNoteContainerEvent } from './usecases/note-container-event.ts';
import { makePlanStart } from './usecases/plan-start.ts';
import { makeReconcile } from './usecases/reconcile.ts';
import { makeRefreshSession } from './usecases/refresh-session.ts';
import { makeRefreshSessions, startAfterRefresh } from './usecases/refresh-sessions.ts';
import { makeSeeOff } from './usecases/see-off.ts';
import { StartLine } from './usecases/start-line.ts';
import { makeStartServer } from './usecases/start-server.ts';
import { makeStopServer } from './usecases/stop-server.ts';
import { timeRoutes } from './usecases/time-routes.ts';

const PROXY_TIMEOUT_MS = 5000;

/** Builds the hub: which adapter stands behind which port, and what every use case is given. */
export async function composeHub(settings: Settings, log: Log, signal: AbortSignal) {
  const store = await openJsonStore(join(settings.dataDir, 'berth.json'));
  const facts = makeFactBus(log);
  const audit = openAuditFile({ path: join(settings.dataDir, 'audit.log') }, { clock: systemClock, log });
  audit.follow(facts);
  const admission = makeAdmission(settings);
  const access = await readAccess(settings);
  const liveRoles = makeLiveRoles(access.roles, store, settings.allowSharing);
  const { sealer, lasting } = await openSealer({ keys: settings.cryptKey, file: settings.cryptKeyFile });
  if (!lasting)
    log.warn(
      { file: settings.cryptKeyFile },
      'there is no crypt key: who comes through a provider signs in again after each restart',
    );
  const base = {
    store,
    facts,
    log,
    clock: systemClock,
    crowd,
    random: systemRandom,
    digest: sha256,
    verifyFormer,
    sealer,
    sealerLasts: lasting,
    admission: admission.read,
    roles: liveRoles.roles,
  };
  const live = new LiveSettings(settings);
  let menu = spawnMenu(settings);
  const { warnings, ofCluster } = settings.profileList;
  for (const words of [...warnings, ...(settings.spawner === 'swarm' ? [] : ofCluster)])
    log.warn({}, `singleuser.profileList${words}`);
  for (const { key, reason } of settings.hostConfig.warnings)
    log.warn({}, `EXTRA_HOST_CONFIG: ${key} ${reason}`);
  const engine = new Engine(settings.dockerSocket);
  const chosen = composeEngine(settings, engine, base);
  const { containers } = chosen;
  const lives = new Lives((error) => log.error({ error }, 'a step of a server was not handled'));
  const at = { ...chosen, engine, lives, now: () => live.current, menu: () => menu, signal };
  const storage = composeStorage(settings, { ...base, ...at });
  const usage = composeUsage(settings, { tables: store, containers, log });
  const metrics = makeMetrics({ tables: store, facts, clock: systemClock, usage: usage.book });
  const door = {
    at: placeOf(settings.proxyApiUrl),
    token: await readSecretFile(settings.proxyAuthTokenFile),
    timeout: PROXY_TIMEOUT_MS,
  };
  const cookieSecret = await readSecretFile(settings.cookieSecretFile);
  const bars = new Bars();
  const near = {
    ...base,
    ...(chosen.cluster === undefined ? {} : { cluster: chosen.cluster }),
    containers: {
      ...storage.containers,
      list: (network: string) => metrics.timed('server_poll', () => containers.list(network)),
      readUsage: usage.readUsage,
    },
    routes: withBars(timeRoutes(makeProxyRoutes(door), metrics), bars),
    sleepers: makeSleepers(door),
    notebook: makeNotebookClient(),
    settings: menu.settings,
    lives,
    line: new StartLine(
      alwaysNow(() => lineLimits(live.current, availableParallelism(), () => wholeRoom(chosen))),
    ),
    plan: makePlanStart(store, () => menu),
    guard: composeGuard(cookieSecret, door, systemClock),
  };
  const ports = composePorts(near, engine);
  const spawn = { ...near, routes: ports.routes };
  const signIn = composeSignIn(settings, base);
  await signIn.makeReady();
  const followSpawn = makeFollowSpawn(spawn);
  const stopServer = makeStopServer(spawn);
  const seeOff = makeSeeOff({ ...spawn, stopServer, baseUrl: settings.baseUrl, signal });
  const refreshSession = makeRefreshSession({ ...base, providers: signIn.verbs.providers, seeOff });
  // For whoever starts one, schedules and returns from a lost machine too: nobody starts upon a volume that is being restored.
  const startServer = storage.guardStart(makeStartServer(spawn));
  holdRoom(spawn);
  const look = makeReconcile(spawn);
  const machines = composeMachines(spawn, { startServer, stopServer }, () => live.current, signal);
  const reconcile = machines.after(ports.after(() => metrics.timed('check_routes', look)));

  const contract = makeHubContract({
    ...spawn,
    stopServer,
    reconcile,
    challengeOf: sha256Base64Url,
    maxTokenSeconds: settings.maxTokenSeconds,
    baseUrl: settings.baseUrl,
    doors: makeVisitDoors({ ...spawn, bars }),
    // The same good order as when the engine asks us to end.
    endHub: () => process.kill(process.pid, 'SIGTERM'),
  });
  const removeUser = storage.removeUser(contract.removeUser);
  const resting = composeIdle(
    spawn,
    () => live.current,
    { startServer, stopServer, removeServer: contract.removeServer, removeUser: contract.removeUser },
    ports.doors,
  );
  const hub: Hub = {
    ...contract,
    removeUser,
    idle: resting.idle,
    storage: storage.room,
    settings: {
      baseUrl: settings.baseUrl,
      publicOrigin: publicOrigin(settings),
      trustedProxies: settings.trustedProxies,
      ...signIn.form,
      managedGroups: settings.manageGroups,
      showAuthState: settings.enableAuthState,
      namedServers: settings.namedServers,
      maxTokenSeconds: settings.maxTokenSeconds,
    },
    tables: store,
    roles: base.roles,
    clock: base.clock,
    random: base.random,
    digest: base.digest,
    facts,
    log,
    metrics,
    xsrf: makeXsrf(Buffer.from(cookieSecret), () => systemRandom.word(12)),
    ...signIn.verbs,
    refreshSession,
    endSessions: makeEndSessions({ store, facts }),
    audit,
    sealer,
    offer: spawn.plan.offer,
    menu: () => menu,
    hasImage: usage.hasImage,
    usage: usage.book,
    announcements: composeAnnouncements(base, () => live.current),
    ...(machines.desk === null ? {} : { machines: machines.desk }),
    limitServer: makeLimitServer(spawn),
    startServer: settings.refreshPreSpawn
      ? startAfterRefresh({ store, refreshSession }, startServer)
      : startServer,
    stopServer,
    followSpawn,
    visits: composeVisits(spawn, settings),
  };

  const applyUserlist = makeApplyUserlist({ ...base, setUserlist: admission.setUserlist, seeOff });
  return {
    hub,
    store,
    inForce: () => live.current,
    readyStorage: storage.makeReady,
    containers: spawn.containers,
    routes: spawn.routes,
    reconcile,
    configureServices: () => hub.changeServices.configure(access.services),
    noteContainerEvent: machines.alsoNote(ports.alsoNote(makeNoteContainerEvent(spawn, reconcile))),
    sampleUsage: usage.sample,
    resting,
    renewSettings: makeRenewSettings({
      live,
      liveRoles,
      first: access,
      changed: async ({ services }) => {
        menu = spawnMenu(live.current);
        admission.renew(live.current);
        spawn.line.limitsChanged();
        await hub.changeServices.configure(services);
        await applyUserlist(admission.read().userlist);
      },
    }),
    audit,
    seeOff,
    refreshSessions: makeRefreshSessions({ store, refreshSession }),
    applyUserlist,
    admission: admission.read,
  };
}

export type ComposedHub = Awaited<ReturnType<typeof composeHub>>;
