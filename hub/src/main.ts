#!/usr/bin/env node
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { followUserlist } from './adapters/identity/userlist-file.ts';
import { systemClock } from './adapters/system/clock.ts';
import { logFacts } from './adapters/system/fact-log.ts';
import { followPlaces } from './adapters/system/follow-places.ts';
import { makeLog } from './adapters/system/log.ts';
import { cronEvery, schedule } from './adapters/system/schedule.ts';
import { hubApiBind } from './config/addresses.ts';
import { readEnvironment } from './config/environment.ts';
import { readConfiguration, watchedPlaces } from './config/read-configuration.ts';
import type { Settings } from './config/settings.ts';
import { tellFault } from './config/source.ts';
import { closeServer } from './http/listen.ts';
import { followConfiguration, type LiveConfiguration } from './main-configuration.ts';
import { openDoors } from './main-doors.ts';
import { type ComposedHub, composeHub } from './main-hub.ts';
import { signInHealth } from './main-sign-in-health.ts';

/** Requests under way at the end get this long. */
const CLOSING_MS = 5000;
/** How long the doors wait for what ran before: an engine that is overloaded may take minutes for a removal. */
const FIRST_LOOK_MS = 15_000;
const RECONCILE_SECONDS = 60;
const SCHEDULES_SECONDS = 60;
/** How soon whoever may not come in any more is out of a web application, if nothing tells of it at once. */
const VISITS_SECONDS = 5;
const PURGE_SECONDS = 3600;
/** How soon somebody is out of a server whose share has ended. */
const SHOW_OUT_SECONDS = 5;
/** How often the hub looks which sessions' providers are due to be asked again. */
const REFRESH_SECONDS = 60;

const [verb, ...words] = process.argv.slice(2);
// What a request leaves behind dies young and is small. V8 would let the nursery grow to 64 MB under load; kept at its
// first size it stays in the processor's cache, and the hub within the memory that it promises.
setFlagsFromString('--semi-space-growth-factor=1');

const outside = {
  environment: readEnvironment(),
  words: verb === undefined || verb === 'serve' ? words : [verb, ...words],
};
const loaded = readConfiguration(outside);
if ('faults' in loaded) {
  for (const fault of loaded.faults) console.error(tellFault(fault));
  process.exit(2);
}
const { settings } = loaded;
const log = makeLog(settings.logLevel);
for (const warning of loaded.warnings) log.warn({ setting: warning.name }, tellFault(warning));
const ending = new AbortController();

try {
  const parts = await composeHub(settings, log, ending.signal);
  const servers: Server[] = [];
  endOnSignal(parts, servers);
  logFacts(parts.hub.facts, log);
  await makeReady(parts);
  const configuration = followConfiguration(() => readConfiguration(outside), parts.renewSettings, log);
  servers.push(...(await openDoors(parts, settings, configuration)));
  goOnLooking(parts, settings);
  followFiles(configuration);
  parts.hub.metrics.took('hub_startup', process.uptime());
  log.info({ pages: settings.hubBind, notebooks: hubApiBind(settings) }, 'the hub is open');
} catch (error) {
  log.error({ error }, error instanceof Error ? error.message : 'the hub could not start');
  process.exit(1);
}

/** Before anybody is let in: the lists are in force, and what ran before is known again. */
async function makeReady(parts: ComposedHub): Promise<void> {
  const { userlistFile } = settings;
  if (userlistFile !== null) {
    const list = await followUserlist({
      path: userlistFile,
      lastGoodPath: join(settings.dataDir, 'userlist.last-good'),
      clock: systemClock,
      log,
      signal: ending.signal,
      changed: parts.applyUserlist,
      refused: (reason) => {
        log.warn(
          { path: userlistFile, reason },
          'the userlist cannot be used; the last good one stays in force',
        );
        parts.hub.facts.tell({ kind: 'userlist-refused', reason });
      },
    });
    await parts.applyUserlist(list);
  } else {
    await parts.applyUserlist(new Map());
  }
  const signIn = signInHealth(parts, settings);
  if (signIn !== 'ok') log.warn({ signIn }, 'signing in is not as it should be');
  await parts.readyStorage();
  await parts.configureServices();
  // Without the engine nothing can be started, but people can be told so: better than a closed door.
  const fault = await parts.containers.check(settings.network);
  if (fault !== null) log.warn({ fault }, 'nothing can be started yet');
  const looked = parts.hub.metrics.timed('init_spawners', parts.reconcile);
  const report = await Promise.race([looked, systemClock.sleep(FIRST_LOOK_MS).then(() => null)]);
  if (report === null)
    log.warn({}, 'the engine keeps some servers waiting; they are looked after with the doors open');
  else if (report.problem !== null)
    log.warn({ problem: report.problem.message }, 'not everything could be looked at yet');
  // After the first look: its own first word is a look at everything.
  parts.containers.watch((event) => {
    parts
      .noteContainerEvent(event)
      .catch((error: unknown) => log.error({ error }, 'an event was not handled'));
  }, ending.signal);
}

/** What may change while the hub runs follows the files of the configuration; a bad one changes nothing. */
function followFiles({ reload }: LiveConfiguration): void {
  const { accessFile } = settings;
  const places = [...watchedPlaces(outside), ...(accessFile === null ? [] : [accessFile])];
  const changed = (): void => {
    reload().catch((error: unknown) => log.error({ error }, 'the configuration could not be put in force'));
  };
  followPlaces({ places, clock: systemClock, log, signal: ending.signal, changed });
}

function goOnLooking(parts: ComposedHub, { cullEvery, refreshAge, usageEvery }: Settings): void {
  schedule(cronEvery(RECONCILE_SECONDS), parts.reconcile, log, ending.signal);
  // A proxy that was restarted has forgotten them; servers' routes are seen to by the look above.
  schedule(cronEvery(RECONCILE_SECONDS), parts.hub.changeServices.offer, log, ending.signal);
  schedule(cronEvery(SHOW_OUT_SECONDS), parts.hub.showOut, log, ending.signal);
  schedule(cronEvery(PURGE_SECONDS), parts.hub.purgeExpired, log, ending.signal);
  if (usageEvery > 0) schedule(cronEvery(usageEvery), parts.sampleUsage, log, ending.signal);
  if (refreshAge > 0) schedule(cronEvery(REFRESH_SECONDS), parts.refreshSessions, log, ending.signal);
  schedule(cronEvery(cullEvery), parts.resting.cullIdle, log, ending.signal);
  schedule(cronEvery(VISITS_SECONDS), parts.hub.visits.lookAfter, log, ending.signal);
  schedule(cronEvery(SCHEDULES_SECONDS), parts.resting.runSchedules, log, ending.signal);
  void parts.resting.wakeAwaited(ending.signal);
}

/** The hub ends; notebooks go on. */
function endOnSignal(parts: ComposedHub, servers: readonly Server[]): void {
  const end = async (name: string): Promise<void> => {
    if (ending.signal.aborted) return;
    log.info({ signal: name }, 'the hub closes; notebooks go on');
    ending.abort(new Error('the hub closes'));
    await Promise.all(servers.map((server) => closeServer(server, CLOSING_MS)));
    await parts.audit.close();
    await parts.store.close();
    process.exit(0);
  };
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      end(name).catch((error: unknown) => {
        log.error({ error }, 'the hub did not close well');
        process.exit(1);
      });
    });
  }
}
