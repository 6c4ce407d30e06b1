import Router from '@koa/router';
import { INVITATION_MS } from '../../domain/invitation.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { invitationUrl } from '../invitation-url.ts';
import { InvitationView } from '../views/invitation.tsx';
import { renderPage } from '../views/render.ts';
import { managedUser } from './managed-user.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

const DAY_MS = 24 * 3600_000;

/**
 * `POST /hub/admin/invite/:user`: makes a one-time link with which somebody chooses a password, and shows it
 * this once. Whoever has the link becomes that person, so an administrator's is made for administrators only.
 */
export function inviteUserRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.post('/invite/:user', signedIn(hub), async (ctx) => {
    if (!hub.settings.localAccounts) throw new Problem('HTTP-404');
    const { name } = managedUser(hub, ctx, 'admin:users');
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
