import type { TokenEndpointResponse } from 'openid-client';
import type { AuthState } from '../../domain/identity.ts';
import type { Claims } from './identity-of-claims.ts';

/** What is kept of a sign-in, under OAuthenticator's names, to ask again and to sign out over there. */
export function authStateOf(tokens: TokenEndpointResponse, claims: Claims): AuthState {
  return {
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token ?? null,
    id_token: tokens.id_token ?? null,
    scope: tokens.scope?.split(/[\s,]+/).filter((word) => word !== '') ?? [],
    oauth_user: claims,
  };
}

/** @throws Error when it is nothing that {@link authStateOf} has made. */
export function tokensOf(state: AuthState): TokenEndpointResponse {
  const { access_token, refresh_token, id_token, scope } = state;
  if (typeof access_token !== 'string') throw new Error('an auth state without an access token');
  return {
    access_token,
    token_type: 'bearer',
    ...(typeof refresh_token === 'string' ? { refresh_token } : {}),
    ...(typeof id_token === 'string' ? { id_token } : {}),
    ...(Array.isArray(scope) ? { scope: scope.join(' ') } : {}),
  };
}

/** What the provider said of the person at sign-in, or at the last refresh. */
export function claimsBefore({ oauth_user }: AuthState): Claims {
  return typeof oauth_user === 'object' && oauth_user !== null ? { ...oauth_user } : {};
}
