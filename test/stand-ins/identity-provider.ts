import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { request } from 'undici';
import { answerInMood, type IdentityMood, type RealmKey, signToken } from './identity-moods.ts';

export interface RealmPerson {
  readonly sub: string;
  readonly preferred_username: string;
  readonly groups: readonly string[];
  readonly email: string;
  readonly email_verified: boolean;
}

const REALM = '/auth/realms/lab';
const CONNECT = '/protocol/openid-connect';

const makeKey = () => generateKeyPair('RS256', { extractable: true });
// Making one takes longer than a whole sign-in.
const sharedKey = makeKey();

/** What one client of the realm may do. */
export interface RealmClient {
  readonly callbackUrl: string;
  /** Where sign-outs are told by the provider itself; absent: nowhere. */
  readonly backchannelUrl?: string;
}

/**
 * A Keycloak's realm by oidc-provider: the same addresses, PKCE demanded, groups, refresh tokens, sign-out
 * by the browser and behind its back. A thin front before it spoils answers when a test sets a mood. Who
 * signs in is `current`; while that is null there is a sign-in page.
 */
export class StandInIdentityProvider {
  readonly clientId = 'hub';
  readonly clientSecret = randomBytes(24).toString('hex');
  readonly people = new Map<string, RealmPerson>();
  /** `METHOD path` of everything that was asked. */
  readonly requests: string[] = [];
  /** Addresses with what came in them, for tests that look for what must not be there. */
  readonly asked: string[] = [];
  /** How the client showed its secret, each time: it takes both ways. */
  readonly shown: ('header' | 'form' | 'not')[] = [];
  /** PKCE's words that clients kept back till the exchange. */
  readonly verifiers: string[] = [];
  current: string | null = null;
  mood: IdentityMood = 'well';
  readonly #front: Server;
  readonly #inner: Server;
  readonly #key: RealmKey;
  readonly #name: string;

