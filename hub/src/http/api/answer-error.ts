import { describeProblem, Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import { answerJson } from './answer.ts';
import type { ApiContext } from './api-context.ts';
import { Refusal } from './refusal.ts';

/** Puts whatever went wrong into `{"status", "message"}`. Only what nobody expected is logged. */
export function answerError(hub: Hub, ctx: ApiContext, error: unknown): void {
  const { status, message, code, headers } = wordsOf(error);
  if (!(error instanceof Refusal || error instanceof Problem)) {
    hub.log.error({ error, path: ctx.path, request: ctx.requestId }, 'an API call failed');
  }
  // Who is asked for more than they will read must hear of it and hang up.
  if (status === 413) ctx.set({ Connection: 'close' });
  ctx.set(headers);
  answerJson(ctx, { status, message, ...(code === undefined ? {} : { code }) }, status);
}
function wordsOf(error: unknown): {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  if (error instanceof Refusal) {
    return { status: error.status, message: error.message, headers: error.headers };
  }
  if (error instanceof Problem) {
    const { title, user } = describeProblem(error.code, error.facts);
    const { detail } = error.facts;
    if (error.code === 'AUTH-004' && typeof detail === 'string') {
      return { status: error.status, message: detail, headers: {} };
    }
    return { status: error.status, message: `${title}. ${user}`, code: error.code, headers: {} };
  }
  return { status: 500, message: 'Internal Server Error', headers: {} };
}
