import type { HubContext } from '../hub-context.ts';

/** JSON without a charset, as JupyterHub sends it. */
export function answerJson(ctx: HubContext, body: unknown, status = 200): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json');
  ctx.body = JSON.stringify(body);
}

/** Nothing to say but the status: empty text, as JupyterHub sends it. */
export function answerEmpty(ctx: HubContext, status: number): void {
  ctx.status = status;
  ctx.set('Content-Type', 'text/plain');
  ctx.body = status === 204 ? null : '';
}
