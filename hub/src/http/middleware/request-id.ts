import { randomInt } from 'node:crypto';
import type { HubMiddleware } from '../hub-context.ts';

// No l, 1, 0, o: people read it to each other over the telephone.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Gives each request a short number, for its page and its lines in the log. */
export const requestId: HubMiddleware = async (ctx, next) => {
  ctx.state.requestId = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  ctx.state.form = new URLSearchParams();
  ctx.state.caller = null;
  ctx.state.xsrf = '';
  ctx.state.visitor = '';
  await next();
};
