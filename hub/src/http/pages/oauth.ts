import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { sendSessionCookies } from '../session-cookies.ts';
import { signInOrigin } from './sign-in-origin.ts';

/** `/hub/oauth_login` sends people to their provider, `/hub/oauth_callback` takes them back. */
export function oauthRouter(hub: Hub): Router<HubState> {
  const { settings, providers } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.get('/oauth_login', async (ctx) => {
    const [provider] = providers;
    if (provider === undefined) throw new Problem('HTTP-404');
    const next = safeNext(ctx.query.next, settings) ?? `${settings.baseUrl}hub/home`;
    const location = await provider.begin(ctx.state.visitor, next);
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(location);
  });

  router.get('/oauth_callback', async (ctx) => {
    const [provider] = providers;
    if (provider === undefined) throw new Problem('HTTP-404');
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const query = new URLSearchParams(ctx.querystring);
    const { visitor } = ctx.state;
    const opened = await hub.signInWithProvider({ provider, visitor, query, ...signInOrigin(ctx) });
    sendSessionCookies(ctx, settings, opened);
    ctx.redirect(safeNext(opened.next, settings) ?? `${settings.baseUrl}hub/home`);
  });

  return router;
}
