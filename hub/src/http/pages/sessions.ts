import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Session } from '../../domain/session.ts';
import { usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { dropSessionCookies } from '../session-cookies.ts';
import { browserWords } from '../views/browser-words.ts';
import { renderPage } from '../views/render.ts';
import { SessionsView } from '../views/sessions.tsx';
import { managedUser } from './managed-user.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

/**
 * `/hub/sessions`: where one is signed in, and the same of others under `/hub/admin/sessions/:user`. Ending
 * is by POST; who ends the session that they sit in goes the way of signing out.
 */
export function sessionsRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });

  router.get('/sessions', signedIn(hub), (ctx) => show(ctx, personOf(ctx).user.name, null));
  router.post('/sessions/end/:id', signedIn(hub), (ctx) => endOne(ctx, personOf(ctx).user.name, null));
  router.post('/sessions/end-all', signedIn(hub), (ctx) => endAll(ctx, personOf(ctx).user.name, null));

  router.get('/admin/sessions/:user', signedIn(hub), (ctx) => {
    const { name } = managedUser(hub, ctx, 'admin:users');
    show(ctx, name, name);
  });
  router.post('/admin/sessions/:user/end/:id', signedIn(hub), (ctx) => {
    const { name } = managedUser(hub, ctx, 'admin:users');
    return endOne(ctx, name, name);
  });
  router.post('/admin/sessions/:user/end-all', signedIn(hub), (ctx) => {
    const { name } = managedUser(hub, ctx, 'admin:users');
    return endAll(ctx, name, name);
  });

  /** `of`: whose, when it is an administrator who looks. */
  function show(ctx: HubContext, user: string, of: string | null): void {
    const here = personOf(ctx).session.idHash;
    const prefix = prefixOf(of);
    const sessions = sessionsOf(hub, user).map((session) => ({
      id: publicId(hub, session),
      browser: browserWords(ctx.state.t, session.userAgent),
      address: session.address,
      provider: session.provider,
      created: session.created,
      lastSeen: session.lastSeen,
      current: session.idHash === here,
      end: `${prefix}/end/${publicId(hub, session)}`,
    }));
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(SessionsView, {
      shell: shellOf(hub, ctx),
      of,
      sessions,
      endAll: `${prefix}/end-all`,
      notice: ctx.query.ended === undefined ? null : ctx.state.t.sessions.ended,
    });
  }

  async function endOne(
    ctx: HubContext & { params: Record<string, string> },
    user: string,
    of: string | null,
  ): Promise<void> {
    const session = sessionsOf(hub, user).find((one) => publicId(hub, one) === ctx.params.id);
    if (session === undefined) throw new Problem('HTTP-404');
    await end(ctx, user, [session], of);
  }

  async function endAll(ctx: HubContext, user: string, of: string | null): Promise<void> {
    await end(ctx, user, sessionsOf(hub, user), of);
  }

  async function end(
    ctx: HubContext,
    user: string,
    sessions: readonly Session[],
    of: string | null,
  ): Promise<void> {
    const here = personOf(ctx).session.idHash;
    await hub.endSessions({ user, sessions, by: of === null ? 'user' : 'admin' });
    ctx.status = 303;
    if (sessions.some(({ idHash }) => idHash === here)) {
      dropSessionCookies(ctx, hub.settings);
      return ctx.redirect(`${baseUrl}hub/signed-out`);
    }
    ctx.redirect(`${prefixOf(of)}?ended`);
  }

  function prefixOf(of: string | null): string {
    return of === null ? `${baseUrl}hub/sessions` : `${baseUrl}hub/admin/sessions/${usernameInUrl(of)}`;
  }

  return router;
}

/** Those that open something, the latest first. */
function sessionsOf(hub: Hub, user: string): readonly Session[] {
  return hub.tables.sessions.where('user', user).toSorted((a, b) => b.lastSeen - a.lastSeen);
}

/** Names a session on a page without telling the key that the store knows it by. */
function publicId(hub: Hub, { idHash }: Session): string {
  return hub.digest(`session on a page ${idHash}`).slice(0, 16);
}
