import type { Hub } from '../hub.ts';
import { callerOfCookie } from '../middleware/authenticate.ts';
import { guardCall } from '../middleware/xsrf-guard.ts';
import type { ApiContext } from './api-context.ts';

/** Puts who calls into `ctx.state.caller`. @throws Problem AUTH-004 */
export type Identify = (hub: Hub, ctx: ApiContext) => void;

const SCHEME = /^(?:token|bearer)\s+(\S+)\s*$/i;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * By `Authorization: token …` (or `Bearer`). A token that is no good is nobody: a cookie that comes along does
 * not make up for it.
 */
export const identifyByToken: Identify = (hub, ctx) => {
  const word = SCHEME.exec(ctx.get('authorization'))?.[1];
  ctx.state.caller = word === undefined ? null : hub.identifyToken(word);
};

/** By token, or else by the session's cookie; by cookie our own page's word may be asked for. */
export const identifyByTokenOrCookie: Identify = (hub, ctx) => {
  if (SCHEME.test(ctx.get('authorization'))) {
    identifyByToken(hub, ctx);
    return;
  }
  const caller = callerOfCookie(hub, ctx.get('cookie'));
  // A form of another site can post with the cookie, but cannot say that it is JSON (contract §2.7).
  const foreign = UNSAFE.has(ctx.method) && !mayBeJson(ctx.get('content-type'));
  ctx.state.caller = foreign ? null : caller;
  guardCall(hub, ctx);
};

function mayBeJson(type: string): boolean {
  return type === '' || type.split(';').some((part) => part.trim().toLowerCase() === 'application/json');
}
