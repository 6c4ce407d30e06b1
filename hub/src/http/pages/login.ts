import Router from '@koa/router';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { LoginView } from '../views/login.tsx';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { shellOf } from './shell.ts';
import { signInOrigin } from './sign-in-origin.ts';
import { answerOutcome, setRefusal, showSecondStep } from './sign-in-outcome.ts';

/** Refusals that are the person's to read; everything else is a page of its own. */
const ON_THE_FORM = [
  'AUTH-001',
  'AUTH-002',
  'AUTH-003',
  'AUTH-008',
  'AUTH-040',
  'AUTH-041',
  'AUTH-042',
  'AUTH-047',
];

/** `/hub/login`: who is signed in already goes on; everybody else gets the form and the providers' buttons. */
export function loginRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.get('/login', (ctx) => {
    const next = safeNext(ctx.query.next, settings);
    if (ctx.state.caller !== null) return ctx.redirect(next ?? `${settings.baseUrl}hub/home`);
    // Not where there is a choice, nor for who asks for the form (`?auto_login=0`: the provider may be away).
    if (settings.autoLogin && hub.providers.length === 1 && ctx.query.auto_login !== '0') {
      ctx.set('Cache-Control', 'no-store');
      return ctx.redirect(withNext(`${settings.baseUrl}hub/oauth_login`, next));
    }
    showForm(ctx, { next, username: '' });
  });

  router.post('/login', async (ctx) => {
    const { form, visitor } = ctx.state;
    const next = safeNext(form.get('next') ?? ctx.query.next, settings);
    const username = form.get('username');
    const password = form.get('password');
    if (!settings.passwords || username === null || password === null) {
      throw new Problem('HTTP-400', { detail: 'A name and a password were expected.' });
    }
    try {
      const otp = form.get('otp') ?? '';
      const outcome = await hub.signInWithPassword({
        username,
        password,
        otp,
        visitor,
        ...signInOrigin(ctx),
      });
      answerOutcome(hub, ctx, outcome, next);
    } catch (error) {
      if (!(error instanceof Problem) || !ON_THE_FORM.includes(error.code)) throw error;
      setRefusal(ctx, error);
      // The name is kept, the password is not.
      showForm(ctx, {
        next,
        username: username.slice(0, 64),
        error: sayProblem(ctx.state.t, error.code, error.facts),
      });
    }
  });

  router.post('/login/code', async (ctx) => {
    const { form, visitor } = ctx.state;
    const next = safeNext(form.get('next'), settings);
    const step = form.get('step') ?? '';
    const code = form.get('code') ?? '';
    try {
      answerOutcome(hub, ctx, await hub.takeSecondStep({ step, code, visitor, ...signInOrigin(ctx) }), next);
    } catch (error) {
      if (!(error instanceof Problem) || !['AUTH-043', 'AUTH-003'].includes(error.code)) throw error;
      setRefusal(ctx, error);
      showSecondStep(hub, ctx, { step, next, problem: error });
    }
  });

  function showForm(
    ctx: HubContext,
    filled: { next: string | null; username: string; error?: { title: string; user: string } },
  ): void {
    const { passwords, otpPrompt } = settings;
    const signUp = settings.askForAccount !== null;
    const providers = hub.providers.map(({ id, label }) => ({
      id,
      label,
      href: withNext(`${settings.baseUrl}hub/oauth_login?provider=${id}`, filled.next),
    }));
    const { error, ...rest } = filled;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(LoginView, {
      shell: shellOf(hub, ctx),
      methods: { passwords, otpPrompt, signUp, providers },
      insecure: isInsecure(ctx.state.origin),
      ...rest,
      ...(error === undefined ? {} : { error }),
    });
  }

  return router;
}

/** Plain HTTP matters only when it crosses a wire. */
function isInsecure(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
