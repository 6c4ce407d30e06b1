import {
  authorizationCodeGrant,
  fetchProtectedResource,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import type { AuthState } from '../../domain/identity.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';
import type { Claims } from './identity-of-claims.ts';
import { claimsBefore, tokensOf } from './oauth-auth-state.ts';
import { CLOCK_TOLERANCE, type OAuthServer } from './oauth-server.ts';
import type { PendingSignIn } from './pending-sign-ins.ts';
import { Misbehaved } from './provider-problem.ts';
import type { SuccessorTokens } from './successor-tokens.ts';

/** What one visit to the provider brought home. */
export interface Exchanged {
  readonly tokens: TokenEndpointResponse;
  readonly claims: Claims;
}

type Answer = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** The code of `query` for tokens, and those for claims. Everything that can be checked is. */
export async function exchangeCode(
  server: OAuthServer,
  settings: GenericOAuthSettings,
  query: URLSearchParams,
  state: string,
  { verifier, nonce }: PendingSignIn,
): Promise<Exchanged> {
  const url = new URL(settings.callbackUrl);
  url.search = query.toString();
  // Without a known issuer there is nothing to hold this against.
  if (server.issuer === null) url.searchParams.delete('iss');
  const answer = await authorizationCodeGrant(
    server.config,
    url,
    {
      expectedState: state,
      pkceCodeVerifier: verifier,
      ...(server.issuer === null || nonce === undefined
        ? {}
        : { expectedNonce: nonce, idTokenExpected: true }),
    },
    { ...settings.tokenParams },
  );
  return { tokens: answer, claims: (await claimsOf(server, settings, answer, null)) ?? {} };
}

/**
 * Asks again, by the refresh token if there is one, else by the access token alone. Where neither can be
 * shown to anybody, what was said at sign-in stands.
 *
 * @throws what `verdictOf` of provider-problem.ts tells from other failures.
 */
export async function exchangeAgain(
  server: OAuthServer,
  settings: GenericOAuthSettings,
  state: AuthState,
  successors: SuccessorTokens,
): Promise<Exchanged> {
  const kept = tokensOf(state);
  const claims = claimsBefore(state);
  const subject = subjectOf(claims);
  if (kept.refresh_token === undefined) {
    const now = await claimsByToken(server, settings, kept.access_token, subject);
    return { tokens: kept, claims: now ?? claims };
  }
  const before = successors.of(kept.refresh_token) ?? kept;
  const asking = before.refresh_token ?? kept.refresh_token;
  const answer = await refreshTokenGrant(server.config, asking, { ...settings.tokenParams });
  const tokens = { ...before, ...answer };
  successors.keep(kept.refresh_token, tokens);
  const now = await claimsOf(server, settings, answer, subject);
  successors.drop(kept.refresh_token);
  return { tokens, claims: now ?? claims };
}

/** Claims of the identity token, if there is one, with those of userdata over them; null without both. */
async function claimsOf(
  server: OAuthServer,
  settings: GenericOAuthSettings,
  answer: Answer,
  expected: string | null,
): Promise<Claims | null> {
  const claims: Claims | undefined = answer.claims();
  if (claims === undefined) return await claimsByToken(server, settings, answer.access_token, expected);
  checkIssuedAt(Number(claims.iat));
  const subject = subjectOf(claims);
  if (expected !== null && subject !== expected) throw somebodyElse();
  const more = await claimsByToken(server, settings, answer.access_token, subject);
  return { ...claims, ...more };
}

/** Userdata, or null where none is asked for. It must be about `subject`, if that is known already. */
async function claimsByToken(
  server: OAuthServer,
  settings: GenericOAuthSettings,
  token: string,
  subject: string | null,
): Promise<Claims | null> {
  const { userinfo_endpoint } = server.metadata;
  if (settings.userdataFromIdToken || userinfo_endpoint === undefined) return null;
  const url = new URL(userinfo_endpoint);
  for (const [name, value] of Object.entries(settings.userdataParams)) url.searchParams.set(name, value);
  const headers = new Headers({ Accept: 'application/json' });
  const answer = await fetchProtectedResource(server.config, token, url, 'GET', undefined, headers);
  if (answer.status !== 200) throw new Misbehaved(`userdata came with ${answer.status}`, answer.status);
  const claims: unknown = await answer.json().catch(() => null);
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new Misbehaved('its userdata is not JSON');
  }
  const found: Claims = { ...claims };
  if (subject !== null && subjectOf(found) !== subject) throw somebodyElse();
  return found;
}

/** The provider's own unchanging word for a person: OpenID Connect's `sub`, or the `id` of others. */
function subjectOf(claims: Claims): string | null {
  const subject = claims.sub ?? claims.id;
  return typeof subject === 'string' || typeof subject === 'number' ? String(subject) : null;
}

/** The library looks at the end of a token's life; a clock that runs ahead shows at its beginning. */
function checkIssuedAt(issued: number): void {
  const ahead = issued - Date.now() / 1000;
  if (ahead > CLOCK_TOLERANCE) {
    throw new Misbehaved(`its clock is ${Math.round(ahead)} s ahead of this machine's`);
  }
}

function somebodyElse(): Misbehaved {
  return new Misbehaved('its userdata is about somebody else than its tokens');
}
