import { buildAuthorizationUrl, calculatePKCECodeChallenge } from 'openid-client';
import type { AuthState, Identity, SignInProvider } from '../../domain/identity.ts';
import type { Clock, Random } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { GENERIC_OAUTH, type GenericOAuthSettings } from './generic-oauth-settings.ts';
import { identityOfClaims } from './identity-of-claims.ts';
import { BadLogoutToken, makeLogoutTokens } from './logout-token.ts';
import { authStateOf } from './oauth-auth-state.ts';
import { type Exchanged, exchangeAgain, exchangeCode } from './oauth-exchange.ts';
import { makeOAuthServers, type OAuthServer } from './oauth-server.ts';
import { signOutAddress } from './oauth-sign-out.ts';
import { PendingSignIns } from './pending-sign-ins.ts';
import { makeProviderFetch } from './provider-fetch.ts';
import { providerProblem, verdictOf } from './provider-problem.ts';
import { SuccessorTokens } from './successor-tokens.ts';

/** One visit, however many questions: a person waits no longer than ten seconds, on a busy machine too. */
const VISIT_MS = 8000;

/** What may be in an answer only once: two of them, and two parties could read two things. */
const SINGLE = ['code', 'state', 'error', 'iss'];

/**
 * OpenID Connect by openid-client, or plain OAuth 2. State and PKCE are always on, and a nonce wherever
 * there is an identity token; whoever comes is bound to issuer and `sub`, never to a name.
 */
export function makeGenericOAuth(
  settings: GenericOAuthSettings,
  ports: { readonly clock: Clock; readonly random: Random },
): Required<SignInProvider> {
  const { label } = settings;
  const talk = makeProviderFetch({ verify: settings.tlsVerify });
  const servers = makeOAuthServers(settings, talk, ports.clock);
  const readToken = makeLogoutTokens(talk, settings.clientId, ports.clock);
  const pending = new PendingSignIns();
  const successors = new SuccessorTokens();

  async function visit<T>(work: (server: OAuthServer) => Promise<T>): Promise<T> {
    return await talk.within(VISIT_MS, async () => await work(await servers.get()));
  }

  return {
    id: GENERIC_OAUTH,
    label,
    origins: () => originsOf(settings, servers.known),

    async begin(visitor, next) {
      const server = await visit(async (found) => found).catch((error: unknown) => {
        throw providerProblem(error, label);
      });
      const state = `${GENERIC_OAUTH}.${ports.random.word(24)}`;
      const verifier = ports.random.word(32);
      const nonce = ports.random.word(24);
      pending.add(state, { visitor, verifier, nonce, next, begun: ports.clock.now() });
      return buildAuthorizationUrl(server.config, {
        ...settings.authorizeParams,
        client_id: settings.clientId,
        response_type: 'code',
        redirect_uri: settings.callbackUrl,
        scope: scopeOf(settings, server),
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(server.issuer === null ? {} : { nonce }),
      }).href;
    },

    async finish(visitor, query) {
      if (SINGLE.some((name) => query.getAll(name).length > 1))
        throw interrupted('something in it is doubled');
      const state = query.get('state') ?? '';
      // Taken first: whatever comes of it, this state is used up.
      const begun = pending.take(state, visitor, ports.clock.now());
      if (begun === null) throw interrupted('the state is unknown, used, too old, or of another browser');
      if (!query.has('code') && !query.has('error')) throw interrupted('neither a code nor an error');
      try {
        const identity = await visit(async (server) => {
          checkSender(server, query);
          return identityOf(await exchangeCode(server, settings, query, state, begun), server);
        });
        return { identity, next: begun.next };
      } catch (error) {
        throw providerProblem(error, label);
      }
    },

    async refresh(authState: AuthState) {
      try {
        return await visit(async (server) =>
          identityOf(await exchangeAgain(server, settings, authState, successors), server),
        );
      } catch (error) {
        // Claims of no use are told at the next sign-in, on a page.
        if (error instanceof Problem && error.code === 'AUTH-020') return 'expired';
        const verdict = verdictOf(error);
        if (verdict !== null) return verdict === 'expired' ? 'expired' : null;
        throw providerProblem(error, label);
      }
    },

    async signOutUrl(authState) {
      // An address that is no door of the provider's needs no provider to be there.
      const server = await visit(async (found) => found).catch((error: unknown) => {
        if (settings.logoutRedirectUrl !== null) return null;
        throw providerProblem(error, label);
      });
      return signOutAddress(settings, server?.metadata.end_session_endpoint, authState);
    },

    async readLogoutToken(token) {
      try {
        return await visit(async (server) => await readToken(server, token));
      } catch (error) {
        if (error instanceof BadLogoutToken) {
          throw new Problem('AUTH-021', { provider: label, detail: error.message });
        }
        throw providerProblem(error, label);
      }
    },
  };

  function identityOf({ tokens, claims }: Exchanged, { issuer }: OAuthServer): Identity {
    const { sid } = claims;
    return {
      ...identityOfClaims(claims, issuer, settings),
      authState: authStateOf(tokens, claims),
      providerSession: issuer !== null && typeof sid === 'string' && sid.length <= 255 ? sid : null,
    };
  }
}

/** RFC 9207: with several providers, an answer that names its sender must name the one that was asked. */
function checkSender({ issuer, metadata }: OAuthServer, query: URLSearchParams): void {
  if (issuer === null) return;
  const sender = query.get('iss');
  if (sender === null && metadata.authorization_response_iss_parameter_supported !== true) return;
  if (sender !== issuer) throw interrupted('the answer is of another provider');
}

function scopeOf({ scope }: GenericOAuthSettings, { issuer }: OAuthServer): string {
  return [...new Set(issuer === null ? scope : ['openid', ...defaultScope(scope)])].join(' ');
}

/** Without `profile` there is no name in the claims. */
function defaultScope(scope: readonly string[]): readonly string[] {
  return scope.length === 0 ? ['profile', 'email'] : scope;
}

function originsOf(settings: GenericOAuthSettings, server: OAuthServer | null): readonly string[] {
  const places = [
    settings.issuer,
    settings.authorizeUrl,
    settings.logoutRedirectUrl,
    server?.metadata.authorization_endpoint,
    server?.metadata.end_session_endpoint,
  ];
  const origins = places.flatMap((place) => URL.parse(place ?? '')?.origin ?? []);
  return [...new Set(origins)].filter((origin) => /^https?:/.test(origin));
}

function interrupted(detail: string): Problem {
  return new Problem('AUTH-005', { detail });
}
