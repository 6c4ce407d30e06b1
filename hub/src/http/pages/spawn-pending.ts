import Router from '@koa/router';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { isOpen, isStarting, type Server } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { ProgressView, StoppingView } from '../views/progress.tsx';
import { renderPage } from '../views/render.ts';
import { labelOf, linksOf } from './present-server.ts';
import { presentSpawn } from './present-spawn.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';
import { namedIn, serverPaths, showNotRunning } from './spawn.ts';
import { stepsSoFar } from './steps-so-far.ts';

/**
 * `/hub/spawn-pending/:user[/:server]`: where a start is watched. It is right at every reload: on to the
 * server when it is ready, the steps while it starts, the reason when it failed (500, as JupyterHub).
 */
export function spawnPendingRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const paths = serverPaths(`${settings.baseUrl}hub/spawn-pending`);

  router.get(paths, signedIn(hub), async (ctx) => {
    const server = namedIn(hub, ctx);
    const next = safeNext(ctx.query.next, settings);
    ctx.set('Cache-Control', 'no-store');
    if (isOpen(server)) return ctx.redirect(next ?? linksOf(settings.baseUrl, server).open);
    if (isStarting(server)) return showProgress(ctx, server, next);
    if (server.state === 'stopping') return showStopping(ctx, server, next);
    const failed = server.state === 'failed';
    ctx.status = failed ? 500 : 200;
    showNotRunning(hub, ctx, server, { next, failure: failed });
  });

  async function showProgress(ctx: HubContext, server: Server, next: string | null): Promise<void> {
    const shell = shellOf(hub, ctx);
    const links = linksOf(settings.baseUrl, server);
    const steps = await stepsSoFar(hub, server.user, server.name);
    ctx.body = renderPage(ProgressView, {
      shell,
      label: labelOf(shell.t, server, shell.person?.name ?? ''),
      live: presentSpawn(shell.t, server, steps, shell.now),
      stream: withNext(links.stream, next),
      cancel: links.stop,
    });
  }

  function showStopping(ctx: HubContext, server: Server, next: string | null): void {
    const shell = shellOf(hub, ctx);
    ctx.body = renderPage(StoppingView, {
      shell,
      label: labelOf(shell.t, server, shell.person?.name ?? ''),
      stream: withNext(linksOf(settings.baseUrl, server).stream, next),
    });
  }

  return router;
}
