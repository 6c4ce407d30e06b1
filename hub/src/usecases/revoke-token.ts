import type { Store } from '../domain/store.ts';
import type { Token } from '../domain/token.ts';

export type RevokeToken = (token: Token) => Promise<void>;

/** Ends a token at once. With one that a client got, all go that its owner has from that client. */
export function makeRevokeToken({ store }: { readonly store: Store }): RevokeToken {
  return async (token) => {
    const together =
      token.clientId === null
        ? [token]
        : store.tokens.where('clientId', token.clientId).filter((other) => other.user === token.user);
    await store.change((drafts) => {
      for (const one of together) drafts.tokens.delete(one.hash);
    });
  };
}
