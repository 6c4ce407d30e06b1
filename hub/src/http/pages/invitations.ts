import Router from '@koa/router';
import type { Invitation } from '../../domain/invitation.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { InvitationsView } from '../views/invitations.tsx';
import { renderPage } from '../views/render.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

/** `/hub/admin/invitations`: one-time links that wait for somebody, and taking them back. */
export function invitationsRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/admin/invitations`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const now = hub.clock.now();
    const open = [...hub.tables.invitations.values()].toSorted((a, b) => b.created - a.created);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(InvitationsView, {
      shell: shellOf(hub, ctx),
      invitations: open.map((one) => ({
        id: publicId(hub, one),
        user: one.user,
        created: one.created,
        expires: one.expires,
        over: one.expires <= now,
        revoke: `${page}/revoke/${publicId(hub, one)}`,
      })),
      notice: ctx.query.revoked === undefined ? null : ctx.state.t.invitations.revoked,
    });
  });

  router.post(`${page}/revoke/:id`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const wanted = [...hub.tables.invitations.values()].find((one) => publicId(hub, one) === ctx.params.id);
    if (wanted === undefined) throw new Problem('HTTP-404');
    await hub.revokeInvitation(wanted);
    ctx.status = 303;
    ctx.redirect(`${page}?revoked`);
  });

  return router;
}

/** Names it on a page without telling the key that the store knows it by. */
function publicId(hub: Hub, { hash }: Invitation): string {
  return hub.digest(`invitation on a page ${hash}`).slice(0, 16);
}
