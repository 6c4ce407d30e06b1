import { type Admission, isAdmitted } from '../domain/admission.ts';
import type { Caller } from '../domain/caller.ts';
import { FORMER_PREFIX, FORMER_SHARED_MAX, type VerifyFormer } from '../domain/former-hub.ts';
import { scopesOfService, scopesOfToken } from '../domain/granted-scopes.ts';
import type { Clock, Digest } from '../domain/ports.ts';
import type { Roles } from '../domain/role.ts';
import type { Service } from '../domain/service.ts';
import { isSessionAlive } from '../domain/session.ts';
import { sharesWith } from '../domain/shares-with.ts';
import type { Store } from '../domain/store.ts';
import type { Token } from '../domain/token.ts';
import type { User } from '../domain/user.ts';
import { findClient, targetOfClient } from './find-client.ts';

export type IdentifyToken = (word: string) => Caller | null;

// JupyterHub notes the use of a token at most this often.
const RESOLUTION_MS = 30_000;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly roles: Roles;
  readonly admission: () => Admission;
  /** Absent: no token of a former hub is taken. */
  readonly verifyFormer?: VerifyFormer;
}

/**
 * Who shows this token, with what it may do now, or null: unknown, expired, its session is over, or its owner
 * left the list. A server's own token stays good while the server does, so that a notebook in its grace can
 * still report and save.
 */
export function makeIdentifyToken(ports: Ports): IdentifyToken {
  const { store, clock, digest } = ports;
  return (word) => {
    if (word === '') return null;
    const hash = digest(word);
    const token = store.tokens.get(hash) ?? adoptFormer(ports, word, hash);
    if (token === undefined) return identifyService(ports, hash);
    const now = clock.now();
    const owner = store.users.get(token.user);
    if (owner === undefined || !isTokenGood(ports, token, owner, now)) return null;
    const client = token.clientId === null ? null : findClient(store, token.clientId);
    // Stop or removal takes the client with its tokens; whatever outlived it opens nothing.
    if (token.clientId !== null && client === null) return null;
    const user = noteUse(store, token, owner, now);
    const scopes = scopesOfToken(token, user, ports.roles, {
      client: client === null ? undefined : targetOfClient(client),
      shares: sharesWith(store, user, now),
      groupsOf: (name) => store.users.get(name)?.groups ?? [],
    });
    return { kind: 'token', user, token, scopes };
  };
}

/**
 * A token of a former hub that is shown for the first time: from now on it is kept as ours are. It costs as much as
 * JupyterHub took for it, and only where a token with this beginning is still waiting.
 */
function adoptFormer({ store, verifyFormer }: Ports, word: string, hash: string): Token | undefined {
  const waiting = store.tokens.where('former', word.slice(0, FORMER_PREFIX));
  if (waiting.length === 0 || verifyFormer === undefined) return undefined;
  const found = waiting.slice(0, FORMER_SHARED_MAX).find((one) => verifyFormer(word, one.hash));
  if (found === undefined) return undefined;
  const { former: _, ...rest } = found;
  const own: Token = { ...rest, hash };
  store.touch((drafts) => {
    drafts.tokens.delete(found.hash);
    drafts.tokens.put(own);
  });
  return own;
}

function isTokenGood(ports: Ports, token: Token, owner: User, now: number): boolean {
  if (token.expires !== null && token.expires <= now) return false;
  if (token.server === null && !isAdmitted(ports.admission(), owner.name, owner)) return false;
  if (token.sessionId === null) return true;
  return ports.store.sessions
    .where('sharedId', token.sessionId)
    .some((session) => session.user === owner.name && isSessionAlive(session, now));
}

/**
 * The owner as they are with this use noted. A server's own token is no sign of its user: else no server
 * would ever be idle (contract §2.6).
 */
function noteUse(store: Store, token: Token, owner: User, now: number): User {
  if (now - (token.lastActivity ?? 0) < RESOLUTION_MS) return owner;
  const seen =
    token.server === null ? { ...owner, lastActivity: Math.max(owner.lastActivity ?? 0, now) } : owner;
  store.touch((drafts) => {
    drafts.tokens.put({ ...token, lastActivity: now });
    if (seen !== owner) drafts.users.put(seen);
  });
  return seen;
}

function identifyService(ports: Ports, hash: string): Caller | null {
  const service: Service | undefined = ports.store.services.where('tokenHash', hash)[0];
  if (service === undefined) return null;
  const now = ports.clock.now();
  if (now - (service.lastActivity ?? 0) >= RESOLUTION_MS) {
    ports.store.touch((drafts) => drafts.services.put({ ...service, lastActivity: now }));
  }
  return { kind: 'service', service, scopes: scopesOfService(service, ports.roles) };
}
