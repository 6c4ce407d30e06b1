#!/usr/bin/env node
import { mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { followUserlist } from './adapters/identity/userlist-file.ts';
import { systemClock } from './adapters/system/clock.ts';
import { makeLog } from './adapters/system/log.ts';
import { cronEvery, schedule } from './adapters/system/schedule.ts';
import { readEnvironment } from './config/environment.ts';
import { loadSettings } from './config/load-settings.ts';
import type { Settings } from './config/settings.ts';
import { Problem } from './domain/problem.ts';
import { apiRouter, notebookApiRouter } from './http/api/api-router.ts';
import { authorizeRouter } from './http/api/authorize-router.ts';
import { makeCounterApp } from './http/counter-app.ts';
import { closeServer, listen } from './http/listen.ts';
import { openRouters, pageRouters } from './http/pages/page-routers.ts';
import { problemPage } from './http/pages/problem-page.ts';
import { type Doors, makeNotebookApp, makePagesApp } from './http/pages-app.ts';
import { type ComposedHub, composeHub } from './main-hub.ts';

/** Requests under way at the end get this long. */
const CLOSING_MS = 5000;
const RECONCILE_SECONDS = 60;
const PURGE_SECONDS = 3600;

const loaded = loadSettings(readEnvironment());
if ('faults' in loaded) {
  for (const { env, reason } of loaded.faults) console.error(`${env} ${reason}`);
  process.exit(2);
}
const { settings } = loaded;
const log = makeLog(settings.logLevel);
const ending = new AbortController();

try {
  const parts = await composeHub(settings, log, ending.signal);
  await makeReady(parts);
  const servers = await openDoors(parts, settings);
  goOnLooking(parts, settings);
  endOnSignal(parts, servers);
  log.info({ pages: settings.hubBind, notebooks: settings.hubApiBind }, 'the hub is open');
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
  }
  parts.containers.watch((event) => {
    parts
      .noteContainerEvent(event)
      .catch((error: unknown) => log.error({ error }, 'an event was not handled'));
  }, ending.signal);
  await parts.configureServices();
  const { problem } = await parts.reconcile();
  // Without the engine nothing can be started, but people can be told so: better than a closed door.
  if (problem !== null) log.warn({ problem: problem.message }, 'not everything could be looked at yet');
}

async function openDoors(
  parts: ComposedHub,
  { hubBind, hubApiBind, adminSocket, githubClientId, githubUrl }: Settings,
): Promise<readonly Server[]> {
  const { hub } = parts;
  // Browsers hold a form to these also when its answer leads on: to the sign-in page, and on to the provider.
  const formTargets = githubClientId === null || githubUrl === null ? [] : [new URL(githubUrl).origin];
  await mkdir(dirname(adminSocket), { recursive: true, mode: 0o700 });
  // Left behind by a hub that was killed; the store's lock has shown that no other one lives.
  await rm(adminSocket, { force: true });
  const before = process.umask(0o177);
  const counter = await listen(makeCounterApp(hub, () => healthOf(parts)).callback(), {
    socketPath: adminSocket,
  });
  process.umask(before);
  return [
    counter,
    await listen(makeNotebookApp(hub, notebookApiRouter(hub), problemPage(hub)).callback(), {
      url: hubApiBind,
    }),
    await listen(makePagesApp(hub, doorsOf(hub), formTargets).callback(), { url: hubBind }),
  ];
}

function doorsOf(hub: ComposedHub['hub']): Doors {
  return {
    api: [apiRouter(hub)],
    open: openRouters(hub),
    pages: [authorizeRouter(hub), ...pageRouters(hub)],
    showProblem: problemPage(hub),
  };
}

async function healthOf({ containers, routes }: ComposedHub): Promise<Readonly<Record<string, string>>> {
  const engine = await containers.check(settings.network);
  const proxy = await routes.list().then(
    () => 'ok',
    (error: unknown) => (error instanceof Problem ? error.message : String(error)),
  );
  return { hub: 'ok', engine: engine ?? 'ok', proxy };
}

function goOnLooking(parts: ComposedHub, { cullEnabled, cullEvery }: Settings): void {
  schedule(cronEvery(RECONCILE_SECONDS), parts.reconcile, log, ending.signal);
  schedule(cronEvery(PURGE_SECONDS), parts.hub.purgeExpired, log, ending.signal);
  if (cullEnabled) schedule(cronEvery(cullEvery), parts.cullIdle, log, ending.signal);
}

/** The hub ends; notebooks go on. */
function endOnSignal(parts: ComposedHub, servers: readonly Server[]): void {
  const end = async (name: string): Promise<void> => {
    if (ending.signal.aborted) return;
    log.info({ signal: name }, 'the hub closes; notebooks go on');
    ending.abort(new Error('the hub closes'));
    await Promise.all(servers.map((server) => closeServer(server, CLOSING_MS)));
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
