import Router from '@koa/router';
import type { Leaving } from '../../usecases/leave-provider.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { dropSessionCookies } from '../session-cookies.ts';
import { renderPage } from '../views/render.ts';
import { SignedOutView } from '../views/signed-out.tsx';
import { shellOf } from './shell.ts';

/**
 * `/hub/logout`. Our own button posts and is told that it is done. Notebooks and scripts come by GET, as
 * with JupyterHub, and go on to the sign-in page; a GET that no navigation made signs nobody out. Who came
 * from a provider with a sign-out of its own goes on there, after the session here has ended.
 */
export function logoutRouter(hub: Hub): Router<HubState> {
  const { baseUrl, autoLogin } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });

  router.get('/logout', async (ctx) => {
    const mode = ctx.get('Sec-Fetch-Mode');
    const leaving = mode === '' || mode === 'navigate' ? await end(ctx) : null;
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    // With auto_login the sign-in page would lead straight back in.
    ctx.redirect(leaving?.url ?? `${baseUrl}hub/${autoLogin ? 'signed-out' : 'login'}`);
  });

  router.post('/logout', async (ctx) => {
    const leaving = await end(ctx);
    ctx.set('Cache-Control', 'no-store');
    if (leaving === null || leaving.url === null) {
      ctx.status = 303;
      return ctx.redirect(`${baseUrl}hub/signed-out${leaving === null ? '' : `?still=${leaving.provider}`}`);
    }
    // Not by 303: browsers hold each further step of it to our `form-action`, and a provider may have others behind it.
    ctx.set({ Refresh: `0;url=${leaving.url}`, 'Referrer-Policy': 'no-referrer' });
    ctx.body = renderPage(SignedOutView, {
      shell: shellOf(hub, ctx),
      goOn: { label: leaving.label, href: leaving.url },
      still: null,
    });
  });

  router.get('/signed-out', (ctx) => {
    const still = hub.providers.find(({ id }) => id === ctx.query.still)?.label ?? null;
    ctx.body = renderPage(SignedOutView, { shell: shellOf(hub, ctx), goOn: null, still });
  });

  async function end(ctx: HubContext): Promise<Leaving | null> {
    const { caller } = ctx.state;
    if (caller?.kind === 'session') await hub.signOut(caller.session);
    ctx.state.caller = null;
    dropSessionCookies(ctx, hub.settings);
    return caller?.kind === 'session' ? await hub.leaveProvider(caller.session) : null;
  }

  return router;
}
