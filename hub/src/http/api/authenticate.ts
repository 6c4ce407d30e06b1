import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';
import { callerOfCookie } from '../middleware/authenticate.ts';

const SCHEME = /^(?:token|bearer)\s+(\S+)\s*$/i;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Who calls, by `Authorization: token …` (or `Bearer`). A token that is no good is nobody: a cookie that
 * comes along does not make up for it.
 */
export function authenticateToken(hub: Hub): HubMiddleware {
  return async (ctx, next) => {
    const word = SCHEME.exec(ctx.get('authorization'))?.[1];
    ctx.state.caller = word === undefined ? null : hub.identifyToken(word);
    await next();
  };
}

/** By token, or else by the session's cookie. */
export function authenticateTokenOrCookie(hub: Hub): HubMiddleware {
  const byToken = authenticateToken(hub);
  return async (ctx, next) => {
    await byToken(ctx, async () => {
      if (!SCHEME.test(ctx.get('authorization'))) {
        const caller = callerOfCookie(hub, ctx.headers.cookie);
        // A form of another site can post with the cookie, but cannot say that it is JSON (contract §2.7).
        ctx.state.caller =
          caller !== null && UNSAFE.has(ctx.method) && !mayBeJson(ctx.get('content-type')) ? null : caller;
      }
      await next();
    });
  };
}

function mayBeJson(type: string): boolean {
  return type === '' || type.split(';').some((part) => part.trim().toLowerCase() === 'application/json');
}
