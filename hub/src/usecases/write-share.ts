import type { Clock, Digest, Random } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { serverKey } from '../domain/server.ts';
import {
  accessScope,
  CODES_MAX,
  type Grantee,
  isShareAlive,
  limitToServer,
  SHARES_MAX,
  type Share,
  type ShareCode,
  shareKey,
} from '../domain/share.ts';
import type { Drafts, Store } from '../domain/store.ts';

/** A server, by its owner and its name. */
export interface Shared {
  readonly owner: string;
  readonly server: string;
}

/** The sender, for the record and for the audit log. */
export interface Giver {
  readonly by: string;
  readonly address: string;
}

export interface GrantRequest extends Shared, Giver {
  readonly to: Grantee;
  /** Null: entry to the server, nothing else. Each is limited to it, or limited by the caller already. */
  readonly scopes: readonly string[] | null;
  /** Undefined: as it was, and without an end if it is new. */
  readonly expires?: number | null | undefined;
}

export interface CodeRequest extends Shared, Giver {
  readonly scopes: readonly string[] | null;
  readonly expires: number;
  readonly shareExpires: number | null;
}

/**
 * Gives entry, or adds to what was given; what has ended counts as not given.
 *
 * @throws Problem HTTP-404 when server or people are not there; SHARE-001 when there are too many; RangeError for a
 *   scope that is limited to something else.
 */
export function putShare(store: Store, drafts: Drafts, request: GrantRequest, now: number): Share {
  const { owner, server, to, by } = request;
  checkServer(store, request);
  const people = to.kind === 'user' ? store.users : store.groups;
  if (to.kind !== 'everyone' && people.get(to.name) === undefined) throw new Problem('HTTP-404');
  const before = store.shares.get(shareKey(request));
  const known = before !== undefined && isShareAlive(before, now) ? before : null;
  if (before === undefined && store.shares.where('server', serverKey(owner, server)).length >= SHARES_MAX) {
    throw new Problem('SHARE-001', { count: SHARES_MAX });
  }
  const asked = limitToServer(request.scopes ?? [accessScope(owner, server)], owner, server);
  const scopes = [...new Set([...(known?.scopes ?? []), ...asked])].sort();
  const expires = request.expires === undefined ? (known?.expires ?? null) : request.expires;
  const share: Share = {
    owner,
    server,
    to,
    scopes,
    expires,
    created: known?.created ?? now,
    by: known?.by ?? by,
  };
  drafts.shares.put(share);
  return share;
}

/** A link's record and the word that goes into it. */
export function newCode(
  { clock, random, digest }: { readonly clock: Clock; readonly random: Random; readonly digest: Digest },
  { owner, server, scopes, expires, shareExpires, by }: CodeRequest,
): { readonly code: ShareCode; readonly word: string } {
  const word = random.word(32);
  const limited = limitToServer(scopes ?? [accessScope(owner, server)], owner, server);
  const life = { created: clock.now(), expires, shareExpires, exchangeCount: 0, lastExchanged: null };
  return {
    word,
    code: { hash: digest(word), id: `sc_${random.hex(6)}`, owner, server, scopes: limited, by, ...life },
  };
}

/** @throws Problem HTTP-404 when the server is not there; SHARE-001 when there are too many links to it. */
export function putCode(store: Store, drafts: Drafts, code: ShareCode, now: number): void {
  checkServer(store, code);
  const others = store.shareCodes.where('server', serverKey(code.owner, code.server));
  const dead = others.filter(({ expires }) => expires <= now);
  for (const { hash } of dead) drafts.shareCodes.delete(hash);
  if (others.length - dead.length >= CODES_MAX) {
    throw new Problem('SHARE-001', { count: CODES_MAX });
  }
  drafts.shareCodes.put(code);
}

/** The default server is everybody's from the first day; a named one must have been made. */
function checkServer(store: Store, { owner, server }: Shared): void {
  const there = server === '' || store.servers.get(serverKey(owner, server)) !== undefined;
  if (store.users.get(owner) === undefined || !there) throw new Problem('HTTP-404');
}
