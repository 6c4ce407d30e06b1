import { type Caller, callerName } from '../domain/caller.ts';
import { scopesOfUser } from '../domain/granted-scopes.ts';
import type { Clock, Digest, Random } from '../domain/ports.ts';
import type { Roles } from '../domain/role.ts';
import { contains, excess, expandScopes, isScope, tidy } from '../domain/scope.ts';
import { sharesWith } from '../domain/shares-with.ts';
import type { Store } from '../domain/store.ts';
import type { Token } from '../domain/token.ts';
import type { User } from '../domain/user.ts';

export interface IssueTokenRequest {
  readonly caller: Caller;
  readonly owner: User;
  readonly note: string | null;
  /** Seconds, or null for as long as allowed. */
  readonly expiresIn: number | null;
  /** Null: everything that the owner may do. */
  readonly scopes: readonly string[] | null;
  /** Names of roles whose scopes it gets: the way before scopes. */
  readonly roles: readonly string[] | null;
}

export type IssueTokenAnswer =
  | { readonly kind: 'issued'; readonly token: Token; readonly word: string }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 429; readonly message: string };

export type IssueToken = (request: IssueTokenRequest) => Promise<IssueTokenAnswer>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly roles: Roles;
  /** Longest life of a token in seconds (`token_expires_in_max_seconds`), or null. */
  readonly maxSeconds: number | null;
}

// A script in a loop must not fill the store; nobody keeps track of so many.
const TOKENS_MAX = 1000;
const NOTE_MAX = 1023;
const TEN_YEARS = 10 * 365 * 24 * 3600;

/**
 * Makes an API token. Stricter than JupyterHub, which looks at the owner only: nobody makes a token that may
 * do more, or lives longer, than what they asked with. What a client was given for a person's session makes tokens of that
 * client, that session and that person.
 */
export function makeIssueToken(ports: Ports): IssueToken {
  const { store, clock, random, digest } = ports;
  return async (request) => {
    const { owner, caller } = request;
    const scopes = wantedScopes(ports.roles, request);
    const fault =
      typeof scopes === 'string'
        ? { status: 400 as const, message: scopes }
        : faultOf(ports, request, scopes);
    if (fault !== null || typeof scopes === 'string') return { kind: 'refused', ...(fault as Refused) };
    const now = clock.now();
    const expires = expiry(ports, request, now);
    if (typeof expires === 'string') return { kind: 'refused', status: 400, message: expires };

    const word = random.hex(16);
    const hash = digest(word);
    const own = caller.kind !== 'service' && caller.user.name === owner.name;
    const by = own ? '' : ` by ${caller.kind === 'service' ? 'service' : 'user'} ${callerName(caller)}`;
    const token: Token = {
      hash,
      id: `a${hash.slice(0, 12)}`,
      user: owner.name,
      note: (request.note ?? `Requested via api${by}`).slice(0, NOTE_MAX),
      scopes,
      created: now,
      lastActivity: null,
      expires,
      ...holderOf(caller),
      server: null,
    };
    await store.change((drafts) => drafts.tokens.put(token));
    return { kind: 'issued', token, word };
  };
}

interface Refused {
  readonly status: 400 | 403 | 429;
  readonly message: string;
}

/** The scopes asked for, or what is wrong with the question. */
function wantedScopes(roles: Roles, request: IssueTokenRequest): readonly string[] | string {
  if (request.scopes !== null && request.roles !== null) {
    return 'Specify only one of scopes or roles for a token';
  }
  if (request.scopes !== null) {
    const unknown = request.scopes.find((scope) => !isScope(scope));
    return unknown === undefined ? request.scopes : `Scope '${unknown}' does not exist`;
  }
  if (request.roles === null) return ['inherit'];
  const unknown = request.roles.find((name) => !roles.has(name));
  if (unknown !== undefined) return `No such role: ${unknown}`;
  return [...new Set(request.roles.flatMap((name) => roles.get(name)?.scopes ?? []))];
}

function faultOf(ports: Ports, request: IssueTokenRequest, scopes: readonly string[]): Refused | null {
  const { owner, caller } = request;
  const groupsOf = (name: string): readonly string[] => ports.store.users.get(name)?.groups ?? [];
  const ownerScopes = scopesOfUser(owner, ports.roles, sharesWith(ports.store, owner, ports.clock.now()));
  const inherits = scopes.includes('inherit');
  const asked = expandScopes(
    scopes.filter((scope) => scope !== 'inherit'),
    { user: owner.name },
  );
  // What stands beside `inherit` must be the owner's as well, as in JupyterHub.
  const wanted = inherits ? tidy([...ownerScopes, ...asked]) : asked;
  const beyondOwner = excess(ownerScopes, wanted, groupsOf);
  if (beyondOwner.length > 0) {
    const message = `Not assigning requested scopes ${beyondOwner.join(',')} not held by User ${owner.name}`;
    return { status: 400, message };
  }
  // `inherit` grows with its owner; only who grows with somebody may hand that on.
  const fixed = caller.kind === 'token' && !caller.token.scopes.includes('inherit');
  if ((inherits && fixed) || !contains(caller.scopes, wanted, groupsOf)) {
    return { status: 403, message: 'A token cannot be given more than the credentials it is requested with' };
  }
  const { clientId } = holderOf(caller);
  // It hangs on the session of the one who signed in, and could not hang on another's.
  if (clientId !== null && callerName(caller) !== owner.name) {
    return { status: 403, message: 'A token given to a client makes tokens for its own user only' };
  }
  // Each holder has their own bound: one who fills theirs leaves the others room.
  const held = ports.store.tokens.where('user', owner.name).filter((token) => isHeldBy(token, clientId));
  if (held.length >= TOKENS_MAX) {
    return { status: 429, message: `User ${owner.name} has ${TOKENS_MAX} tokens: delete some first` };
  }
  return null;
}

/**
 * Whom a new token belongs to: the person, or the client that asks with one of its own. A client's goes with the session
 * that gave it the first, with the client, and with its revocation; else it would keep what was taken from it.
 */
function holderOf(caller: Caller): Pick<Token, 'sessionId' | 'clientId'> {
  if (caller.kind !== 'token') return { sessionId: null, clientId: null };
  const { sessionId, clientId } = caller.token;
  return { sessionId, clientId };
}

/** A server's own comes and goes by itself. */
function isHeldBy(token: Token, clientId: string | null): boolean {
  return token.clientId === clientId && token.server === null;
}

/** Milliseconds since the epoch, null for never, or what is wrong. */
function expiry(ports: Ports, { caller, expiresIn }: IssueTokenRequest, now: number): number | null | string {
  const max = ports.maxSeconds;
  if (expiresIn !== null && (expiresIn <= 0 || expiresIn > TEN_YEARS)) {
    return `token expires_in: ${expiresIn} must be between 1 and ${TEN_YEARS}`;
  }
  if (expiresIn !== null && max !== null && expiresIn > max) {
    return `token expires_in: ${expiresIn} must not exceed ${max}`;
  }
  const wanted = expiresIn ?? max;
  const own = caller.kind === 'token' ? caller.token.expires : null;
  if (own === null) return wanted === null ? null : now + wanted * 1000;
  if (expiresIn !== null && now + expiresIn * 1000 > own) {
    return `token expires_in: ${expiresIn} must not outlive the token it is requested with`;
  }
  return Math.min(own, wanted === null ? own : now + wanted * 1000);
}
