import type { SignInProvider } from '../domain/identity.ts';
import type { Facts } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import { endSession } from './end-session.ts';

export type EndByProvider = (token: string) => Promise<void>;

/**
 * Somebody has signed out at the provider, which tells us itself: their sessions end here too, with every
 * token that a notebook got through them. By the provider's own session where it names one, so that another
 * browser of the same person stays signed in; else by the person.
 *
 * @throws Problem AUTH-021 when the word is not a provider's, AUTH-007 when that cannot be found out.
 */
export function makeEndByProvider(ports: {
  readonly store: Store;
  readonly facts: Facts;
  readonly providers: readonly SignInProvider[];
}): EndByProvider {
  const { store, facts } = ports;
  return async (token) => {
    const provider = ports.providers.find(({ readLogoutToken }) => readLogoutToken !== undefined);
    if (provider?.readLogoutToken === undefined) throw new Problem('HTTP-404');
    const { id, providerSession } = await provider.readLogoutToken(token);
    // Of which nothing is known over there may be any of the person's.
    const unnamed = id === null ? null : providerSession;
    const ended = [...store.sessions.values()].filter(
      (session) =>
        session.provider === provider.id &&
        (providerSession === null || (session.providerSession ?? unnamed) === providerSession) &&
        (id === null || store.users.get(session.user)?.identities[provider.id] === id),
    );
    if (ended.length === 0) return;
    await store.change((drafts) => {
      for (const session of ended) endSession(store, drafts, session);
    });
    for (const user of new Set(ended.map((session) => session.user))) {
      facts.tell({ kind: 'signed-out', user, by: 'provider' });
    }
  };
}
