import Router from '@koa/router';
import type { SignInProvider } from '../../domain/identity.ts';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { sendSessionCookies } from '../session-cookies.ts';
import { signInOrigin } from './sign-in-origin.ts';

/**
 * `/hub/oauth_login` sends people to their provider, `/hub/oauth_callback` takes them back. There may be
 * several: `?provider=` says to which, and the state that comes back says from which. The callback is one
 * address for all, so that what is registered stays good; it is also where a sign-out over there comes back.
 */
export function oauthRouter(hub: Hub): Router<HubState> {
  const { settings, providers } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.get('/oauth_login', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    const next = safeNext(ctx.query.next, settings);
    const wanted = ctx.query.provider;
    if (wanted === undefined && providers.length > 1) {
      return ctx.redirect(withNext(`${settings.baseUrl}hub/login`, next));
    }
    const provider = wanted === undefined ? providers[0] : providers.find(({ id }) => id === wanted);
    if (provider === undefined) throw new Problem('HTTP-404');
    ctx.redirect(await provider.begin(ctx.state.visitor, next ?? `${settings.baseUrl}hub/home`));
  });

  router.get('/oauth_callback', async (ctx) => {
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const query = new URLSearchParams(ctx.querystring);
    if (comesFromSignOut(query)) return ctx.redirect(`${settings.baseUrl}hub/signed-out`);
    const provider = senderOf(providers, query);
    const { visitor } = ctx.state;
    const opened = await hub.signInWithProvider({ provider, visitor, query, ...signInOrigin(ctx) });
    sendSessionCookies(ctx, settings, opened);
    ctx.redirect(safeNext(opened.next, settings) ?? `${settings.baseUrl}hub/home`);
  });

  return router;
}

function comesFromSignOut(query: URLSearchParams): boolean {
  return query.get('state') === 'signed-out' && !query.has('code') && !query.has('error');
}

/**
 * Each state begins with the name of the provider that it was made for, and is good for that one alone. An
 * answer without a good one is nobody's.
 */
function senderOf(providers: readonly SignInProvider[], query: URLSearchParams): SignInProvider {
  const state = query.get('state') ?? '';
  const sender = providers.find(({ id }) => state.startsWith(`${id}.`));
  if (sender !== undefined) return sender;
  if (providers.length === 0) throw new Problem('HTTP-404');
  throw new Problem('AUTH-005', { detail: 'the state is of no provider of this hub' });
}
