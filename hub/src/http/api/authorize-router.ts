import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { AuthorizeAnswer } from '../../usecases/authorize-client.ts';
import { cookieValues, SHARED_ID_COOKIE, setCookie } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { shellOf } from '../pages/shell.ts';
import { AccessView } from '../views/access.tsx';
import { renderPage } from '../views/render.ts';
import { sayScope } from '../views/say.ts';

/**
 * `/hub/api/oauth2/authorize` (contract §2.3): a page, although it stands among the API. Cookie only; it
 * belongs behind the pages' own checks, which ask the POST of the confirm page for its word.
 */
export function authorizeRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const path = `${baseUrl}hub/api/oauth2/authorize`;

  router.get(path, async (ctx) => {
    if (ctx.state.caller?.kind !== 'session') {
      ctx.redirect(`${baseUrl}hub/login?next=${encodeURIComponent(ctx.url)}`);
      return;
    }
    await answer(ctx, null);
  });

  router.post(path, (ctx) => answer(ctx, ctx.state.form.getAll('scopes')));

  async function answer(ctx: HubContext, approved: readonly string[] | null): Promise<void> {
    const { caller } = ctx.state;
    if (caller?.kind !== 'session') throw new Problem('PERM-001', { name: 'nobody', scope: 'a session' });
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    tieNotebooks(ctx, caller.session.sharedId);
    const result = await hub.authorizeClient({
      caller,
      query: new URLSearchParams(ctx.querystring),
      approved,
    });
    if (result.kind === 'redirect') {
      // Not ctx.redirect: the address is the registered one, letter by letter.
      ctx.status = 302;
      ctx.set('Location', result.location);
      ctx.body = '';
    } else if (result.kind === 'confirm') {
      ctx.body = renderPage(AccessView, { shell: shellOf(hub, ctx), ...question(ctx, result) });
    } else {
      throw refusal(result, caller.user.name);
    }
  }

  /** Notebooks bind what they get to this cookie; a browser that lost it gets it again. */
  function tieNotebooks(ctx: HubContext, sharedId: string): void {
    if (cookieValues(ctx.headers.cookie, SHARED_ID_COOKIE).includes(sharedId)) return;
    setCookie(ctx, SHARED_ID_COOKIE, sharedId, { path: baseUrl, httpOnly: true, maxAge: null });
  }

  return router;
}

function question(ctx: HubContext, { client, scopes }: Extract<AuthorizeAnswer, { kind: 'confirm' }>) {
  const { t } = ctx.state;
  const { target } = client;
  const own = target.kind === 'server' && target.server === '';
  return {
    label: own ? t.server.of(target.user) : client.description,
    client: client.description,
    owner: target.kind === 'server' ? target.user : target.service,
    action: ctx.url,
    scopes: scopes.map((name) => ({ name, sentence: sayScope(t, name) })),
  };
}

/** A page and no redirect: who asked with the wrong address shall not have the browser sent there. */
function refusal(result: Extract<AuthorizeAnswer, { kind: 'refused' }>, name: string): Problem {
  if (result.status === 403) return new Problem('PERM-001', { name, scope: result.message });
  return new Problem(result.status === 400 ? 'HTTP-400' : 'HTTP-500', { detail: result.message });
}
