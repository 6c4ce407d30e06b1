import { type Admission, isAdmitted, listedAdmin } from '../domain/admission.ts';
import type { Identity } from '../domain/identity.ts';
import type { Clock, Digest, Drafts, Facts, Random, Store } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';

/** Whoever a door has let through: a name that is good already, and from where. */
export interface OpenSessionRequest {
  readonly name: string;
  readonly identity: Identity;
  readonly address: string;
  readonly userAgent: string;
  /** The session this browser had: it ends, whoever it was. */
  readonly previous: Session | null;
}

export interface OpenedSession {
  readonly user: User;
  readonly session: Session;
  /** The cookie's word. It is kept nowhere else. */
  readonly word: string;
}

// A script that signs in for each call must not fill the store.
const SESSIONS_MAX = 50;

export type OpenSession = (request: OpenSessionRequest) => Promise<OpenedSession>;

/**
 * The last step of every sign-in: admitted? the same person as last time? then an account, if there is
 * none, and a session.
 *
 * @throws Problem AUTH-002 not admitted, AUTH-008 a recycled name.
 */
export function makeOpenSession(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly admission: () => Admission;
}): OpenSession {
  const { store, clock, random, digest, facts, admission } = ports;

  return async (request) => {
    const known = store.users.get(request.name);
    if (!isAdmitted(admission(), request.name, known)) {
      facts.tell({ kind: 'sign-in-refused', code: 'AUTH-002', ...whence(request) });
      throw new Problem('AUTH-002', { name: request.name });
    }
    if (isSomebodyElse(store, known, request)) {
      facts.tell({ kind: 'sign-in-refused', code: 'AUTH-008', ...whence(request) });
      throw new Problem('AUTH-008', { name: request.name, provider: request.identity.provider });
    }
    const now = clock.now();
    const word = random.word(32);
    const user = accountOf(known, request, listedAdmin(admission(), request.name), now);
    const session: Session = {
      idHash: digest(word),
      user: user.name,
      sharedId: random.hex(16),
      provider: request.identity.provider,
      created: now,
      lastSeen: now,
      address: request.address,
      userAgent: request.userAgent.slice(0, 200),
      authState: null,
      providerSession: request.identity.providerSession,
    };
    await store.change((drafts) => {
      drafts.users.put(user);
      if (request.previous !== null) endSession(store, drafts, request.previous);
      for (const old of tooMany(store, user.name)) endSession(store, drafts, old);
      drafts.sessions.put(session);
    });
    facts.tell({
      kind: 'signed-in',
      user: user.name,
      provider: request.identity.provider,
      address: request.address,
    });
    return { user, session, word };
  };
}

/** Ends every token of a person but their servers' own, which live and die with the server. */
export function forgetTokens(store: Store, drafts: Drafts, user: string): void {
  for (const token of store.tokens.where('user', user)) {
    if (token.server === null) drafts.tokens.delete(token.hash);
  }
  for (const code of store.codes.where('user', user)) drafts.codes.delete(code.hash);
}

/** The oldest sessions that have to go so that one more keeps within the bound. */
function tooMany(store: Store, user: string): readonly Session[] {
  const sessions = store.sessions.where('user', user).toSorted((a, b) => a.lastSeen - b.lastSeen);
  return sessions.slice(0, Math.max(0, sessions.length - SESSIONS_MAX + 1));
}

/** Ends a session with every token that a notebook got through it (contract §2.7, "Logout"). */
export function endSession(store: Store, drafts: Drafts, session: Session): void {
  drafts.sessions.delete(session.idHash);
  for (const token of store.tokens.where('sessionId', session.sharedId)) drafts.tokens.delete(token.hash);
  for (const code of store.codes.where('user', session.user)) {
    if (code.sessionId === session.sharedId) drafts.codes.delete(code.hash);
  }
}

/**
 * An account is a provider's person only when it was bound to that very id. One that a password or another
 * provider opens already belongs to whoever holds those: the same name over there may be anybody's.
 */
function isSomebodyElse(store: Store, known: User | undefined, request: OpenSessionRequest): boolean {
  if (known === undefined || request.identity.id === null) return false;
  const bound = known.identities[request.identity.provider];
  if (bound !== undefined) return bound !== request.identity.id;
  return store.credentials.get(known.name) !== undefined || Object.keys(known.identities).length > 0;
}

function accountOf(
  known: User | undefined,
  request: OpenSessionRequest,
  admin: boolean | null,
  now: number,
): User {
  const before: User = known ?? {
    name: request.name,
    admin: false,
    groups: [],
    created: now,
    lastActivity: null,
    identities: {},
    invited: false,
  };
  const identities =
    request.identity.id === null
      ? before.identities
      : { ...before.identities, [request.identity.provider]: request.identity.id };
  return { ...before, admin: admin ?? before.admin, lastActivity: now, identities };
}

function whence(request: OpenSessionRequest): { name: string; provider: string; address: string } {
  return { name: request.name, provider: request.identity.provider, address: request.address };
}
