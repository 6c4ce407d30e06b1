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
 * Whether the provider itself says that this person, or what they hold, is no longer good. A fault of the
 * client's (`invalid_client`) or an empty word is none: the person has nothing to do with it.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant';
  const told = error instanceof WWWAuthenticateChallengeError || error instanceof Misbehaved;
  return told && (error.status === 401 || error.status === 403);
}

function detailOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError)
    return `it sent the browser back with ${word(error.error)}`;
  if (error instanceof ResponseBodyError) return `it answered ${error.status} ${word(error.error)}`;
  if (error instanceof WWWAuthenticateChallengeError) return `it answered ${error.status}`;
  if (error instanceof Misbehaved) return error.message;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const known = knownDetail(at);
    if (known !== null) return known;
  }
  return 'an unforeseen failure';
}

function knownDetail(error: Error): string | null {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof Response) return `it answered ${cause.status}`;
  // oauth4webapi: { expected, claims, claim }.
  const claim = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'claim') : undefined;
  if (typeof claim === 'string') return `its identity token has a wrong ${word(claim)}`;
  const code = 'code' in error ? String(error.code) : '';
  if (/^E[A-Z_]+$|^UND_|^(CERT|DEPTH|SELF|UNABLE)_/.test(code)) return `it cannot be reached (${word(code)})`;
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return 'no answer in time';
  return code.startsWith('OAUTH_') ? `${error.message.slice(0, 160)} (${word(code)})` : null;
}

/** Only what an error code may be made of: a provider could put anything there. */
function word(text: string): string {
  return /^[\w.:-]{1,60}$/.test(text) ? text : 'an unreadable code';
}
