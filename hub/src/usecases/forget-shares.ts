import { serverKey } from '../domain/server.ts';
import { type Grantee, granteeKey, limitToServer, shareKey } from '../domain/share.ts';
import type { Drafts, Store } from '../domain/store.ts';

/** Takes away what was shared of one server, and the links to it: whoever has the name next shares nothing unasked. */
export function forgetSharesOf(store: Store, drafts: Drafts, owner: string, server: string): void {
  const key = serverKey(owner, server);
  for (const share of store.shares.where('server', key)) drafts.shares.delete(shareKey(share));
  for (const code of store.shareCodes.where('server', key)) drafts.shareCodes.delete(code.hash);
}

/** Takes away what was shared with these people. */
export function forgetSharesWith(store: Store, drafts: Drafts, to: Grantee): void {
  for (const share of store.shares.where('to', granteeKey(to))) drafts.shares.delete(shareKey(share));
}

/** Both for an account that goes. */
export function forgetSharesBy(store: Store, drafts: Drafts, user: string): void {
  for (const share of store.shares.where('owner', user)) drafts.shares.delete(shareKey(share));
  for (const code of store.shareCodes.where('owner', user)) drafts.shareCodes.delete(code.hash);
  forgetSharesWith(store, drafts, { kind: 'user', name: user });
}

/** What an account shares and what is shared with it, to be put back under a new name. Read before it is forgotten. */
export function keepSharesThroughRename(store: Store, from: string, to: string): (drafts: Drafts) => void {
  const given = store.shares.where('owner', from);
  const codes = store.shareCodes.where('owner', from);
  const got = store.shares.where('to', granteeKey({ kind: 'user', name: from }));
  const scopesOf = (scopes: readonly string[], server: string): readonly string[] =>
    limitToServer(
      scopes.map((scope) => scope.split('!')[0] ?? scope),
      to,
      server,
    );
  return (drafts) => {
    for (const share of given) {
      // Shared with themselves, it was given and got.
      const self = share.to.kind === 'user' && share.to.name === from;
      const people = self ? ({ kind: 'user', name: to } as const) : share.to;
      drafts.shares.put({ ...share, owner: to, to: people, scopes: scopesOf(share.scopes, share.server) });
    }
    for (const share of got) {
      if (share.owner !== from) drafts.shares.put({ ...share, to: { kind: 'user', name: to } });
    }
    for (const code of codes) {
      drafts.shareCodes.put({ ...code, owner: to, scopes: scopesOf(code.scopes, code.server) });
    }
  };
}
