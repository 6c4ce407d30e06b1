import { type Profile, Strategy } from 'passport-github2';
import type { AuthState, SignInProvider } from '../../domain/identity.ts';
import type { Clock, Random } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { GitHubApi, type GitHubUser } from './github-api.ts';
import { type GitHubRules, identifyPerson, scopesOf } from './github-person.ts';
import { askThrough } from './passport-requests.ts';
import { PendingSignIns } from './pending-sign-ins.ts';
import { makeProviderFetch, type ProviderFetch } from './provider-fetch.ts';
import { providerProblem } from './provider-problem.ts';
import { type Outcome, type PassportRequest, runPassport } from './run-passport.ts';

export interface GitHubSettings extends GitHubRules {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Absolute: what is relative would be built from the Host header, which anybody may send. */
  readonly callbackUrl: string;
  /** `https://github.com`, or an Enterprise server. */
  readonly url: string;
}

interface Ports {
  readonly clock: Clock;
  readonly random: Random;
}

/** Nobody waits longer for GitHub than this: the page that says so is there within ten seconds. */
const DEADLINE_MS = 9000;

/**
 * GitHub, by passport-github2. State and PKCE are always on: without them a link with somebody else's code
 * signs a person into somebody else's account.
 */
export function makeGitHub(settings: GitHubSettings, ports: Ports): SignInProvider {
  const { web, base } = addresses(settings.url);
  const { fetch, within } = makeProviderFetch({ verify: true });
  const api = new GitHubApi(base, fetch);
  const strategy = makeStrategy({ settings, web, base, fetch, api }, new PendingSignIns(), ports);

  return {
    id: 'github',
    label: 'GitHub',
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
      const outcome = await within(DEADLINE_MS, () => run(strategy, request));
      if (outcome.kind === 'user') return { identity: outcome.user, next: outcome.next };
      throw problemOf(outcome);
    },
    async refresh(authState) {
      const token = authState.access_token;
      if (typeof token !== 'string') return 'expired';
      try {
        return await within(DEADLINE_MS, async () => {
          const person = await api.user(token);
          // Revoked, or pushed out by newer ones: GitHub keeps ten a person. Whoever it was may come again.
          if (person === null || person.id !== idOf(authState)) return 'expired';
          return await identifyPerson(api, settings, token, person);
        });
      } catch (error) {
        throw providerProblem(error, 'GitHub');
      }
    },
    origins: () => [new URL(web).origin],
  };
}

interface Parts {
  readonly settings: GitHubSettings;
  readonly web: string;
  readonly base: string;
  readonly fetch: ProviderFetch['fetch'];
  readonly api: GitHubApi;
}

function makeStrategy(parts: Parts, pending: PendingSignIns, ports: Ports): Strategy {
  const { settings, web, base, fetch, api } = parts;
  const options = {
    clientID: settings.clientId,
    clientSecret: settings.clientSecret,
    callbackURL: settings.callbackUrl,
    authorizationURL: `${web}/login/oauth/authorize`,
    tokenURL: `${web}/login/oauth/access_token`,
    userProfileURL: `${base}/user`,
    scope: [...scopesOf(settings)],
    userAgent: 'berth',
    pkce: true,
    store: stateStore(pending, ports),
  };
  const strategy = new Strategy(
    // The types know only passport's own state store; this one speaks the same two calls.
    options as never,
    (
      accessToken: string,
      _refreshToken: string,
      profile: Profile,
      done: (error: Error | null, user?: unknown) => void,
    ) => {
      const person = personOf(profile);
      if (person === null) return done(null, undefined);
      identifyPerson(api, settings, accessToken, person).then(
        (identity) => done(null, identity),
        (error: unknown) => done(providerProblem(error, 'GitHub')),
      );
    },
  );
  askThrough(strategy, fetch);
  return strategy;
}

function stateStore(pending: PendingSignIns, { clock, random }: Ports) {
  return {
    store(
      req: PassportRequest,
      verifier: string,
      _state: unknown,
      _meta: unknown,
      done: (error: Error | null, state?: string) => void,
    ) {
      const state = `github.${random.word(24)}`;
      pending.add(state, { visitor: req.visitor, verifier, next: req.next, begun: clock.now() });
      done(null, state);
    },
    verify(
      req: PassportRequest,
      state: string,
      done: (error: Error | null, ok: string | false, state?: unknown) => void,
    ) {
      const found = pending.take(state, req.visitor, clock.now());
      if (found === null) return done(null, false, { message: 'state' });
      return done(null, found.verifier, found.next);
    },
  };
}

/** Enterprise servers keep their API under `/api/v3`. */
function addresses(url: string): { web: string; base: string } {
  const web = url.replace(/\/+$/, '');
  return { web, base: web === 'https://github.com' ? 'https://api.github.com' : `${web}/api/v3` };
}

/** Both must be there, and the id a number: it is what an account is bound to. */
function personOf(profile: Profile): GitHubUser | null {
  if (!/^\d+$/.test(String(profile.id)) || typeof profile.username !== 'string') return null;
  return { id: String(profile.id), login: profile.username };
}

function idOf({ github_user: user }: AuthState): string {
  const id: unknown = typeof user === 'object' && user !== null ? Reflect.get(user, 'id') : null;
  return String(id);
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
  if (outcome.kind === 'failed' && outcome.problem !== undefined) return outcome.problem;
  const detail = outcome.kind === 'failed' ? outcome.detail : 'an unexpected redirect';
  return new Problem('AUTH-007', { provider: 'GitHub', detail });
}
