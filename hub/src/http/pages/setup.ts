import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { invitationUrl } from '../invitation-url.ts';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { SetupView } from '../views/setup.tsx';
import { shellOf } from './shell.ts';
import { signInOrigin } from './sign-in-origin.ts';
import { answerOutcome } from './sign-in-outcome.ts';

/** `/hub/setup?token=…`: the one-time link. The page sends no Referer and is kept in no cache. */
export function setupRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.get('/setup', (ctx) => {
    const { word, user } = invitationOf(ctx);
    showForm(ctx, word, { user, name: '' });
  });

  router.post('/setup', async (ctx) => {
    const { word, user } = invitationOf(ctx);
    const name = (ctx.state.form.get('name') ?? '').slice(0, 200);
    const password = ctx.state.form.get('password') ?? '';
    try {
      if (password !== ctx.state.form.get('again')) {
        throw new Problem('AUTH-010', { detail: 'The two passwords are not the same.' });
      }
      const { visitor } = ctx.state;
      const choice = { word, username: name, password, visitor };
      const outcome = await hub.redeemInvitation({ ...choice, ...signInOrigin(ctx) });
      answerOutcome(hub, ctx, outcome, null);
      if (ctx.status === 302) ctx.status = 303;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'AUTH-010') throw error;
      ctx.status = error.status;
      showForm(ctx, word, { user, name, error: sayProblem(ctx.state.t, error.code, error.facts) });
    }
  });

  /** @throws Problem AUTH-009 when the link does not work. */
  function invitationOf(ctx: HubContext): { word: string; user: string | null } {
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const word = typeof ctx.query.token === 'string' ? ctx.query.token : '';
    const user = hub.lookUpInvitation(word);
    // Where no password could be used afterwards, none is set.
    if (user === undefined || !settings.localAccounts) throw new Problem('AUTH-009');
    return { word, user };
  }

  function showForm(
    ctx: HubContext,
    word: string,
    { user, name, error }: { user: string | null; name: string; error?: { title: string; user: string } },
  ): void {
    ctx.body = renderPage(SetupView, {
      shell: shellOf(hub, ctx),
      action: invitationUrl({ ...settings, publicOrigin: '' }, word),
      person: user,
      name,
      least: settings.passwordLeast,
      ...(error === undefined ? {} : { error }),
    });
  }

  return router;
}
