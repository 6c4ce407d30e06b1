import Router from '@koa/router';
import { INVITATION_MS } from '../../domain/invitation.ts';
import { Problem } from '../../domain/problem.ts';
import { isAdmin } from '../../domain/role.ts';
import { holds } from '../../domain/scope.ts';
import { isUsername } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { invitationUrl } from '../invitation-url.ts';
import { InvitationView } from '../views/invitation.tsx';
import { renderPage } from '../views/render.ts';
import { requireScope } from './admin.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const DAY_MS = 24 * 3600_000;

/**
 * `POST /hub/admin/invite/:user`: makes a one-time link with which somebody chooses a password, and shows it
 * this once. Whoever has the link becomes that person, so an administrator's is made for administrators only.
 */
export function inviteUserRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.post('/invite/:user', signedIn(hub), async (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const name = ctx.params.user ?? '';
    const groupsOf = (other: string) => hub.tables.users.get(other)?.groups ?? [];
    if (!holds(person.scopes, 'admin:users', { kind: 'user', value: name }, groupsOf)) {
      throw new Problem('PERM-001', { name: person.user.name, scope: 'admin:users' });
    }
    const user = isUsername(name) ? hub.tables.users.get(name) : undefined;
    if (user === undefined) throw new Problem('HTTP-404');
    if (isAdmin(hub.roles, user) && !isAdmin(hub.roles, person.user)) {
      throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
    }
    const word = (await hub.createInvitation({ user: name })) ?? '';
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    ctx.body = renderPage(InvitationView, {
      shell: shellOf(hub, ctx),
      name,
      link: invitationUrl({ ...hub.settings, publicOrigin: ctx.state.origin }, word),
      days: INVITATION_MS / DAY_MS,
    });
  });

  return router;
}
