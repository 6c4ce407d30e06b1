import { randomInt } from 'node:crypto';
import type { HubMiddleware } from '../hub-context.ts';

// No l, 1, 0, o: people read it to each other over the telephone.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A short number, for a page and its lines in the log. */
export function newRequestId(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Gives each request its number, and room for what the pipeline finds out. */
export const requestId: HubMiddleware = async (ctx, next) => {
  ctx.state.requestId = newRequestId();
  ctx.state.form = new URLSearchParams();
  ctx.state.caller = null;
  ctx.state.xsrf = '';
  ctx.state.visitor = '';
  await next();
};
