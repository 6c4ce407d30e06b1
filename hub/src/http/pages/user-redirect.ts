import Router from '@koa/router';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import { newServer, serverPath } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { linksOf } from './present-server.ts';
import { personOf, signedIn } from './signed-in.ts';

/** `/hub/user-redirect/<path>?<query>`: a link for everybody, that opens it in everybody's own server. */
export function userRedirectRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const prefix = `${settings.baseUrl}hub/user-redirect`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get([prefix, `${prefix}/`, `${prefix}/{*path}`], signedIn(hub), (ctx) => {
    const own = newServer(personOf(ctx).user.name);
    // The path as it was written, not as the router decoded it: `%2F` must stay one.
    const rest = ctx.url.slice(prefix.length).replace(/^\//, '');
    const next = safeNext(`${serverPath(settings.baseUrl, own.user, '')}${rest}`, settings);
    if (next === null) throw new Problem('HTTP-404');
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(withNext(linksOf(settings.baseUrl, own).start, next));
  });

  return router;
}
