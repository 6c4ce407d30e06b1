import { Readable } from 'node:stream';
import Router from '@koa/router';
import type { SpawnStep } from '../../domain/fact.ts';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { isOpen, isStarting, type Server, serverKey } from '../../domain/server.ts';
import { closed } from '../api/settled-within.ts';
import { withKeepAlive } from '../api/with-keep-alive.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import type { Messages } from '../views/messages/en.ts';
import { ProgressLive } from '../views/part/progress-live.tsx';
import { renderPart } from '../views/render.ts';
import type { ProgressLiveProps } from '../views/server-props.ts';
import { handfuls } from './handfuls.ts';
import { linksOf } from './present-server.ts';
import { presentSpawn } from './present-spawn.ts';
import { signedIn } from './signed-in.ts';
import { namedIn, serverPaths } from './spawn.ts';
import { untilMoved } from './until-moved.ts';

/** A sign of life, so that no proxy on the way hangs up. */
const ALIVE_MS = 8_000;
/** After that the browser comes again, and its cookie is looked at anew. */
const LONGEST_MS = 5 * 60_000;
/** Downloads report many times a second; eyes do not read so fast. */
const PAUSE_MS = 250;

/**
 * `/hub/progress/:user[/:server]`: a start or a stop as finished HTML, in an event stream. Events: `view`
 * (the live part of the page), `heading` (the title), `go` (a path: it is over).
 */
export function progressRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const paths = serverPaths(`${settings.baseUrl}hub/progress`);

  router.get(paths, signedIn(hub), (ctx) => {
    const server = namedIn(hub, ctx);
    const next = safeNext(ctx.query.next, settings);
    const end = AbortSignal.any([closed(ctx), AbortSignal.timeout(LONGEST_MS)]);
    ctx.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    ctx.status = 200;
    ctx.body = Readable.from(
      withKeepAlive(events(hub, ctx.state.t, server, next, end), ': alive\n\n', ALIVE_MS),
    );
  });

  return router;
}

async function* events(
  hub: Hub,
  t: Messages,
  server: Server,
  next: string | null,
  end: AbortSignal,
): AsyncGenerator<string> {
  const links = linksOf(hub.settings.baseUrl, server);
  const look = () => hub.tables.servers.get(serverKey(server.user, server.name)) ?? server;
  const told: SpawnStep[] = [];
  // The record decides what is over, never a step: steps may be old, or of the start before.
  if (look().state === 'stopping') await untilMoved(hub, look(), end);
  if (isStarting(look())) {
    const steps = hub.followSpawn(server.user, server.name, end);
    const pause = () => hub.clock.sleep(PAUSE_MS, end).catch(() => {});
    for await (const handful of handfuls(steps, pause)) {
      told.push(...handful);
      const now = look();
      if (!isStarting(now)) break;
      yield show(presentSpawn(t, now, told, hub.clock.now()));
    }
  }
  if (end.aborted) return;
  const target = next ?? links.open;
  if (!isOpen(look())) yield event('go', withNext(links.progress, next));
  else {
    const live = presentSpawn(t, look(), told, hub.clock.now());
    yield show({ ...live, percent: 100, ready: target, log: [] }) + event('go', target);
  }
}

function show(live: ProgressLiveProps): string {
  const heading = `${live.t.progress.tabTitle(live.percent)} · ${live.t.product}`;
  return event('view', renderPart(ProgressLive, live)) + event('heading', heading);
}

/** One event. Line ends inside the data would end it early, so each line is data of its own. */
export function event(name: string, data: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `event: ${name}\n${lines.join('')}\n`;
}
