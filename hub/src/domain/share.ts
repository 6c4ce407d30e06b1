import { serverKey } from './server.ts';

/** Who is given entry. `everyone`: every account that may sign in, now and later. */
export type Grantee =
  | { readonly kind: 'user' | 'group'; readonly name: string }
  | { readonly kind: 'everyone'; readonly name: '' };

export const EVERYONE: Grantee = { kind: 'everyone', name: '' };

/** Entry to one server, given by its owner or an administrator. JupyterHub's, with an end and with `everyone`. */
export interface Share {
  readonly owner: string;
  readonly server: string;
  readonly to: Grantee;
  /** Each limited to this very server (`access:servers!server=alice/`), sorted. */
  readonly scopes: readonly string[];
  readonly created: number;
  /** Milliseconds since the epoch from which on it gives nothing; null: until it is taken back. */
  readonly expires: number | null;
  /** Who gave it: a user's or a service's name. */
  readonly by: string;
}

/** A link with which whoever is signed in gives themselves a share. Kept as its hash: it is shown once. */
export interface ShareCode {
  /** SHA-256 of the code: the key. */
  readonly hash: string;
  /** `sc_…`: how the API names it. */
  readonly id: string;
  readonly owner: string;
  readonly server: string;
  readonly scopes: readonly string[];
  readonly created: number;
  /** The link opens nothing from then on; what was got through it stays. */
  readonly expires: number;
  /** The end of what is got through it; null: until it is taken back. */
  readonly shareExpires: number | null;
  readonly exchangeCount: number;
  readonly lastExchanged: number | null;
  readonly by: string;
}

const MINUTE = 60;
const YEAR = 365 * 24 * 3600;

/** Seconds that a link may live (JupyterHub: a minute to a year, a day if nothing is said). */
export const CODE_SECONDS = { least: MINUTE, most: YEAR, unless: 24 * 3600 };

/** Seconds until a share may end. */
export const SHARE_SECONDS = { least: MINUTE, most: 10 * YEAR };

/** Shares of one server, and links to it: a script in a loop must not fill the store. */
export const SHARES_MAX = 1000;
export const CODES_MAX = 100;

/** Key of a share: a server is shared at most once with the same people. `/` stands in no name before the last. */
export function shareKey({ owner, server, to }: Pick<Share, 'owner' | 'server' | 'to'>): string {
  return `${serverKey(owner, server)}/${granteeKey(to)}`;
}

/** `user/bob`, `group/staff`, `everyone/`: what a share is looked up by for those whom it lets in. */
export function granteeKey(to: Grantee): string {
  return `${to.kind}/${to.name}`;
}

/** Whether it still gives something: the end counts at once, whenever the record goes. */
export function isShareAlive(share: Pick<Share, 'expires'>, now: number): boolean {
  return share.expires === null || share.expires > now;
}

/** What a share gives when nothing else is said. */
export function accessScope(owner: string, server: string): string {
  return `access:servers!server=${serverKey(owner, server)}`;
}

/**
 * The scopes with this server's filter on each, sorted. What is limited to anything else is refused: a share is
 * of one server.
 *
 * @throws RangeError with JupyterHub's sentence.
 */
export function limitToServer(scopes: readonly string[], owner: string, server: string): readonly string[] {
  const filter = `server=${serverKey(owner, server)}`;
  const limited = scopes.map((scope) => {
    const at = scope.indexOf('!');
    if (at >= 0 && scope.slice(at + 1) !== filter) {
      throw new RangeError(`${scope.slice(at)} not allowed on sharing ${scope}, only !${filter}`);
    }
    return `${at < 0 ? scope : scope.slice(0, at)}!${filter}`;
  });
  return [...new Set(limited)].sort();
}
