import type { AuthState } from '../../domain/identity.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';

/** Longer ones are cut off by web servers in between; an identity token with many groups is the usual reason. */
const ADDRESS_MAX = 6000;

/**
 * Where signing out leads, after OpenID Connect's RP-Initiated Logout 1.0, or null. A configured address
 * wins; the token that says who leaves is added only when that is the provider's own door.
 *
 * @param endpoint the provider's `end_session_endpoint`, as far as it told one.
 */
export function signOutAddress(
  settings: GenericOAuthSettings,
  endpoint: string | undefined,
  state: AuthState | null,
): string | null {
  const { logoutRedirectUrl, signOutThere } = settings;
  if (logoutRedirectUrl !== null && !isProvidersDoor(logoutRedirectUrl, endpoint)) return logoutRedirectUrl;
  if (!signOutThere) return null;
  const door = logoutRedirectUrl ?? endpoint;
  return door !== undefined && /^https?:\/\//i.test(door) ? leavingBy(door, settings, state) : null;
}

function leavingBy(door: string, settings: GenericOAuthSettings, state: AuthState | null): string {
  const url = new URL(door);
  // Keycloak's before version 18, which newer ones refuse.
  url.searchParams.delete('redirect_uri');
  url.searchParams.set('client_id', settings.clientId);
  if (!url.searchParams.has('post_logout_redirect_uri')) {
    // The one address of ours that is registered there in any case.
    url.searchParams.set('post_logout_redirect_uri', settings.callbackUrl);
    url.searchParams.set('state', 'signed-out');
  }
  const token = state?.id_token;
  if (typeof token === 'string' && url.href.length + token.length < ADDRESS_MAX) {
    url.searchParams.set('id_token_hint', token);
  }
  return url.href;
}

/** Whether the two are one place, or it looks like Keycloak's. */
function isProvidersDoor(configured: string, endpoint: string | undefined): boolean {
  const { origin, pathname } = new URL(configured);
  if (pathname.endsWith('/protocol/openid-connect/logout')) return true;
  const known = endpoint === undefined ? null : URL.parse(endpoint);
  return known !== null && known.origin === origin && known.pathname === pathname;
}
