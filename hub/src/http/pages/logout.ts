import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { dropSessionCookies } from '../session-cookies.ts';
import { renderPage } from '../views/render.ts';
import { SignedOutView } from '../views/signed-out.tsx';
import { shellOf } from './shell.ts';

/**
 * `/hub/logout`. Our own button posts and is told that it is done. Notebooks and scripts come by GET, as
 * with JupyterHub, and go on to the sign-in page; a GET that no navigation made signs nobody out.
 */
export function logoutRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });

  router.get('/logout', async (ctx) => {
    const mode = ctx.get('Sec-Fetch-Mode');
    if (mode === '' || mode === 'navigate') await end(ctx);
    ctx.redirect(`${baseUrl}hub/login`);
  });

  router.post('/logout', async (ctx) => {
    await end(ctx);
    ctx.status = 303;
    ctx.redirect(`${baseUrl}hub/signed-out`);
  });

  router.get('/signed-out', (ctx) => {
    ctx.body = renderPage(SignedOutView, { shell: shellOf(hub, ctx) });
  });

  async function end(ctx: HubContext): Promise<void> {
    const { caller } = ctx.state;
    if (caller?.kind === 'session') await hub.signOut(caller.session);
    ctx.state.caller = null;
    dropSessionCookies(ctx, hub.settings);
  }

  return router;
}
