import Router from '@koa/router';
import { encode } from 'uqr';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AccountView } from '../views/account.tsx';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { RecoveryCodesView, SecondFactorView } from '../views/second-factor.tsx';
import { shellOf } from './shell.ts';
import { setRefusal } from './sign-in-outcome.ts';
import { personOf, signedIn } from './signed-in.ts';

/** Refusals that stand over the form again. */
const ON_THE_FORM = ['AUTH-003', 'AUTH-010', 'AUTH-043', 'AUTH-045', 'AUTH-048'];

/**
 * `/hub/account`: password and second step of people who have a password here. `/hub/change-password`, its
 * address at NativeAuthenticator, leads there.
 */
export function accountRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const page = `${baseUrl}hub/account`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${baseUrl}hub/change-password`, (ctx) => ctx.redirect(page));

  router.get(page, signedIn(hub), (ctx) => {
    const { account } = ctx.state.t;
    const done = ctx.query.done === 'password' ? account.changed : null;
    showAccount(ctx, ctx.query.done === 'second-step' ? account.removed : done);
  });

  router.post(`${page}/password`, signedIn(hub), async (ctx) => {
    const { form } = ctx.state;
    const fresh = form.get('password') ?? '';
    await orOnThePage(ctx, async () => {
      if (fresh !== form.get('again')) {
        throw new Problem('AUTH-010', { detail: 'The two passwords are not the same.' });
      }
      const { user, session } = personOf(ctx);
      const { address } = ctx.state;
      await hub.changePassword({ user: user.name, old: form.get('old') ?? '', fresh, address, session });
      ctx.status = 303;
      ctx.redirect(`${page}?done=password`);
    });
  });

  router.post(`${page}/second-step/begin`, signedIn(hub), async (ctx) => {
    const { user, session } = personOf(ctx);
    await orOnThePage(ctx, async () => {
      const password = ctx.state.form.get('confirm') ?? '';
      await hub.secondFactor.begin({ user: user.name, password, address: ctx.state.address, session });
      showFactor(ctx);
    });
  });

  router.post(`${page}/second-step`, signedIn(hub), async (ctx) => {
    const { session } = personOf(ctx);
    const code = ctx.state.form.get('code') ?? '';
    try {
      const codes = await hub.secondFactor.finish({ session, code, address: ctx.state.address });
      ctx.set('Cache-Control', 'no-store');
      ctx.body = renderPage(RecoveryCodesView, { shell: shellOf(hub, ctx), codes });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'AUTH-043') throw error;
      setRefusal(ctx, error);
      showFactor(ctx, error);
    }
  });

  router.post(`${page}/second-step/remove`, signedIn(hub), async (ctx) => {
    const { user } = personOf(ctx);
    await orOnThePage(ctx, async () => {
      const password = ctx.state.form.get('confirm') ?? '';
      await hub.secondFactor.remove({ user: user.name, password, address: ctx.state.address });
      ctx.status = 303;
      ctx.redirect(`${page}?done=second-step`);
    });
  });

  async function orOnThePage(ctx: HubContext, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem) || !ON_THE_FORM.includes(error.code)) throw error;
      setRefusal(ctx, error);
      showAccount(ctx, null, error);
    }
  }

  /** @throws Problem HTTP-404 for people who sign in another way: there is nothing here that is theirs. */
  function showAccount(ctx: HubContext, notice: string | null, problem?: Problem): void {
    const credential = hub.tables.credentials.get(personOf(ctx).user.name);
    if (credential === undefined || !hub.settings.localAccounts) throw new Problem('HTTP-404');
    const factor = credential.secondFactor;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(AccountView, {
      shell: shellOf(hub, ctx),
      least: hub.settings.passwordLeast,
      secondFactor: factor === null ? null : { since: factor.since, recoveryLeft: factor.recovery.length },
      notice,
      error: problem === undefined ? undefined : sayProblem(ctx.state.t, problem.code, problem.facts),
    });
  }

  /** @throws Problem AUTH-044 when nothing was begun. */
  function showFactor(ctx: HubContext, problem?: Problem): void {
    const { user, session } = personOf(ctx);
    const secret = hub.secondFactor.begun(session);
    if (secret === null) throw new Problem('AUTH-044');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(SecondFactorView, {
      shell: shellOf(hub, ctx),
      secret: secret.match(/.{1,4}/g)?.join(' ') ?? secret,
      qr: encode(keyUri(ctx.state.t.product, ctx.state.origin, user.name, secret), { ecc: 'M', border: 0 })
        .data,
      ...(problem === undefined ? {} : { error: sayProblem(ctx.state.t, problem.code, problem.facts) }),
    });
  }

  return router;
}

/** What apps read out of the picture (the "Key Uri Format"). Only what differs from their defaults is said. */
function keyUri(product: string, origin: string, name: string, secret: string): string {
  const issuer = `${product} ${new URL(origin).host}`;
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
