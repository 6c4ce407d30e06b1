import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { SignedUpView, SignUpView } from '../views/sign-up.tsx';
import { shellOf } from './shell.ts';
import { signInOrigin } from './sign-in-origin.ts';
import { answerOutcome, setRefusal } from './sign-in-outcome.ts';

/** `/hub/signup` (NativeAuthenticator's address): asks for an account, or makes one where that is allowed. */
export function signUpRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });
  if (settings.askForAccount === null) return router;

  router.get('/signup', (ctx) => {
    if (ctx.state.caller !== null) return ctx.redirect(`${settings.baseUrl}hub/home`);
    showForm(ctx, '');
  });

  router.post('/signup', async (ctx) => {
    const { form } = ctx.state;
    const username = form.get('username') ?? '';
    const password = form.get('password') ?? '';
    try {
      if (password !== form.get('again')) {
        throw new Problem('AUTH-010', { detail: 'The two passwords are not the same.' });
      }
      const opened = await hub.signUp.ask({ username, password, ...signInOrigin(ctx) });
      if (opened !== null) {
        answerOutcome(hub, ctx, opened, null);
        return;
      }
      ctx.status = 202;
      ctx.set('Cache-Control', 'no-store');
      ctx.body = renderPage(SignedUpView, { shell: shellOf(hub, ctx) });
    } catch (error) {
      const onTheForm = ['AUTH-003', 'AUTH-010', 'AUTH-046'];
      if (!(error instanceof Problem) || !onTheForm.includes(error.code)) throw error;
      setRefusal(ctx, error);
      showForm(ctx, username.slice(0, 64), error);
    }
  });

  function showForm(ctx: HubContext, name: string, problem?: Problem): void {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(SignUpView, {
      shell: shellOf(hub, ctx),
      name,
      least: settings.passwordLeast,
      open: settings.askForAccount === 'open',
      ...(problem === undefined ? {} : { error: sayProblem(ctx.state.t, problem.code, problem.facts) }),
    });
  }

  return router;
}
