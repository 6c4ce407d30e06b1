import { keycloakRealm } from '../domain/keycloak.ts';
import type { Settings } from './settings.ts';

interface Fault {
  readonly env: string;
  readonly reason: string;
}

/** Settings of providers that only make sense with others. */
export function oauthFaults(settings: Settings): readonly Fault[] {
  return [...githubFaults(settings), ...genericFaults(settings), ...callbackFaults(settings)];
}

function githubFaults({ githubClientId, githubClientSecret, oauthCallbackUrl }: Settings): readonly Fault[] {
  if (githubClientId === null && githubClientSecret === null) return [];
  return missing([
    ['GITHUB_CLIENT_ID', githubClientId],
    ['GITHUB_CLIENT_SECRET', githubClientSecret],
    ['OAUTH_CALLBACK_URL', oauthCallbackUrl],
  ]);
}

/** Half a provider, and what OAuthenticator would find out only when somebody signs in. */
function genericFaults(settings: Settings): readonly Fault[] {
  const { oauthIssuer, oauthAuthorizeUrl, oauthTokenUrl, oauthUserdataUrl } = settings;
  const given = [
    oauthIssuer,
    oauthAuthorizeUrl,
    oauthTokenUrl,
    settings.oauthClientId,
    settings.oauthClientSecret,
  ];
  if (given.every((value) => value === null)) return [];
  const found = missing([
    ['OAUTH_CLIENT_ID', settings.oauthClientId],
    ['OAUTH_CALLBACK_URL', settings.oauthCallbackUrl],
    // One of them is enough of an answer to where the provider is.
    ...(oauthIssuer !== null
      ? []
      : ([
          ['OAUTH2_AUTHORIZE_URL', oauthAuthorizeUrl],
          ['OAUTH2_TOKEN_URL', oauthTokenUrl],
        ] as const)),
  ]);
  if (found.length > 0) return found;
  if (settings.oauthUserdataFromIdToken && oauthUserdataUrl !== null) {
    return [
      { env: 'OAUTH2_USERDATA_FROM_ID_TOKEN', reason: 'does not go together with OAUTH2_USERDATA_URL' },
    ];
  }
  const known = oauthIssuer !== null || keycloakRealm(oauthTokenUrl) !== null;
  if (!known && settings.oauthUserdataFromIdToken) {
    return [
      {
        env: 'OAUTH2_ISSUER',
        reason: 'is missing: without it no signature of an identity token can be checked',
      },
    ];
  }
  if (!known && oauthUserdataUrl === null) return [{ env: 'OAUTH2_USERDATA_URL', reason: 'is missing' }];
  return [];
}

function callbackFaults({ oauthCallbackUrl, baseUrl }: Settings): readonly Fault[] {
  if (oauthCallbackUrl === null) return [];
  const place = `${baseUrl}hub/oauth_callback`;
  return new URL(oauthCallbackUrl).pathname === place
    ? []
    : [{ env: 'OAUTH_CALLBACK_URL', reason: `should end in ${place}` }];
}

function missing(pairs: readonly (readonly [string, string | null])[]): readonly Fault[] {
  const given = pairs.filter(([, value]) => value !== null).map(([env]) => env);
  return pairs
    .filter(([, value]) => value === null)
    .map(([env]) => ({
      env,
      reason:
        given.length === 0 ? 'is missing' : `is missing, and ${given.join(' and ')} cannot do without it`,
    }));
}
