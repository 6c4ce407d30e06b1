import { describeProblem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { ShowProblem } from '../middleware/problem-guard.ts';
import { ErrorView } from '../views/error.tsx';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { shellOf } from './shell.ts';

/** A problem as a page: for people who asked for one. Scripts get the same words as JSON. */
export function problemPage(hub: Hub): ShowProblem {
  return (ctx, problem) => {
    const { title, user, admin } = describeProblem(problem.code, problem.facts);
    if (ctx.accepts('html', 'json') === 'json') {
      ctx.body = { status: problem.status, message: `${title}. ${user}`, code: problem.code };
      return;
    }
    // Not its query: a code or a word may stand there, and this page may be shown to somebody who helps.
    const shell = {
      ...shellOf(hub, ctx),
      here: ctx.method === 'GET' ? ctx.path : `${hub.settings.baseUrl}hub/home`,
    };
    ctx.body = renderPage(ErrorView, {
      shell,
      status: problem.status,
      ...sayProblem(ctx.state.t, problem.code, problem.facts),
      admin: shell.person?.admin === true ? admin : null,
      number: ctx.state.requestId,
      home: shell.person !== null,
    });
  };
}
