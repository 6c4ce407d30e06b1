import { type Admission, accountAfter, isAdmittedAs, isNameWanted, nameHere } from '../domain/admission.ts';
import type { AuthState, Identity } from '../domain/identity.ts';
import type { Clock, Digest, Facts, Random, Sealer } from '../domain/ports.ts';
import { Problem, type ProblemCode } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { newUser, type User } from '../domain/user.ts';
import { endSession } from './end-session.ts';
import { takeBack } from './kept-volume.ts';
import { endTrials, isSomebodyElses } from './whose-account.ts';

/** Whoever a door has let through: a name that is good already, and from where. */
export interface OpenSessionRequest {
  /** As the door knows it; `username_map` is applied here. */
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

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly sealer: Sealer;
  readonly facts: Facts;
  readonly admission: () => Admission;
}

// A script that signs in for each call must not fill the store.
const SESSIONS_MAX = 50;
// Larger than any provider's tokens and claims; a session must not become a store of its own.
const AUTH_STATE_MAX = 64 * 1024;

export type OpenSession = (request: OpenSessionRequest) => Promise<OpenedSession>;

/**
 * The last step of every sign-in: admitted? the same person as last time? then an account, if there is
 * none, with what the provider says of it, and a session.
 *
 * @throws Problem AUTH-002 not admitted, AUTH-008 a recycled name.
 */
export function makeOpenSession(ports: Ports): OpenSession {
  const { store, clock, random, digest, facts, admission } = ports;

  return async (request) => {
    const { settings } = admission();
    const { identity } = request;
    // A local account is looked up by the name it has here.
    const name = identity.provider === 'local' ? request.name : nameHere(settings, request.name);
    const refuse = (code: ProblemCode): never => {
      const { provider } = identity;
      facts.tell({ kind: 'sign-in-refused', code, name, provider, address: request.address });
      throw new Problem(code, { name, provider });
    };
    const now = clock.now();
    const known = store.users.get(name);
    const user = {
      ...accountAfter(admission(), known ?? newUser(name, now), identity, now),
      lastActivity: now,
    };
    if (!isNameWanted(settings, name) || !isAdmittedAs(admission(), user, known)) refuse('AUTH-002');
    if (isSomebodyElses(store, name, identity)) refuse('AUTH-008');
    const word = random.word(32);
    const idHash = digest(word);
    const session: Session = {
      idHash,
      user: name,
      sharedId: random.hex(16),
      provider: identity.provider,
      created: now,
      lastSeen: now,
      address: request.address,
      userAgent: request.userAgent.slice(0, 200),
      authState: sealAuthState(ports.sealer, identity.authState, idHash),
      providerSession: identity.providerSession,
    };
    await store.change((drafts) => {
      endTrials(store, drafts, name, identity);
      putAccount(store, drafts, user, now);
      takeBack(store, drafts, name);
      if (request.previous !== null) endSession(store, drafts, request.previous);
      for (const old of tooMany(store, name)) endSession(store, drafts, old);
      drafts.sessions.put(session);
    });
    facts.tell({ kind: 'signed-in', user: name, provider: identity.provider, address: request.address });
    return { user, session, word };
  };
}

/** Writes an account, and the groups that it is in and that are not there yet: as JupyterHub makes them. */
export function putAccount(store: Store, drafts: Drafts, user: User, now: number): void {
  drafts.users.put(user);
  for (const name of user.groups) {
    if (store.groups.get(name) === undefined) drafts.groups.put({ name, properties: {}, created: now });
  }
}

/** Seals what a provider gave, for one session and no other. */
export function sealAuthState(sealer: Sealer, authState: AuthState | null, idHash: string): string | null {
  if (authState === null) return null;
  const text = JSON.stringify(authState);
  return text.length > AUTH_STATE_MAX ? null : sealer.seal(text, bindingOf(idHash));
}

/** What a provider gave at this sign-in, or null: nothing, or no key of ours opens it. */
export function openAuthState(
  sealer: Sealer,
  { authState, idHash }: Pick<Session, 'authState' | 'idHash'>,
): AuthState | null {
  const text = authState === null ? null : sealer.open(authState, bindingOf(idHash));
  const read: unknown = text === null ? null : JSON.parse(text);
  return isRecord(read) ? read : null;
}

function isRecord(value: unknown): value is AuthState {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bindingOf(idHash: string): string {
  return `session ${idHash}`;
}

/** The oldest sessions that have to go so that one more keeps within the bound. */
function tooMany(store: Store, user: string): readonly Session[] {
  const sessions = store.sessions.where('user', user).toSorted((a, b) => a.lastSeen - b.lastSeen);
  return sessions.slice(0, Math.max(0, sessions.length - SESSIONS_MAX + 1));
}
