/** How to speak with one OpenID Connect or OAuth 2 provider. Names follow OAuthenticator's. */
export interface GenericOAuthSettings {
  /** What people call it. */
  readonly label: string;
  readonly clientId: string;
  /** Null: a public client. */
  readonly clientSecret: string | null;
  /** Absolute: what is relative would be built from the Host header, which anybody may send. */
  readonly callbackUrl: string;
  /** Null: known from Keycloak's addresses, or not OpenID Connect. */
  readonly issuer: string | null;
  /** These win over what the provider says of itself: they may be inner addresses. */
  readonly authorizeUrl: string | null;
  readonly tokenUrl: string | null;
  readonly userdataUrl: string | null;
  readonly userdataParams: Readonly<Record<string, string>>;
  readonly userdataFromIdToken: boolean;
  readonly usernameClaim: string | null;
  readonly scope: readonly string[];
  readonly authorizeParams: Readonly<Record<string, string>>;
  readonly tokenParams: Readonly<Record<string, string>>;
  readonly basicAuth: boolean;
  readonly tlsVerify: boolean;
  /** A claim, or a dotted path into one. */
  readonly groupsClaim: string;
  readonly allowedGroups: readonly string[];
  readonly adminGroups: readonly string[];
  /** Whether the hub's groups follow the provider's. */
  readonly manageGroups: boolean;
  readonly logoutRedirectUrl: string | null;
  readonly signOutThere: boolean;
}

/** The class's name in settings, in sessions and in accounts. */
export const GENERIC_OAUTH = 'generic-oauth';
