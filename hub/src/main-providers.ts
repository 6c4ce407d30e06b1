import { makeGenericOAuth } from './adapters/identity/generic-oauth.ts';
import { makeGitHub } from './adapters/identity/github.ts';
import { organizationOf } from './adapters/identity/github-api.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemRandom } from './adapters/system/random.ts';
import type { Settings } from './config/settings.ts';
import type { SignInProvider } from './domain/identity.ts';
import { authenticatorsOf } from './main-passwords.ts';

const PORTS = { clock: systemClock, random: systemRandom };

/** Everybody elsewhere who vouches for people, as the settings have it. */
export function makeProviders(settings: Settings): readonly SignInProvider[] {
  const open = authenticatorsOf(settings);
  return [
    open.includes('github') ? github(settings) : null,
    open.includes('generic-oauth') ? genericOAuth(settings) : null,
  ].filter((provider) => provider !== null);
}

/** What an administrator may have chosen knowingly, and should be told of at each start. */
export function doubtsAbout(settings: Settings): readonly string[] {
  if (settings.oauthClientId === null) return [];
  const { oauthIssuer, oauthTokenUrl, oauthUserdataUrl } = settings;
  const bare = [oauthIssuer, oauthTokenUrl, oauthUserdataUrl].some(
    (url) => url?.startsWith('http:') === true,
  );
  return [
    settings.oauthTlsVerify ? null : 'OAUTH_TLS_VERIFY is off: anybody on the way can pass for the provider',
    bare ? 'the provider is spoken to without TLS: anybody on the way can read along and answer' : null,
  ].filter((doubt) => doubt !== null);
}

function github(settings: Settings): SignInProvider | null {
  const { githubClientId, githubClientSecret, oauthCallbackUrl, githubUrl } = settings;
  if (githubClientId === null || githubClientSecret === null || oauthCallbackUrl === null) return null;
  return makeGitHub(
    {
      clientId: githubClientId,
      clientSecret: githubClientSecret,
      callbackUrl: oauthCallbackUrl,
      url: githubUrl ?? 'https://github.com',
      organizations: settings.githubOrganizations.map(organizationOf),
      teams: settings.githubTeams,
    },
    PORTS,
  );
}

function genericOAuth(settings: Settings): SignInProvider | null {
  const { oauthClientId, oauthCallbackUrl } = settings;
  if (oauthClientId === null || oauthCallbackUrl === null) return null;
  return makeGenericOAuth(
    {
      label: settings.oauthLoginService ?? 'single sign-on',
      clientId: oauthClientId,
      clientSecret: settings.oauthClientSecret,
      callbackUrl: oauthCallbackUrl,
      issuer: settings.oauthIssuer,
      authorizeUrl: settings.oauthAuthorizeUrl,
      tokenUrl: settings.oauthTokenUrl,
      userdataUrl: settings.oauthUserdataUrl,
      userdataParams: settings.oauthUserdataParams,
      userdataFromIdToken: settings.oauthUserdataFromIdToken,
      usernameClaim: settings.oauthUsernameClaim,
      scope: settings.oauthScope,
      authorizeParams: settings.oauthAuthorizeParams,
      tokenParams: settings.oauthTokenParams,
      basicAuth: settings.oauthBasicAuth,
      tlsVerify: settings.oauthTlsVerify,
      groupsClaim: settings.oauthGroupsClaim ?? 'groups',
      allowedGroups: settings.allowedGroups,
      adminGroups: settings.adminGroups,
      manageGroups: settings.manageGroups,
      logoutRedirectUrl: settings.oauthLogoutRedirectUrl,
      signOutThere: settings.oauthSignOutThere,
    },
    PORTS,
  );
}
