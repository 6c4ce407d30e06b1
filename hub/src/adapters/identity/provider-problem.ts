import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { Problem } from '../../domain/problem.ts';

/** A provider did what it should not. The message is one of our own sentences, good for the log. */
export class Misbehaved extends Error {
  /** HTTP's, where that says it. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/**
 * Whatever went wrong with a provider, as a problem of the catalogue. Details are made of codes and of our
 * libraries' own sentences: never of what was sent or answered, where codes, tokens and names stand.
 */
export function providerProblem(error: unknown, provider: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') {
    return new Problem('AUTH-006', { provider, detail: 'access_denied' });
  }
  return new Problem('AUTH-007', { provider, detail: detailOf(error) });
}

/**
 * What the provider itself says against this person's tokens: `expired`, they are good for nothing any more
 * (Keycloak says the same of a session that slept for half an hour and of an account that was closed, so all
 * that follows is a new sign-in), or `refused`, they are good and the person is not. Null: neither. A fault
 * of the client's (`invalid_client`) is the administrator's, not the person's.
 */
export function verdictOf(error: unknown): 'expired' | 'refused' | null {
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'expired' : null;
  const told = error instanceof WWWAuthenticateChallengeError || error instanceof Misbehaved;
  if (!told || (error.status !== 401 && error.status !== 403)) return null;
  return error.status === 401 ? 'expired' : 'refused';
}

function detailOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError)
    return `it sent the browser back with ${word(error.error)}`;
  if (error instanceof ResponseBodyError) return `it answered ${error.status} ${word(error.error)}`;
  if (error instanceof WWWAuthenticateChallengeError) return `it answered ${error.status}`;
  const chain = chainOf(error);
  return chain.map(knownDetail).findLast((known) => known !== null) ?? 'an unforeseen failure';
}

/** An error with what caused it, and what caused that. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

/** In the sentences of oauth4webapi stand names of fields, never their values; those are in `cause`. */
function knownDetail(error: Error): string | null {
  if (error instanceof Misbehaved) return error.message;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof Response) return `it answered ${cause.status}`;
  const claim = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'claim') : undefined;
  if (typeof claim === 'string') return `its identity token has a wrong ${word(claim)}`;
  const code = 'code' in error ? String(error.code) : '';
  if (/^E[A-Z_]+$|^UND_|^(CERT|DEPTH|SELF|UNABLE)_/.test(code)) return `it cannot be reached (${word(code)})`;
  return code.startsWith('OAUTH_') ? `${error.message.slice(0, 160)} (${word(code)})` : null;
}

/** Only what an error code may be made of: a provider could put anything there. */
function word(text: string): string {
  return /^[\w.:-]{1,60}$/.test(text) ? text : 'an unreadable code';
}
