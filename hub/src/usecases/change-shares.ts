import type { Clock, Digest, Facts, Random } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { serverKey } from '../domain/server.ts';
import { type Grantee, isShareAlive, type Share, type ShareCode, shareKey } from '../domain/share.ts';
import type { Store } from '../domain/store.ts';
import type { ShowOut } from './show-out.ts';
import {
  type CodeRequest,
  type Giver,
  type GrantRequest,
  newCode,
  putCode,
  putShare,
  type Shared,
} from './write-share.ts';

/**
 * Sharing servers. That the caller may, and that server and people are there, has been asked by whoever calls;
 * what may have changed since then is asked again in the same turn as the writing.
 */
export interface ShareVerbs {
  /** Gives entry, or adds to what was given. @throws Problem HTTP-404 when server or people are gone by now. */
  grant(request: GrantRequest): Promise<Share>;
  /** Takes these scopes, or all; answers what is left. Whoever has none left is out when this resolves. */
  revoke(
    request: Shared & Giver & { readonly to: Grantee; readonly scopes: readonly string[] | null },
  ): Promise<Share | null>;
  revokeAll(request: Shared & Giver): Promise<number>;
  /** `word` goes into the link, and is kept nowhere. */
  makeCode(request: CodeRequest): Promise<{ readonly code: ShareCode; readonly word: string }>;
  /** The link's record, if it opens something still. */
  findCode(word: string): ShareCode | null;
  /** Of the server's links those that `which` names; answers how many went. */
  dropCodes(request: Shared & Giver, which: (code: ShareCode) => boolean): Promise<number>;
  /** @throws Problem HTTP-404 for a link that opens nothing. */
  exchange(word: string, user: string, address: string): Promise<Share>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly showOut: ShowOut;
}

export function makeChangeShares(ports: Ports): ShareVerbs {
  const { store, clock, digest, showOut } = ports;

  function note({ owner, by, address }: Shared & Giver, call: string): void {
    ports.facts.tell({ kind: 'acted', by, on: owner, call, address });
  }

  const findCode = (word: string): ShareCode | null => {
    const code = word === '' ? undefined : store.shareCodes.get(digest(word));
    return code !== undefined && code.expires > clock.now() ? code : null;
  };

  return {
    async grant(request) {
      const share = await store.change((drafts) => putShare(store, drafts, request, clock.now()));
      note(request, `share ${told(request)} with ${toldPeople(request.to)}`);
      // Whoever was shown out a minute ago is let in again.
      await showOut();
      return share;
    },

    async revoke({ to, scopes, ...at }) {
      const before = store.shares.get(shareKey({ ...at, to }));
      const left = await store.change((drafts) => {
        const share = store.shares.get(shareKey({ ...at, to }));
        if (share === undefined || !isShareAlive(share, clock.now())) return null;
        const rest = scopes === null ? [] : share.scopes.filter((scope) => !scopes.includes(scope));
        if (rest.length === 0) drafts.shares.delete(shareKey(share));
        else drafts.shares.put({ ...share, scopes: rest });
        return rest.length === 0 ? null : { ...share, scopes: rest };
      });
      note(at, `take ${told(at)} back from ${toldPeople(to)}`);
      await showOut(before === undefined ? [] : [before]);
      return left;
    },

    async revokeAll(at) {
      const all = await store.change((drafts) => {
        const found = store.shares.where('server', serverKey(at.owner, at.server));
        for (const share of found) drafts.shares.delete(shareKey(share));
        return found;
      });
      note(at, `take ${told(at)} back from everybody`);
      await showOut(all);
      return all.length;
    },

    async makeCode(request) {
      const made = newCode(ports, request);
      await store.change((drafts) => putCode(store, drafts, made.code, clock.now()));
      note(request, `make a link to share ${told(request)}`);
      return made;
    },

    findCode,

    async dropCodes(at, which) {
      const count = await store.change((drafts) => {
        const gone = store.shareCodes.where('server', serverKey(at.owner, at.server)).filter(which);
        for (const code of gone) drafts.shareCodes.delete(code.hash);
        return gone.length;
      });
      if (count > 0) note(at, `take back links to ${told(at)}: ${count}`);
      return count;
    },

    async exchange(word, user, address) {
      const share = await store.change((drafts) => {
        const now = clock.now();
        // In the same turn as the share: a link that was just taken back gives nothing.
        const code = findCode(word);
        if (code === null || code.owner === user) throw new Problem('SHARE-002');
        const { owner, server, scopes, by } = code;
        const to = { kind: 'user', name: user } as const;
        const before = store.shares.get(shareKey({ owner, server, to }));
        drafts.shareCodes.put({ ...code, exchangeCount: code.exchangeCount + 1, lastExchanged: now });
        const expires = later(before !== undefined && isShareAlive(before, now) ? before : null, code);
        return putShare(store, drafts, { owner, server, to, scopes, expires, by, address }, now);
      });
      note({ ...share, by: user, address }, `take up the link to ${told(share)}`);
      await showOut();
      return share;
    },
  };
}

/** A link shortens nothing that somebody has already. */
function later(before: Share | null, { shareExpires }: ShareCode): number | null {
  if (before === null) return shareExpires;
  return before.expires === null || shareExpires === null ? null : Math.max(before.expires, shareExpires);
}

function told({ owner, server }: Shared): string {
  return `the server ${serverKey(owner, server)}`;
}

function toldPeople({ kind, name }: Grantee): string {
  return kind === 'everyone' ? 'everyone' : `${kind} ${name}`;
}
