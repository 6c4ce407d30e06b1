/** A program that uses the hub's API, or a page beside the notebooks that signs people in through the hub. */
export interface Service {
  /** The key; its pages live below `/services/<name>/`. */
  readonly name: string;
  readonly admin: boolean;
  /** Where it answers, for the proxy; null when it has no pages. */
  readonly url: string | null;
  /** SHA-256 of its API token, or null when it has none. */
  readonly tokenHash: string | null;
  /** `a7`: how the API names that token. */
  readonly tokenId: string;
  readonly tokenCreated: number;
  readonly lastActivity: number | null;
  /** `service-<name>` unless told otherwise; always begins with `service-`. */
  readonly clientId: string;
  /** Compared letter by letter, like a server's. Null: no OAuth. */
  readonly redirectUri: string | null;
  readonly allowedScopes: readonly string[];
  /** No confirm page: an administrator vouches for it. */
  readonly trusted: boolean;
  readonly info: Readonly<Record<string, unknown>>;
  /** Whether pages list it. */
  readonly display: boolean;
  /** Named in the configuration: the API may not remove it. */
  readonly fromConfig: boolean;
}

/** A service as the configuration or the API tells it. */
export interface ServiceSpec {
  readonly name: string;
  readonly admin?: boolean | undefined;
  readonly url?: string | undefined;
  readonly apiToken?: string | undefined;
  readonly clientId?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly allowedScopes?: readonly string[] | undefined;
  readonly trusted?: boolean | undefined;
  readonly info?: Readonly<Record<string, unknown>> | undefined;
  readonly display?: boolean | undefined;
}

const SERVICE_NAME = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/i;

/** Whether a new service may have this name. */
export function isServiceName(name: string): boolean {
  return SERVICE_NAME.test(name) && !name.includes('..');
}

/** Path under which the proxy serves it: `/jhub/services/grader/`. */
export function servicePath(baseUrl: string, name: string): string {
  return `${baseUrl}services/${name}/`;
}
