import { dictionary, flag, list, optionalText, optionalUrl, setting } from '../setting.ts';

/** On the generic class alone: what is written for GitHub's, its sister, must not come in here. */
function generic(...traits: readonly string[]): readonly string[] {
  return traits.map((trait) => `GenericOAuthenticator.${trait}`);
}

/** Signing in with OpenID Connect (Keycloak and the like) or any OAuth 2 provider. */
export const GENERIC_OAUTH_SETTINGS = {
  oauthIssuer: setting({
    env: 'OAUTH2_ISSUER',
    trait: 'GenericOAuthenticator.issuer',
    doc: 'The OpenID Connect provider, such as `https://sso.example/realms/lab`: every address is then found by itself. Instead of the three below.',
    type: optionalUrl,
  }),
  oauthClientId: setting({
    env: 'OAUTH_CLIENT_ID',
    trait: generic('client_id'),
    doc: 'Client id at the provider. Goes together with `OAUTH_CALLBACK_URL` and an issuer or its addresses.',
    type: optionalText,
  }),
  oauthClientSecret: setting({
    env: 'OAUTH_CLIENT_SECRET',
    trait: generic('client_secret'),
    doc: 'Client secret. Absent: a public client, held by PKCE alone.',
    type: optionalText,
    secret: true,
  }),
  oauthAuthorizeUrl: setting({
    env: 'OAUTH2_AUTHORIZE_URL',
    trait: generic('authorize_url'),
    doc: 'Where browsers are sent. From Keycloak’s address of it the issuer is known.',
    type: optionalUrl,
  }),
  oauthTokenUrl: setting({
    env: 'OAUTH2_TOKEN_URL',
    trait: generic('token_url'),
    doc: 'Where the hub exchanges codes; may be an inner address.',
    type: optionalUrl,
  }),
  oauthUserdataUrl: setting({
    env: 'OAUTH2_USERDATA_URL',
    trait: generic('userdata_url'),
    doc: 'Where the hub asks who it is; may be an inner address.',
    type: optionalUrl,
  }),
  oauthUserdataParams: setting({
    env: 'OAUTH2_USERDATA_PARAMS',
    trait: generic('userdata_params'),
    doc: 'Sent along to `OAUTH2_USERDATA_URL`, such as `state=state`.',
    type: dictionary,
  }),
  oauthUserdataFromIdToken: setting({
    env: 'OAUTH2_USERDATA_FROM_ID_TOKEN',
    trait: generic('userdata_from_id_token'),
    doc: 'Take everything from the identity token and do not ask further. Not together with `OAUTH2_USERDATA_URL`.',
    type: flag,
    fallback: 'false',
  }),
  oauthUsernameClaim: setting({
    env: 'OAUTH2_USERNAME_KEY',
    trait: generic('username_claim', 'username_key'),
    doc: 'The claim with the name. Absent: `preferred_username` of OpenID Connect, else `username`. An `email` counts only when the provider has verified it.',
    type: optionalText,
  }),
  oauthLoginService: setting({
    env: 'LOGIN_SERVICE',
    trait: generic('login_service'),
    doc: 'What the provider is called on the button: “Sign in with …”.',
    type: optionalText,
    fallback: 'single sign-on',
  }),
  oauthScope: setting({
    env: 'OAUTH2_SCOPE',
    trait: generic('scope'),
    doc: 'Scopes to ask for. `openid` is always among them when there is an issuer.',
    type: list,
  }),
  oauthAuthorizeParams: setting({
    env: 'OAUTH2_EXTRA_AUTHORIZE_PARAMS',
    trait: generic('extra_authorize_params'),
    doc: 'Sent along with browsers, such as `kc_idp_hint=github`.',
    type: dictionary,
  }),
  oauthTokenParams: setting({
    env: 'OAUTH2_TOKEN_PARAMS',
    trait: generic('token_params', 'extra_params'),
    doc: 'Sent along to `OAUTH2_TOKEN_URL`.',
    type: dictionary,
  }),
  oauthBasicAuth: setting({
    env: 'OAUTH2_BASIC_AUTH',
    trait: generic('basic_auth'),
    doc: 'Send id and secret in the Authorization header instead of the form.',
    type: flag,
    fallback: 'false',
  }),
  oauthTlsVerify: setting({
    env: 'OAUTH_TLS_VERIFY',
    trait: generic('validate_server_cert', 'tls_verify'),
    doc: 'Check the provider’s certificate. Rather than switching it off, name your own authority in `NODE_EXTRA_CA_CERTS`.',
    type: flag,
    fallback: 'true',
  }),
  oauthGroupsClaim: setting({
    env: 'OAUTH2_GROUPS_KEY',
    trait: generic('auth_state_groups_key', 'auth_model_groups_key', 'claim_groups_key'),
    doc: 'The claim with the groups; `a.b` is `b` within `a`. `ALLOWED_GROUPS` and `ADMIN_GROUPS` name them exactly as they are written there (Keycloak: often `/staff`).',
    type: optionalText,
    fallback: 'groups',
  }),
  oauthLogoutRedirectUrl: setting({
    env: 'OAUTH_LOGOUT_REDIRECT_URL',
    trait: generic('logout_redirect_url'),
    doc: 'Where signing out leads. Absent: the provider’s own sign-out, if it has one.',
    type: optionalUrl,
  }),
  manageGroups: setting({
    env: 'MANAGE_GROUPS',
    trait: 'Authenticator.manage_groups',
    doc: 'The provider’s groups are the hub’s: taken over at each sign-in and refresh, and no longer edited here.',
    type: flag,
    fallback: 'false',
  }),
  autoLogin: setting({
    env: 'AUTO_LOGIN',
    trait: 'Authenticator.auto_login',
    doc: 'Go straight to the provider instead of showing the sign-in page, except after signing out. `/hub/login?auto_login=0` shows it still.',
    type: flag,
    fallback: 'false',
  }),
  oauthSignOutThere: setting({
    env: 'OAUTH2_SIGN_OUT_AT_PROVIDER',
    trait: 'GenericOAuthenticator.sign_out_at_provider',
    doc: 'Signing out of the hub ends the session at the provider too.',
    type: flag,
    fallback: 'true',
  }),
} as const;
