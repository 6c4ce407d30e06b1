import type { Caller } from '../../domain/caller.ts';
import { scopesOfUser } from '../../domain/granted-scopes.ts';
import { sharesWith } from '../../domain/shares-with.ts';
import { cookieValues, SESSION_COOKIE } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';

/** Nobody waits longer than this for a provider to say again what it said before. */
const PATIENCE_MS = 3000;

/**
 * Who the browser's cookie says it is. Several cookies may come; the first that opens a session counts. Where
 * its provider has not been asked for a while it is asked now; while it takes its time, its last word holds.
 */
export function authenticateSession(hub: Hub): HubMiddleware {
  return async (ctx, next) => {
    const { cookie } = ctx.headers;
    let caller = callerOfCookie(hub, cookie);
    if (caller?.kind === 'session' && hub.refreshSession.isDue(caller.session)) {
      await waitAtMost(hub.refreshSession(caller.session), PATIENCE_MS);
      caller = callerOfCookie(hub, cookie);
    }
    ctx.state.caller = caller;
    await next();
  };
}

async function waitAtMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same at once: a provider that is due to be asked is asked, and what it says counts from the next call on. */
export function callerOfCookie(hub: Hub, header: string | undefined): Caller | null {
  for (const word of cookieValues(header, SESSION_COOKIE)) {
    const found = word === '' ? null : hub.identifySession(word);
    if (found === null) continue;
    if (hub.refreshSession.isDue(found.session)) {
      hub.refreshSession(found.session).catch((error: unknown) => {
        hub.log.warn({ error, user: found.user.name }, 'what a provider said could not be written down');
      });
    }
    const shares = sharesWith(hub.tables, found.user, hub.clock.now());
    return { kind: 'session', ...found, scopes: scopesOfUser(found.user, hub.roles, shares) };
  }
  return null;
}
