import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { isActive } from '../../domain/server.ts';
import { type User, usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { RemoveUserView } from '../views/remove-user.tsx';
import { renderPage } from '../views/render.ts';
import { managedUser } from './managed-user.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

/** `/hub/admin/remove/:user`: first what is lost and what is kept, then, by POST, the removal. */
export function removeUserRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.get('/remove/:user', signedIn(hub), async (ctx) => {
    const user = removable(ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(RemoveUserView, {
      shell: shellOf(hub, ctx),
      name: user.name,
      running: hub.tables.servers.where('user', user.name).filter(isActive).length,
      action: `${prefix}/remove/${usernameInUrl(user.name)}`,
      volumes: await volumesOf(hub, user.name),
    });
  });

  router.post('/remove/:user', signedIn(hub), async (ctx) => {
    const user = removable(ctx);
    const deleted = await hub.removeUser(user.name, { volumes: ctx.state.form.get('volumes') === 'yes' });
    if (deleted.length > 0)
      hub.log.info({ user: user.name, volumes: deleted }, 'files were deleted with their account');
    ctx.status = 303;
    ctx.redirect(`${prefix}?removed=${encodeURIComponent(user.name)}`);
  });

  /** @throws Problem as {@link managedUser} does, and HTTP-400 for oneself. */
  function removable(ctx: HubContext & { params: Record<string, string> }): User {
    const user = managedUser(hub, ctx, 'delete:users');
    if (user.name === personOf(ctx).user.name) {
      throw new Problem('HTTP-400', { detail: 'Nobody can remove their own account.' });
    }
    return user;
  }

  return router;
}

/** An engine that is away keeps nobody from removing an account: then files cannot be deleted with it. */
async function volumesOf(hub: Hub, user: string): Promise<readonly string[]> {
  if (hub.machines?.abilities.volumes === false) return [];
  try {
    return (await hub.storage.volumes.list({ user })).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Problem && error.code === 'SPAWN-150') return [];
    throw error;
  }
}