  private constructor(key: RealmKey, name: string) {
    this.#key = key;
    this.#name = name;
    this.#front = createServer((asked, answer) => {
      this.#pass(asked, answer).catch((error: unknown) => answer.writeHead(500).end(String(error)));
    });
    this.#inner = createServer();
  }

  static async listen(
    client: RealmClient | ((provider: StandInIdentityProvider) => RealmClient),
    {
      host = '127.0.0.1',
      port = 0,
      name = host,
      ownKey = false,
    }: {
      readonly host?: string;
      readonly port?: number;
      /** As browsers call it: `localhost` is another site than 127.0.0.1. */
      readonly name?: string;
      readonly ownKey?: boolean;
    } = {},
  ): Promise<StandInIdentityProvider> {
    const pair = await (ownKey ? makeKey() : sharedKey);
    const jwk = { ...(await exportJWK(pair.privateKey)), kid: 'realm-key', alg: 'RS256', use: 'sig' };
    const stand = new StandInIdentityProvider({ privateKey: pair.privateKey, kid: 'realm-key' }, name);
    await listenAt(stand.#front, host, port);
    await listenAt(stand.#inner, '127.0.0.1', 0);
    const provider = new Provider(
      stand.issuer,
      stand.#configuration(typeof client === 'function' ? client(stand) : client, jwk),
    );
    provider.proxy = true;
    const callback = provider.callback();
    stand.#inner.on(
      'request',
      (asked: IncomingMessage & { originalUrl?: string }, answer: ServerResponse) => {
        asked.originalUrl = asked.url ?? '';
        asked.url = asked.originalUrl.replace(REALM, '');
        if (!asked.url.startsWith('/interaction/')) return void callback(asked, answer);
        stand
          .#interact(provider, asked, answer)
          .catch((error: unknown) => answer.writeHead(500).end(String(error)));
      },
    );
    return stand;
  }

  get origin(): string {
    return `http://${this.#name}:${(this.#front.address() as AddressInfo).port}`;
  }

  get issuer(): string {
    return `${this.origin}${REALM}`;
  }

  /** As they stand in a configuration written for Keycloak. */
  get urls(): { readonly authorize: string; readonly token: string; readonly userdata: string } {
    const base = `${this.issuer}${CONNECT}`;
    return { authorize: `${base}/auth`, token: `${base}/token`, userdata: `${base}/userinfo` };
  }

  add(name: string, groups: readonly string[] = [], also: Partial<RealmPerson> = {}): RealmPerson {
    const person = {
      sub: `id-of-${name}`,
      preferred_username: name,
      groups,
      email: `${name}@lab.example`,
      email_verified: true,
      ...also,
    };
    this.people.set(person.sub, person);
    return person;
  }

  /** A token signed as the realm signs, with these claims and nothing else. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    header: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    return signToken(this.#key, claims, header);
  }

  /** The claims of a good logout token; tests bend them. */
  logoutClaims(who: { readonly sub?: string; readonly sid?: string }): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.issuer,
      aud: this.clientId,
      iat: now,
      exp: now + 120,
      jti: randomBytes(12).toString('hex'),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...who,
    };
  }

  async close(): Promise<void> {
    for (const server of [this.#front, this.#inner]) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }

  #configuration({ callbackUrl, backchannelUrl }: RealmClient, jwk: object): Configuration {
    return {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [callbackUrl],
          // Keycloak's `+`: whatever may be come back to may be left for.
          post_logout_redirect_uris: [callbackUrl],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'client_secret_post',
          ...(backchannelUrl === undefined
            ? {}
            : { backchannel_logout_uri: backchannelUrl, backchannel_logout_session_required: true }),
        },
      ],
      jwks: { keys: [jwk] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      claims: {
        openid: ['sub', 'sid'],
        profile: ['preferred_username', 'groups'],
        email: ['email', 'email_verified'],
      },
      scopes: ['openid', 'profile', 'email'],
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
      routes: {
        authorization: `${CONNECT}/auth`,
        token: `${CONNECT}/token`,
        userinfo: `${CONNECT}/userinfo`,
        jwks: `${CONNECT}/certs`,
        end_session: `${CONNECT}/logout`,
      },
      interactions: { url: (_ctx, { uid }) => `${REALM}/interaction/${uid}` },
      issueRefreshToken: () => true,
      // Each is good once, and using one twice ends them all.
      rotateRefreshToken: true,
      // Its own would not go to loopback addresses, where every hub of a test is.
      fetch: (url, how) => fetch(url, { ...how, dispatcher: undefined } as RequestInit),
      findAccount: (_ctx, sub) => {
        const person = this.people.get(sub);
        return person === undefined ? undefined : { accountId: sub, claims: () => ({ ...person }) };
      },
      loadExistingGrant: async (ctx) => {
        const { client, session, provider } = ctx.oidc;
        if (client === undefined || session?.accountId === undefined) return undefined;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    };
  }

  /** The realm's sign-in page: a name is enough. */
  async #interact(provider: Provider, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const typed = asked.method === 'POST' ? new URLSearchParams(await textOf(asked)).get('name') : null;
    const sub = this.current ?? (typed === null ? null : `id-of-${typed}`);
    if (sub === null) {
      answer.writeHead(200, { 'Content-Type': 'text/html' });
      return void answer.end(
        '<!doctype html><title>The realm</title><h1>The realm</h1><form method="post"><label>Name <input name="name"></label><button>Go on</button></form>',
      );
    }
    await provider.interactionFinished(
      asked,
      answer,
      this.mood === 'denies'
        ? { error: 'access_denied', error_description: 'No, "thanks" <b>' }
        : { login: { accountId: sub } },
    );
  }

  /** Everything goes through here, and is spoiled here when the mood says so. */
  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = (asked.url ?? '').split('?')[0] ?? '';
    this.requests.push(`${asked.method} ${path}`);
    this.asked.push(asked.url ?? '');
    const body = await textOf(asked);
    if (path.endsWith('/token')) {
      this.shown.push(secretIn(asked.headers.authorization, body));
      this.verifiers.push(...new URLSearchParams(body).getAll('code_verifier'));
    }
    const port = (this.#inner.address() as AddressInfo).port;
    const whole = await request(`http://127.0.0.1:${port}${asked.url}`, {
      method: asked.method === 'POST' ? 'POST' : 'GET',
      headers: { ...headersOf(asked), host: asked.headers.host ?? '' },
      body: body === '' ? null : body,
    });
    await answerInMood(this.mood, this.#key, path, answer, {
      status: whole.statusCode,
      headers: whole.headers,
      text: await whole.body.text(),
    });
  }
}

function secretIn(authorization: string | undefined, body: string): 'header' | 'form' | 'not' {
  if (authorization?.startsWith('Basic ') === true) return 'header';
  return new URLSearchParams(body).has('client_secret') ? 'form' : 'not';
}

function headersOf(asked: IncomingMessage): Record<string, string> {
  const kept = ['content-type', 'authorization', 'cookie', 'accept'];
  return Object.fromEntries(
    kept.flatMap((name) => (asked.headers[name] === undefined ? [] : [[name, String(asked.headers[name])]])),
  );
}

async function textOf(asked: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of asked) text += String(piece);
  return text;
}

function listenAt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => listening());
  });
}
