import { mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { hubApiBind } from './config/addresses.ts';
import type { Settings } from './config/settings.ts';
import { Problem } from './domain/problem.ts';
import { browserApi, notebookApi } from './http/api/api-door.ts';
import { authorizeRouter } from './http/api/authorize-router.ts';
import { makeCounterApp } from './http/counter/counter-app.ts';
import { listen } from './http/listen.ts';
import { openRouters, pageRouters } from './http/pages/page-routers.ts';
import { problemPage } from './http/pages/problem-page.ts';
import { behindApi, type Doors, makePagesApp } from './http/pages-app.ts';
import type { ComposedHub } from './main-hub.ts';
import { signInHealth } from './main-sign-in-health.ts';

/**
 * Opens the three doors: the command line's socket, the API for notebooks, and everything for browsers.
 *
 * @throws NodeJS.ErrnoException when a place cannot be listened at.
 */
export async function openDoors(parts: ComposedHub, settings: Settings): Promise<readonly Server[]> {
  const { hubBind, adminSocket } = settings;
  const { hub } = parts;
  await mkdir(dirname(adminSocket), { recursive: true, mode: 0o700 });
  // Left behind by a hub that was killed; the store's lock has shown that no other one lives.
  await rm(adminSocket, { force: true });
  const before = process.umask(0o177);
  const counter = await listen(
    makeCounterApp(hub, {
      health: () => healthOf(parts, settings),
      logOf: async ({ containerId }, lines) =>
        containerId === null ? null : await parts.containers.logs(containerId, lines),
    }).callback(),
    {
      socketPath: adminSocket,
    },
  );
  process.umask(before);
  return [
    counter,
    await listen(notebookApi(hub), { url: hubApiBind(settings) }),
    await listen(behindApi(browserApi(hub), makePagesApp(hub, doorsOf(hub)).callback()), {
      url: hubBind,
    }),
  ];
}

function doorsOf(hub: ComposedHub['hub']): Doors {
  return {
    open: openRouters(hub),
    pages: [authorizeRouter(hub), ...pageRouters(hub)],
    showProblem: problemPage(hub),
  };
}

async function healthOf(parts: ComposedHub, settings: Settings): Promise<Readonly<Record<string, string>>> {
  const engine = await parts.containers.check(settings.network);
  const proxy = await parts.routes.list().then(
    () => 'ok',
    (error: unknown) => (error instanceof Problem ? error.message : String(error)),
  );
  return { hub: 'ok', engine: engine ?? 'ok', proxy, 'sign-in': signInHealth(parts, settings) };
}
