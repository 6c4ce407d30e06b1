/** An API token: a server's own, a person's, or one that the OAuth provider gave to a server. */
export interface Token {
  /** SHA-256 of the token, hex: the key. The token itself is shown once and kept nowhere. */
  readonly hash: string;
  /** `a7`: how the API names it. */
  readonly id: string;
  readonly user: string;
  readonly note: string;
  /** Scopes as given; `inherit` means the owner's, as they are at each use. */
  readonly scopes: readonly string[];
  readonly created: number;
  readonly lastActivity: number | null;
  readonly expires: number | null;
  /** Value of `jupyterhub-session-id` it is bound to: it goes when that session goes. */
  readonly sessionId: string | null;
  /** Which OAuth client it was given to. */
  readonly clientId: string | null;
  /** Key of the server that it belongs to (`alice/`): it goes when that server stops. */
  readonly server: string | null;
  /**
   * The token's first letters, when it came from a JupyterHub and has not been shown here yet. `hash` is then what
   * that hub kept: `sha512:<rounds>:<salt>:<digest>`.
   */
  readonly former?: string | undefined;
}

/** A server as OAuth client of the hub (contract §1.3). Its secret is the server's own API token. */
export interface OAuthClient {
  readonly id: string;
  readonly secretHash: string;
  /** A path, compared letter by letter. */
  readonly redirectUri: string;
  readonly user: string;
  readonly server: string;
  readonly allowedScopes: readonly string[];
  readonly description: string;
}

/** A one-time code of the authorization-code grant, good for {@link CODE_MAX_AGE_MS}. */
export interface OAuthCode {
  readonly hash: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly sessionId: string;
  readonly created: number;
  /** PKCE S256 challenge, when the client sent one. */
  readonly challenge: string | null;
}

export const CODE_MAX_AGE_MS = 300_000;
