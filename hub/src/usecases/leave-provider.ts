import type { SignInProvider } from '../domain/identity.ts';
import type { Log, Sealer } from '../domain/ports.ts';
import type { Session } from '../domain/session.ts';
import { openAuthState } from './open-session.ts';

/** What stays to be done elsewhere after a sign-out. */
export interface Leaving {
  /** Of the provider that the person came from. */
  readonly provider: string;
  readonly label: string;
  /** Where its own session ends, or null: there is no such place, or it cannot be found now. */
  readonly url: string | null;
}

/** Null: the session came from no provider. */
export type LeaveProvider = (session: Session) => Promise<Leaving | null>;

/**
 * Where the browser goes after a session has ended here, so that it ends over there too. Answers within
 * ten seconds and never fails: the sign-out here is done and stays done.
 */
export function makeLeaveProvider(ports: {
  readonly providers: readonly SignInProvider[];
  readonly sealer: Sealer;
  readonly log: Log;
}): LeaveProvider {
  return async (session) => {
    const provider = ports.providers.find(({ id }) => id === session.provider);
    if (provider === undefined) return null;
    const { id, label } = provider;
    try {
      const url = await provider.signOutUrl?.(openAuthState(ports.sealer, session));
      return { provider: id, label, url: url ?? null };
    } catch (error) {
      ports.log.warn({ error, provider: id }, 'somebody could not be signed out at the provider');
      return { provider: id, label, url: null };
    }
  };
}
