import Router from '@koa/router';
import { withNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import { isOpen, isStarting, type Server, serverKey, serverPath } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { linksOf } from './present-server.ts';
import { serverOf } from './server-of.ts';
import { personOf, signedIn } from './signed-in.ts';
import { mayStart, showNotRunning } from './spawn.ts';

/** How often a request may go round between hub and proxy before somebody is told. */
const MAX_ROUNDS = 4;

type Asked = HubContext & { params: Record<string, string> };

/**
 * `/hub/user/:name/…`: requests for a notebook that the proxy knows no way to (contract §3). Scripts get 424
 * and JSON, which is how JupyterLab learns of it; people get a page, and are back where they were after
 * starting. Nothing is started here.
 */
export function userServerRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });

  router.get(['/user/:name', '/user/:name/{*path}'], tellScripts(hub), signedIn(hub), async (ctx) => {
    const { user, name } = aimOf(hub, ctx);
    const server = serverOf(hub, personOf(ctx), 'access:servers', user, name);
    const next = wantedPath(hub, ctx);
    ctx.set('Cache-Control', 'no-store');
    // The proxy has lost its route, and would have held this request: the hub does what the proxy would have asked for.
    if (server.state === 'frozen') await hub.idle.wake(server);
    if (isOpen(server)) return backToServer(hub, ctx, next);
    if ((isStarting(server) || server.state === 'failed') && mayStart(hub, personOf(ctx), server)) {
      ctx.status = 303;
      return ctx.redirect(withNext(linksOf(baseUrl, server).progress, next));
    }
    ctx.status = 424;
    showNotRunning(hub, ctx, server, { next, failure: false });
  });

  return router;
}

/** Same answer for everybody who has no right to know, whether there is such a server or not. */
function tellScripts(hub: Hub) {
  return async (ctx: Asked, next: () => Promise<unknown>) => {
    if (ctx.state.caller !== null && wantsJson(hub, ctx)) {
      const { user, name } = aimOf(hub, ctx);
      const server = serverOf(hub, personOf(ctx), 'access:servers', user, name);
      if (!isOpen(server)) return answerGone(hub, ctx, server);
    }
    await next();
  };
}

/** 424, in JupyterHub's words. */
export function answerGone(hub: Hub, ctx: HubContext, server: Pick<Server, 'user' | 'name'>): void {
  const { links, path } = { links: linksOf(hub.settings.baseUrl, server), path: wantedPath(hub, ctx) };
  const start = `${ctx.state.origin}${links.start}`;
  ctx.status = 424;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = {
    message: `JupyterHub server no longer running at ${path.split('?')[0]}. Restart the server at ${start}`,
  };
}

/** Whose server an address means: a first segment that is the name of one of their servers names that. */
function aimOf(hub: Hub, ctx: Asked): { user: string; name: string } {
  const user = ctx.params.name ?? '';
  const [first = ''] = (ctx.params.path ?? '').split('/');
  const named = first !== '' && hub.tables.servers.get(serverKey(user, first)) !== undefined;
  return { user, name: named ? first : '' };
}

/** The path as it was wanted of the proxy, query included. */
function wantedPath(hub: Hub, ctx: HubContext): string {
  const { baseUrl } = hub.settings;
  const inside = ctx.url.slice(baseUrl.length).replace(/^hub\//, '');
  return `${baseUrl}${inside}`;
}

function wantsJson(hub: Hub, ctx: Asked): boolean {
  if (ctx.accepts('html', 'json') === 'json') return true;
  const { user, name } = aimOf(hub, ctx);
  const own = serverPath(hub.settings.baseUrl, user, name);
  const path = wantedPath(hub, ctx).split('?')[0] ?? '';
  return path === `${own}api` || path.startsWith(`${own}api/`);
}

/**
 * It runs, yet the proxy sent the request here: the route is on its way, or lost until the next repair.
 * Each round waits longer; then somebody is told.
 *
 * @throws Problem SPAWN-170 after {@link MAX_ROUNDS}.
 */
async function backToServer(hub: Hub, ctx: HubContext, wanted: string): Promise<void> {
  const url = new URL(wanted, 'http://hub.invalid');
  const round = Number(url.searchParams.get('redirects') ?? 0);
  if (!Number.isInteger(round) || round < 0 || round >= MAX_ROUNDS) {
    throw new Problem('SPAWN-170', { detail: 'it keeps sending requests for this server to the hub' });
  }
  if (round > 0) await hub.clock.sleep(Math.min(2 ** round * 500, 5_000));
  url.searchParams.set('redirects', String(round + 1));
  ctx.redirect(`${url.pathname}${url.search}`);
}
