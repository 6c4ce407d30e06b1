import Router from '@koa/router';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { describeProblem, Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { sendSessionCookies } from '../session-cookies.ts';
import { LoginView } from '../views/login.tsx';
import { renderPage } from '../views/render.ts';
import { shellOf } from './shell.ts';
import { signInOrigin } from './sign-in-origin.ts';

/** `/hub/login`: who is signed in already goes on; everybody else gets the form and the providers' buttons. */
export function loginRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.get('/login', (ctx) => {
    const next = safeNext(ctx.query.next, settings);
    if (ctx.state.caller !== null) return ctx.redirect(next ?? `${settings.baseUrl}hub/home`);
    showForm(ctx, { next, username: '' });
  });

  router.post('/login', async (ctx) => {
    const next = safeNext(ctx.state.form.get('next') ?? ctx.query.next, settings);
    const username = ctx.state.form.get('username');
    const password = ctx.state.form.get('password');
    if (!settings.localAccounts || username === null || password === null) {
      throw new Problem('HTTP-400', { detail: 'A name and a password were expected.' });
    }
    try {
      const opened = await hub.signInLocal({ username, password, ...signInOrigin(ctx) });
      sendSessionCookies(ctx, settings, opened);
      ctx.status = 302;
      ctx.redirect(next ?? `${settings.baseUrl}hub/home`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      refuse(ctx, error, { next, username });
    }
  });

  /** The same page again, with the reason: the name is kept, the password is not. */
  function refuse(ctx: HubContext, problem: Problem, kept: { next: string | null; username: string }): void {
    ctx.status = problem.status;
    if (problem.code === 'AUTH-003') ctx.set('Retry-After', String(problem.facts.seconds));
    showForm(ctx, {
      ...kept,
      username: kept.username.slice(0, 64),
      error: describeProblem(problem.code, problem.facts),
    });
  }

  function showForm(
    ctx: HubContext,
    filled: { next: string | null; username: string; error?: { title: string; user: string } },
  ): void {
    const providers = hub.providers.map(({ id, label }) => ({
      id,
      label,
      href: withNext(`${settings.baseUrl}hub/oauth_login`, filled.next),
    }));
    const { error, ...rest } = filled;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(LoginView, {
      shell: shellOf(hub, ctx),
      methods: { local: settings.localAccounts, providers },
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
