import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client';
import { keycloakRealm } from '../../domain/keycloak.ts';
import type { Clock } from '../../domain/ports.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';
import { plainTokenFetch } from './plain-token-fetch.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { Misbehaved } from './provider-problem.ts';

/** Seconds that the provider's clock and ours may differ. */
export const CLOCK_TOLERANCE = 60;

const FRESH_MS = 60 * 60_000;

export interface OAuthServer {
  readonly config: Configuration;
  readonly metadata: ServerMetadata;
  /** Null: plain OAuth 2, where no identity token can be checked and userdata says who it is. */
  readonly issuer: string | null;
}

export interface OAuthServers {
  /** Asks the provider for its description at the first need, and again every hour. */
  get(): Promise<OAuthServer>;
  /** As it was last known. */
  readonly known: OAuthServer | null;
}

export function makeOAuthServers(
  settings: GenericOAuthSettings,
  { fetch }: ProviderFetch,
  clock: Clock,
): OAuthServers {
  let known: OAuthServer | null = null;
  let asked = 0;
  const place = describedAt(settings);

  async function read(): Promise<OAuthServer> {
    asked = clock.now();
    known = place === null ? plainServer(settings, fetch) : await describedServer(settings, place, fetch);
    return known;
  }

  return {
    get known() {
      return known;
    },
    async get() {
      if (known === null) return await read();
      // Nobody waits for the new one, and what was good an hour ago is good enough if it cannot be read now.
      if (place !== null && clock.now() - asked > FRESH_MS) read().catch(() => {});
      return known;
    },
  };
}

/** Where the provider describes itself, as the hub reaches it, or null: it is not known to. */
function describedAt({ issuer, authorizeUrl, tokenUrl }: GenericOAuthSettings): string | null {
  if (issuer !== null) {
    return issuer.replace(/\/+$/, '').replace(/\/\.well-known\/openid-configuration$/, '');
  }
  return keycloakRealm(authorizeUrl) === null ? null : keycloakRealm(tokenUrl);
}

async function describedServer(
  settings: GenericOAuthSettings,
  place: string,
  fetch: ProviderFetch['fetch'],
): Promise<OAuthServer> {
  const insecure = speaksPlainly(place, settings.tokenUrl, settings.userdataUrl);
  const found = await discovery(
    new URL(`${place}/.well-known/openid-configuration`),
    settings.clientId,
    {},
    None(),
    { [customFetch]: fetch, ...(speaksPlainly(place) ? { execute: [allowInsecureRequests] } : {}) },
  );
  const described = found.serverMetadata();
  if (!isItself(described.issuer, place, settings.issuer !== null)) {
    throw new Misbehaved('it describes itself as another issuer');
  }
  const config = configure(withAddresses(described, settings), settings, fetch, insecure);
  // Not left to TLS alone: signatures of identity tokens are checked too.
  enableNonRepudiationChecks(config);
  return { config, metadata: config.serverMetadata(), issuer: described.issuer };
}

/**
 * A configured issuer must be the one described, letter for letter but for a last slash. One that was
 * guessed from Keycloak's inner address may be described by its public one: the realm must be the same.
 */
function isItself(described: string, place: string, configured: boolean): boolean {
  const name = (url: string): string =>
    configured ? url.replace(/\/+$/, '') : (/\/realms\/[^/]+$/.exec(url)?.[0] ?? url);
  return name(described) === name(place);
}

function plainServer(settings: GenericOAuthSettings, fetch: ProviderFetch['fetch']): OAuthServer {
  const { authorizeUrl, tokenUrl } = settings;
  const insecure = speaksPlainly(authorizeUrl, tokenUrl, settings.userdataUrl);
  const metadata = withAddresses({ issuer: new URL(authorizeUrl ?? '').origin }, settings);
  const config = configure(metadata, settings, plainTokenFetch(fetch, tokenUrl ?? ''), insecure);
  return { config, metadata: config.serverMetadata(), issuer: null };
}

/** Without TLS only where an administrator has written `http:`: an inner network, a trial. */
function speaksPlainly(...urls: readonly (string | null)[]): boolean {
  return urls.some((url) => url?.startsWith('http:') === true);
}

/** What is configured wins over what the provider says of itself. */
function withAddresses(described: ServerMetadata, settings: GenericOAuthSettings): ServerMetadata {
  const { authorizeUrl, tokenUrl, userdataUrl } = settings;
  return {
    ...described,
    ...(authorizeUrl === null ? {} : { authorization_endpoint: authorizeUrl }),
    ...(tokenUrl === null ? {} : { token_endpoint: tokenUrl }),
    ...(userdataUrl === null ? {} : { userinfo_endpoint: userdataUrl }),
  };
}

function configure(
  metadata: ServerMetadata,
  settings: GenericOAuthSettings,
  fetch: ProviderFetch['fetch'],
  insecure: boolean,
): Configuration {
  const config = new Configuration(
    metadata,
    settings.clientId,
    { [clockTolerance]: CLOCK_TOLERANCE },
    clientAuth(settings),
  );
  config[customFetch] = fetch;
  if (insecure) allowInsecureRequests(config);
  return config;
}

function clientAuth({ clientSecret, basicAuth }: GenericOAuthSettings): ClientAuth {
  if (clientSecret === null) return None();
  return basicAuth ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);
}
