import { Attempts } from '../domain/attempts.ts';
import type { Clock, Digest, Random } from '../domain/ports.ts';
import { serverKey } from '../domain/server.ts';
import { SESSION_MAX_AGE_MS } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { CODE_MAX_AGE_MS, type OAuthCode } from '../domain/token.ts';
import { type Client, findClient } from './find-client.ts';
import type { GuestBook } from './guest-book.ts';

/** The form of the token request, Basic credentials already put into its place. */
export interface ExchangeRequest {
  readonly grantType: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly code: string | null;
  readonly redirectUri: string | null;
  readonly verifier: string | null;
  /** Who asks: guesses are counted by it. */
  readonly address: string;
}

export type ExchangeAnswer =
  | {
      readonly kind: 'token';
      readonly token: string;
      readonly expiresIn: number;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'error';
      readonly status: 400 | 401 | 429;
      readonly error: string;
      readonly description?: string;
      /** Seconds after which another try is looked at. */
      readonly retryAfter?: number;
    };

export type ExchangeCode = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  /** SHA-256 of a PKCE verifier, base64url. */
  readonly challengeOf: (verifier: string) => string;
  readonly guests: Pick<GuestBook, 'note'>;
}

// A whole lab may stand behind one address, and a code that came too late is no guess. Secrets and codes have 128 bits:
// what is slowed down is the noise.
const GUESSES = { free: 50, forgive: 10_000, longest: 30_000 };

/**
 * Who was wrong too often waits before another try is looked at. Each try counts until it turns out to be right,
 * so that many at once are many.
 */
export function makeExchangeCode(ports: Ports): ExchangeCode {
  const exchange = makeExchange(ports);
  const guesses = new Attempts(GUESSES);
  return async (request) => {
    const now = ports.clock.now();
    const wait = guesses.wait(request.address, now);
    if (wait > 0) return tooMany(Math.ceil(wait / 1000));
    guesses.made(request.address, now);
    const answer = await exchange(request);
    if (answer.kind === 'token') guesses.takeBack(request.address);
    return answer;
  };
}

function tooMany(retryAfter: number): ExchangeAnswer {
  const description = `Too many wrong secrets or codes from this address. Try again in ${retryAfter} s.`;
  return { kind: 'error', status: 429, error: 'temporarily_unavailable', description, retryAfter };
}

/**
 * The token step of the code grant (contract §2.4). The code is taken and the token made in one change: of
 * two parallel exchanges one gets a token. No refresh tokens, like JupyterHub.
 */
function makeExchange(ports: Ports): ExchangeCode {
  const { store, clock, random, digest } = ports;
  return async (request) => {
    if (request.grantType !== 'authorization_code') return fail('unsupported_grant_type');
    const client = authenticated(ports, request);
    if (client === null) return { kind: 'error', status: 401, error: 'invalid_client' };
    if (request.code === null) return fail('invalid_request', 'Missing code parameter.');
    const code = store.codes.get(digest(request.code));
    if (code === undefined || code.clientId !== client.id || isTooOld(code, clock.now())) {
      return fail('invalid_grant');
    }
    if (request.redirectUri !== code.redirectUri) return fail('invalid_request', 'Mismatching redirect URI.');
    if (!isProven(ports, code, request.verifier)) {
      // Who has the code but not the word it was made for has stolen it.
      await store.change((drafts) => drafts.codes.delete(code.hash));
      return fail('invalid_grant');
    }
    const token = random.hex(16);
    const taken = await store.change((drafts) => {
      if (store.codes.get(code.hash) === undefined) return false;
      drafts.codes.delete(code.hash);
      drafts.tokens.put(tokenOf(code, client, digest(token), clock.now()));
      return true;
    });
    if (!taken) return fail('invalid_grant');
    noteGuest(ports, client, code);
    return { kind: 'token', token, expiresIn: SESSION_MAX_AGE_MS / 1000, scopes: code.scopes };
  };
}

/** From now on the visitor's sockets in that server may be open, whatever becomes of session and token. */
function noteGuest({ guests }: Ports, { target }: Client, { user, sessionId }: OAuthCode): void {
  if (target.kind === 'server' && user !== target.user)
    guests.note(serverKey(target.user, target.server), user, sessionId);
}

function fail(error: string, description?: string): ExchangeAnswer {
  return { kind: 'error', status: 400, error, ...(description === undefined ? {} : { description }) };
}

/** Digests are compared, not secrets: how long that takes tells nothing of the secret. */
function authenticated({ store, digest }: Ports, request: ExchangeRequest): Client | null {
  if (request.clientId === null || request.clientSecret === null || request.clientSecret === '') return null;
  const client = findClient(store, request.clientId);
  return client !== null && digest(request.clientSecret) === client.secretHash ? client : null;
}

function isTooOld(code: OAuthCode, now: number): boolean {
  return now - code.created > CODE_MAX_AGE_MS;
}

function isProven({ challengeOf }: Ports, code: OAuthCode, verifier: string | null): boolean {
  if (code.challenge === null) return true;
  return verifier !== null && challengeOf(verifier) === code.challenge;
}

function tokenOf(code: OAuthCode, client: Client, hash: string, now: number) {
  return {
    hash,
    id: `a${hash.slice(0, 12)}`,
    user: code.user,
    note: '',
    scopes: code.scopes,
    created: now,
    lastActivity: null,
    expires: now + SESSION_MAX_AGE_MS,
    sessionId: code.sessionId,
    clientId: client.id,
    server: null,
  };
}
