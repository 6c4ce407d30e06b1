import { Passport, type Strategy } from 'passport';
import type { Identity } from '../../domain/identity.ts';
import { Problem } from '../../domain/problem.ts';

/** What our strategies' state stores look at beside the query. */
export interface PassportRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly visitor: string;
  readonly next: string;
}

export type Outcome =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'user'; readonly user: Identity; readonly next: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly detail: string; readonly problem?: Problem };

/**
 * One step of a passport strategy outside Express: passport gets a bare request and a response of the three
 * methods that it uses. Sessions are ours, so passport keeps none.
 */
export function runPassport(
  strategy: Strategy,
  name: string,
  request: PassportRequest,
  deadline: number,
): Promise<Outcome> {
  const passport = new Passport();
  passport.use(name, strategy);
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ kind: 'failed', detail: `no answer within ${deadline / 1000} s` }),
      deadline,
    );
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const response = {
      statusCode: 200,
      location: '',
      setHeader(header: string, value: string) {
        if (header.toLowerCase() === 'location') this.location = value;
      },
      end() {
        finish({ kind: 'redirect', location: this.location });
      },
    };
    const done = (error: unknown, user?: unknown, info?: unknown): void =>
      finish(outcomeOf(error, user, info));
    const authenticate = passport.authenticate(name, { session: false }, done);
    authenticate({ ...request, headers: {} }, response, (error: unknown) =>
      done(error ?? new Error('passport went on')),
    );
  });
}

function outcomeOf(error: unknown, user: unknown, info: unknown): Outcome {
  if (error instanceof Problem) return { kind: 'failed', detail: error.message, problem: error };
  if (error) return { kind: 'failed', detail: describe(error) };
  if (isIdentity(user)) return { kind: 'user', user, next: nextOf(info) };
  const reason = field(Array.isArray(info) ? info[0] : info, 'message');
  return { kind: 'refused', reason: reason ?? 'nothing that identifies a person' };
}

// passport-oauth2 hangs the store's word onto info.state.
function nextOf(info: unknown): string {
  return field(info, 'state') ?? '';
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : undefined;
}

function isIdentity(user: unknown): user is Identity {
  return (
    field(user, 'provider') !== undefined &&
    field(user, 'id') !== undefined &&
    field(user, 'login') !== undefined
  );
}

/** For the log: what failed, never what was sent or answered in full (codes and tokens stand there). */
function describe(error: unknown): string {
  const cause = error instanceof Error && 'oauthError' in error ? error.oauthError : undefined;
  const status =
    typeof cause === 'object' && cause !== null && 'statusCode' in cause
      ? ` (${String(cause.statusCode)})`
      : '';
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}${status}${code}`;
}
