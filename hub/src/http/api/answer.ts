import type { ApiContext } from './api-context.ts';

/** JSON without a charset, as JupyterHub sends it. */
export function answerJson(ctx: ApiContext, body: unknown, status = 200): void {
  answerText(ctx, JSON.stringify(body), status);
}

/** JSON that is written already. */
export function answerText(ctx: ApiContext, json: string, status = 200): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/json' });
  ctx.body = json;
}

/** Nothing to say but the status: empty text, as JupyterHub sends it. */
export function answerEmpty(ctx: ApiContext, status: number): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'text/plain' });
  ctx.body = '';
}
