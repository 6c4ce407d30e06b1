import { STATUS_CODES } from 'node:http';
import { Problem, type ProblemCode } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubMiddleware } from '../hub-context.ts';

/** Makes the page (or whatever this door answers with) for a problem. */
export type ShowProblem = (ctx: HubContext, problem: Problem) => void;

/**
 * Turns whatever is thrown behind it into an answer. Problems of the catalogue are told as they are; anything
 * else is the hub's own fault: the log gets it with the request's number, the person gets the number.
 */
export function problemGuard(hub: Hub, show: ShowProblem): HubMiddleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new Problem('HTTP-404');
      if (ctx.status === 405 && ctx.body == null) throw new Problem('HTTP-405');
    } catch (error) {
      const problem = error instanceof Problem ? error : unforeseen(error);
      note(hub, ctx, problem, error);
      ctx.status = problem.status;
      ctx.set('Cache-Control', 'no-store');
      show(ctx, problem);
    }
  };
}

/** What koa's own parts throw has a status; what it names below 500 is the sender's mistake. */
function unforeseen(error: unknown): Problem {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  const code: ProblemCode =
    status === 413 ? 'HTTP-413' : status >= 400 && status < 500 ? 'HTTP-400' : 'HTTP-500';
  return new Problem(code, { detail: STATUS_CODES[status] ?? 'unknown' }, { cause: error });
}

function note(hub: Hub, ctx: HubContext, problem: Problem, error: unknown): void {
  const facts = {
    request: ctx.state.requestId,
    code: problem.code,
    method: ctx.method,
    path: ctx.path.slice(0, 200),
  };
  if (problem.status >= 500) hub.log.error({ ...facts, error }, 'a request failed');
  else hub.log.info(facts, problem.message.slice(0, 300));
}
