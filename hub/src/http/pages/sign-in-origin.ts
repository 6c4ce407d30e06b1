import type { HubContext } from '../hub-context.ts';

/** From where somebody signs in, and which session this browser has now. */
export function signInOrigin(ctx: HubContext) {
  const { caller, address } = ctx.state;
  return {
    address,
    userAgent: ctx.get('User-Agent'),
    previous: caller?.kind === 'session' ? caller.session : null,
  };
}
