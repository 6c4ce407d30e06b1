import type { GenericOAuthSettings } from '../../hub/src/adapters/identity/generic-oauth-settings.ts';

/** A client of a realm with nothing but its issuer, or with what the test changes. */
export function realmSettings(
  realm: { readonly clientId: string; readonly clientSecret: string; readonly issuer: string },
  callbackUrl: string,
  changed: Partial<GenericOAuthSettings> = {},
): GenericOAuthSettings {
  return {
    label: 'Keycloak',
    clientId: realm.clientId,
    clientSecret: realm.clientSecret,
    callbackUrl,
    issuer: realm.issuer,
    authorizeUrl: null,
    tokenUrl: null,
    userdataUrl: null,
    userdataParams: {},
    userdataFromIdToken: false,
    usernameClaim: null,
    scope: [],
    authorizeParams: {},
    tokenParams: {},
    basicAuth: false,
    tlsVerify: true,
    groupsClaim: 'groups',
    allowedGroups: [],
    adminGroups: [],
    manageGroups: false,
    logoutRedirectUrl: null,
    signOutThere: true,
    ...changed,
  };
}
