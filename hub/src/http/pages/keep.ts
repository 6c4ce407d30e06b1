import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { personOf, signedIn } from './signed-in.ts';
import { namedIn, serverPaths } from './spawn.ts';

/** `POST /hub/keep[/:user[/:server]]`: the culler leaves this server alone for a while. */
export function keepRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.post(serverPaths(`${settings.baseUrl}hub/keep`), signedIn(hub), async (ctx) => {
    const { user, name } = namedIn(hub, ctx);
    await hub.idle.keep({ user, server: name, by: personOf(ctx).user.name });
    ctx.status = 303;
    ctx.redirect(safeNext(ctx.state.form.get('back'), settings) ?? `${settings.baseUrl}hub/home`);
  });

  return router;
}
