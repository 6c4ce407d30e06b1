import { mkdir, rm } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import { dirname } from 'node:path';
import { hubApiBind } from './config/addresses.ts';
import type { Settings } from './config/settings.ts';
import { placeOf } from './config/socket-url.ts';
import { Problem } from './domain/problem.ts';
import { browserApi, notebookApi } from './http/api/api-door.ts';
import { authorizeRouter } from './http/api/authorize-router.ts';
import { makeCounterApp } from './http/counter/counter-app.ts';
import { DoctorEcho } from './http/doctor-echo.ts';
import { listen } from './http/listen.ts';
import { doctorRouter } from './http/pages/doctor.ts';
import { doctorEchoRouter } from './http/pages/doctor-echo.ts';
import { openRouters, pageRouters } from './http/pages/page-routers.ts';
import { problemPage } from './http/pages/problem-page.ts';
import { behindApi, type Doors, makePagesApp } from './http/pages-app.ts';
import type { LiveConfiguration } from './main-configuration.ts';
import { composeDoctor } from './main-doctor.ts';
import type { ComposedHub } from './main-hub.ts';
import { composeImport } from './main-import.ts';
import { signInHealth } from './main-sign-in-health.ts';
import type { RunProbes } from './usecases/run-probes.ts';

/**
 * Opens the three doors: the command line's socket, the API for notebooks, and everything for browsers.
 *
 * @throws NodeJS.ErrnoException when a place cannot be listened at.
 */
export async function openDoors(
  parts: ComposedHub,
  settings: Settings,
  configuration: LiveConfiguration,
): Promise<readonly Server[]> {
  const { hubBind, adminSocket } = settings;
  const { hub } = parts;
  const echo = new DoctorEcho(settings.baseUrl, () => hub.random.word(24));
  const doctor = composeDoctor(parts, settings, echo, configuration);
  await mkdir(dirname(adminSocket), { recursive: true, mode: 0o700 });
  // Left behind by a hub that was killed; the store's lock has shown that no other one lives.
  await rm(adminSocket, { force: true });
  const before = process.umask(0o177);
  const counter = await listen(
    makeCounterApp(hub, {
      health: async () => ({ ...(await healthOf(parts, settings)), configuration: configuration.health() }),
      reload: configuration.reload,
      importHub: composeImport(parts, settings),
      logOf: async ({ containerId }, lines) =>
        containerId === null ? null : await parts.containers.logs(containerId, lines),
      upkeep: { ...doctor, snapshot: () => parts.store.snapshot() },
    }).callback(),
    {
      socketPath: adminSocket,
    },
  );
  process.umask(before);
  return [
    counter,
    await listen(notebookApi(hub), { url: hubApiBind(settings) }),
    await listenForProxy(
      behindApi(browserApi(hub), makePagesApp(hub, doorsOf(hub, doctor.runProbes, echo)).callback()),
      hubBind,
      echo,
    ),
  ];
}

/** A socket is left behind by a hub that was killed, and may be opened by the proxy's user, which is the hub's own. */
async function listenForProxy(handler: RequestListener, bind: string, echo: DoctorEcho): Promise<Server> {
  const place = placeOf(bind);
  if ('url' in place) return await listen(handler, place, echo);
  await rm(place.socketPath, { force: true });
  const before = process.umask(0o177);
  try {
    return await listen(handler, place, echo);
  } finally {
    process.umask(before);
  }
}

function doorsOf(hub: ComposedHub['hub'], runProbes: RunProbes, echo: DoctorEcho): Doors {
  return {
    open: [...openRouters(hub), doctorEchoRouter(echo)],
    pages: [authorizeRouter(hub), doctorRouter(hub, runProbes), ...pageRouters(hub)],
    showProblem: problemPage(hub),
  };
}

async function healthOf(parts: ComposedHub, settings: Settings): Promise<Readonly<Record<string, string>>> {
  const engine = await parts.containers.check(settings.network);
  const proxy = await parts.routes.list().then(
    () => 'ok',
    (error: unknown) => (error instanceof Problem ? error.message : String(error)),
  );
  const lost = (parts.hub.machines?.list() ?? []).filter(({ state }) => state === 'away' || state === 'gone');
  // The hub is well without them: an orchestrator must not end it for a machine that is away.
  const machines = lost.length === 0 ? 'ok' : `ok, without ${lost.map(({ name }) => name).join(', ')}`;
  return {
    hub: 'ok',
    engine: engine ?? 'ok',
    proxy,
    'sign-in': signInHealth(parts, settings),
    ...(parts.hub.machines === undefined ? {} : { machines }),
  };
}
