import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { isAdmin } from '../../domain/role.ts';
import { holds } from '../../domain/scope.ts';
import { isActive } from '../../domain/server.ts';
import { isUsername, type User, usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { RemoveUserView } from '../views/remove-user.tsx';
import { renderPage } from '../views/render.ts';
import { requireScope } from './admin.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

/** `/hub/admin/remove/:user`: first what is lost and what is kept, then, by POST, the removal. */
export function removeUserRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.get('/remove/:user', signedIn(hub), (ctx) => {
    const user = removable(ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(RemoveUserView, {
      shell: shellOf(hub, ctx),
      name: user.name,
      running: hub.tables.servers.where('user', user.name).filter(isActive).length,
      action: `${prefix}/remove/${usernameInUrl(user.name)}`,
    });
  });

  router.post('/remove/:user', signedIn(hub), async (ctx) => {
    const user = removable(ctx);
    await hub.removeUser(user.name);
    ctx.status = 303;
    ctx.redirect(`${prefix}?removed=${encodeURIComponent(user.name)}`);
  });

  /** @throws Problem PERM-001 without the scopes, HTTP-404 when not there, HTTP-400 for oneself. */
  function removable(ctx: HubContext & { params: Record<string, string> }): User {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const name = ctx.params.user ?? '';
    const groupsOf = (other: string) => hub.tables.users.get(other)?.groups ?? [];
    if (!holds(person.scopes, 'delete:users', { kind: 'user', value: name }, groupsOf)) {
      throw new Problem('PERM-001', { name: person.user.name, scope: 'delete:users' });
    }
    const user = isUsername(name) ? hub.tables.users.get(name) : undefined;
    if (user === undefined) throw new Problem('HTTP-404');
    // As the API has it: an administrator is removed by an administrator only.
    if (isAdmin(hub.roles, user) && !isAdmin(hub.roles, person.user)) {
      throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
    }
    if (user.name === person.user.name) {
      throw new Problem('HTTP-400', { detail: 'Nobody can remove their own account.' });
    }
    return user;
  }

  return router;
}
