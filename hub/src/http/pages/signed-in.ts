import type { Caller } from '../../domain/caller.ts';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import { holds } from '../../domain/scope.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubMiddleware } from '../hub-context.ts';

export type Person = Extract<Caller, { kind: 'session' }>;

/**
 * Lets those pass who are signed in. Others who only want to see something go to the sign-in page and come
 * back with path and query; whoever wants to change something is refused (contract §3).
 */
export function signedIn(hub: Hub): HubMiddleware {
  return async (ctx, next) => {
    if (ctx.state.caller?.kind === 'session') {
      await next();
      return;
    }
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw new Problem('PERM-001', { scope: 'signing in' });
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(withNext(`${hub.settings.baseUrl}hub/login`, safeNext(ctx.url, hub.settings)));
  };
}

/** Who is signed in, behind {@link signedIn}. @throws Problem PERM-001. */
export function personOf(ctx: HubContext): Person {
  const { caller } = ctx.state;
  if (caller?.kind !== 'session') throw new Problem('PERM-001', { scope: 'signing in' });
  return caller;
}

/** @throws Problem PERM-001. */
export function requireScope(person: Person, scope: string): void {
  if (!holds(person.scopes, scope)) throw new Problem('PERM-001', { name: person.user.name, scope });
}
