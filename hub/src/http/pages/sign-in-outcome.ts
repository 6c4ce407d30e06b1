import type { Problem } from '../../domain/problem.ts';
import type { PasswordOutcome } from '../../usecases/second-step.ts';
import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import { sendSessionCookies } from '../session-cookies.ts';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { SecondStepView } from '../views/second-step.tsx';
import { shellOf } from './shell.ts';

/** Goes on after the right password: into the hub, or to the second step of those who have one. */
export function answerOutcome(
  hub: Hub,
  ctx: HubContext,
  outcome: PasswordOutcome,
  next: string | null,
): void {
  if ('secondStep' in outcome) {
    showSecondStep(hub, ctx, { step: outcome.secondStep, next });
    return;
  }
  sendSessionCookies(ctx, hub.settings, outcome);
  ctx.status = 302;
  ctx.redirect(next ?? `${hub.settings.baseUrl}hub/home`);
}

/** The form for the code. It is the answer to a form, not a page of its own: its word stands in no address. */
export function showSecondStep(
  hub: Hub,
  ctx: HubContext,
  { step, next, problem }: { step: string; next: string | null; problem?: Problem },
): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.body = renderPage(SecondStepView, {
    shell: shellOf(hub, ctx),
    step,
    next,
    ...(problem === undefined ? {} : { error: sayProblem(ctx.state.t, problem.code, problem.facts) }),
  });
}

/** The status of a refusal, and when to come back. */
export function setRefusal(ctx: HubContext, problem: Problem): void {
  ctx.status = problem.status;
  if (typeof problem.facts.seconds === 'number') ctx.set('Retry-After', String(problem.facts.seconds));
}
