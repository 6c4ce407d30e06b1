import type { SignInProvider } from '../domain/identity.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import { isUsername, normalizeUsername } from '../domain/user.ts';
import type { OpenedSession, OpenSession } from './open-session.ts';

export interface ProviderSignIn {
  readonly provider: SignInProvider;
  /** The browser's own word: a sign-in begun in another browser is refused. */
  readonly visitor: string;
  readonly query: URLSearchParams;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

export type SignInWithProvider = (
  request: ProviderSignIn,
) => Promise<OpenedSession & { readonly next: string }>;

/**
 * What happens when a provider has sent somebody back.
 *
 * @throws Problem AUTH-005 to AUTH-007 from the provider, AUTH-002 and AUTH-008 from the hub's own lists.
 */
export function makeSignInWithProvider(ports: { readonly openSession: OpenSession }): SignInWithProvider {
  return async ({ provider, visitor, query, address, userAgent, previous }) => {
    const { identity, next } = await provider.finish(visitor, query);
    const name = normalizeUsername(identity.login);
    if (!isUsername(name)) throw new Problem('AUTH-002', { name: name.slice(0, 64) });
    const opened = await ports.openSession({
      name,
      identity,
      address,
      userAgent,
      previous,
    });
    return { ...opened, next };
  };
}
