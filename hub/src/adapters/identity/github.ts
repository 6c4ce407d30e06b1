import { type Profile, Strategy } from 'passport-github2';
import { type Identity, plainIdentity, type SignInProvider } from '../../domain/identity.ts';
import type { Clock, Random } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { PendingSignIns } from './pending-sign-ins.ts';
import { type Outcome, type PassportRequest, runPassport } from './run-passport.ts';

export interface GitHubSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Absolute: what is relative would be built from the Host header, which anybody may send. */
  readonly callbackUrl: string;
  /** `https://github.com`, or an Enterprise server. */
  readonly url: string;
}

/** Nobody waits longer for GitHub than this. */
const DEADLINE_MS = 10_000;

/**
 * GitHub, by passport-github2. State and PKCE are always on: without them a link with somebody else's code
 * signs a person into somebody else's account.
 */
export function makeGitHub(
  settings: GitHubSettings,
  ports: { clock: Clock; random: Random },
): SignInProvider {
  const pending = new PendingSignIns();
  const strategy = makeStrategy(settings, pending, ports);

  return {
    id: 'github',
    label: 'GitHub',
    origins: () => [new URL(settings.url).origin],
    async begin(visitor, next) {
      const outcome = await run(strategy, { query: {}, visitor, next });
      if (outcome.kind === 'redirect') return outcome.location;
      throw new Problem('AUTH-007', { provider: 'GitHub', detail: 'no address to send the browser to' });
    },
    async finish(visitor, query) {
      const request = { query: Object.fromEntries(query), visitor, next: '' };
      if (request.query.code === undefined && request.query.error === undefined) {
        // passport would take this for a fresh start and send the browser round again.
        throw new Problem('AUTH-005', { detail: 'neither a code nor an error' });
      }
      const outcome = await run(strategy, request);
      if (outcome.kind === 'user') return { identity: outcome.user, next: outcome.next };
      throw problemOf(outcome);
    },
  };
}

function makeStrategy(
  settings: GitHubSettings,
  pending: PendingSignIns,
  ports: { clock: Clock; random: Random },
): Strategy {
  const { api, web } = addresses(settings.url);
  const options = {
    clientID: settings.clientId,
    clientSecret: settings.clientSecret,
    callbackURL: settings.callbackUrl,
    authorizationURL: `${web}/login/oauth/authorize`,
    tokenURL: `${web}/login/oauth/access_token`,
    userProfileURL: `${api}/user`,
    scope: ['read:user'],
    userAgent: 'berth',
    pkce: true,
    store: {
      store(
        req: PassportRequest,
        verifier: string,
        _state: unknown,
        _meta: unknown,
        done: (error: Error | null, state?: string) => void,
      ) {
        const state = `github.${ports.random.word(24)}`;
        pending.add(state, { visitor: req.visitor, verifier, next: req.next, begun: ports.clock.now() });
        done(null, state);
      },
      verify(
        req: PassportRequest,
        state: string,
        done: (error: Error | null, ok: string | false, state?: unknown) => void,
      ) {
        const found = pending.take(state, req.visitor, ports.clock.now());
        if (found === null) return done(null, false, { message: 'state' });
        return done(null, found.verifier, found.next);
      },
    },
  };
  return new Strategy(
    // The types know only passport's own state store; this one speaks the same two calls.
    options as never,
    (
      _accessToken: string,
      _refreshToken: string,
      profile: Profile,
      done: (error: Error | null, user?: unknown) => void,
    ) => {
      done(null, identityOf(profile));
    },
  );
}

/** Enterprise servers keep their API under `/api/v3`. */
function addresses(url: string): { web: string; api: string } {
  const web = url.replace(/\/+$/, '');
  return { web, api: web === 'https://github.com' ? 'https://api.github.com' : `${web}/api/v3` };
}

/** Both must be there, and the id a number: it is what an account is bound to. */
function identityOf(profile: Profile): Identity | undefined {
  if (!/^\d+$/.test(String(profile.id)) || typeof profile.username !== 'string') return undefined;
  return plainIdentity('github', profile.username, String(profile.id));
}

async function run(strategy: Strategy, request: PassportRequest): Promise<Outcome> {
  return await runPassport(strategy, 'github', request, DEADLINE_MS);
}

function problemOf(outcome: Exclude<Outcome, { kind: 'user' }>): Problem {
  if (outcome.kind === 'refused') {
    return outcome.reason === 'state'
      ? new Problem('AUTH-005', { detail: 'the state is unknown, used, too old, or of another browser' })
      : new Problem('AUTH-006', { provider: 'GitHub', detail: outcome.reason });
  }
  const detail = outcome.kind === 'failed' ? outcome.detail : 'an unexpected redirect';
  return new Problem('AUTH-007', { provider: 'GitHub', detail });
}
