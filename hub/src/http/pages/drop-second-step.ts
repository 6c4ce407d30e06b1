import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { managedUser } from './managed-user.ts';
import { personOf, signedIn } from './signed-in.ts';

/** `POST /hub/admin/second-step/:user`: takes it away from somebody who lost the app and the recovery codes. */
export function dropSecondStepRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.post('/second-step/:user', signedIn(hub), async (ctx) => {
    const { name } = managedUser(hub, ctx, 'admin:users');
    await hub.secondFactor.removeOf(name, personOf(ctx).user.name);
    ctx.status = 303;
    ctx.redirect(`${prefix}?dropped=${encodeURIComponent(name)}`);
  });

  return router;
}
