import type { Caller } from '../../domain/caller.ts';
import { scopesOfUser } from '../../domain/granted-scopes.ts';
import { cookieValues, SESSION_COOKIE } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';

/** Who the browser's cookie says it is. Several cookies may come; the first that opens a session counts. */
export function authenticateSession(hub: Hub): HubMiddleware {
  return async (ctx, next) => {
    ctx.state.caller = callerOfCookie(hub, ctx.headers.cookie);
    await next();
  };
}

export function callerOfCookie(hub: Hub, header: string | undefined): Caller | null {
  for (const word of cookieValues(header, SESSION_COOKIE)) {
    const found = word === '' ? null : hub.identifySession(word);
    if (found !== null) return { kind: 'session', ...found, scopes: scopesOfUser(found.user, hub.roles) };
  }
  return null;
}
