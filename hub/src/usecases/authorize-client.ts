import type { Caller } from '../domain/caller.ts';
import type { Clock, Digest, Random } from '../domain/ports.ts';
import {
  contains,
  expandScopes,
  holds,
  intersect,
  isScope,
  type ScopeOwner,
  type Scopes,
} from '../domain/scope.ts';
import { serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { type Client, findClient, targetOfClient } from './find-client.ts';

export interface AuthorizeRequest {
  readonly caller: Extract<Caller, { kind: 'session' }>;
  readonly query: URLSearchParams;
  /** Scopes left ticked on the confirm page, or null when it has not been shown. */
  readonly approved: readonly string[] | null;
}

export type AuthorizeAnswer =
  /** A page of the hub's: this browser is sent nowhere. */
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 500; readonly message: string }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'confirm'; readonly client: Client; readonly scopes: readonly string[] };

export type AuthorizeClient = (request: AuthorizeRequest) => Promise<AuthorizeAnswer>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
}

// Tabs that sign in at once; a script in a loop must not fill the store.
const CODES_MAX = 20;

// Notebooks of 3.x put their next URL into it; nobody needs more.
const STATE_MAX = 4096;
const SINGLE = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'];

/**
 * The authorize step of the code grant (contract §2.3). Which client and where to is checked before all
 * else, and nothing is sent to an address that is not letter by letter the registered one.
 */
export function makeAuthorizeClient(ports: Ports): AuthorizeClient {
  return async ({ caller, query, approved }) => {
    const client = clientOf(ports.store, query);
    if (typeof client === 'string') return { kind: 'refused', status: 400, message: client };
    const fault = faultOf(query);
    if (fault !== null) return { kind: 'redirect', location: errorLocation(client, query, fault) };
    const refusal = refusalOf(ports.store, caller, client);
    if (refusal !== null) return refusal;

    const granted = grantedScopes(ports.store, caller, client, query.get('scope'));
    if (granted === null) {
      return { kind: 'redirect', location: errorLocation(client, query, { error: 'invalid_scope' }) };
    }
    if (approved === null && needsConfirm(ports, caller, client, granted)) {
      return { kind: 'confirm', client, scopes: granted };
    }
    const required = new Set(requiredScopes(client));
    const scopes =
      approved === null
        ? granted
        : granted.filter((scope) => required.has(scope) || approved.includes(scope));
    const code = await saveCode(ports, caller, client, scopes, query.get('code_challenge'));
    return { kind: 'redirect', location: withQuery(client.redirectUri, { code, state: query.get('state') }) };
  };
}

function clientOf(store: Store, query: URLSearchParams): Client | string {
  for (const name of SINGLE) {
    if (query.getAll(name).length > 1) return `Duplicate ${name} parameter.`;
  }
  const id = query.get('client_id');
  if (id === null || id === '') return 'Missing client_id parameter.';
  const client = findClient(store, id);
  if (client === null) return 'Invalid client_id parameter value.';
  const uri = query.get('redirect_uri');
  if (uri !== null && uri !== client.redirectUri) return 'Mismatching redirect URI.';
  if ((query.get('state') ?? '').length > STATE_MAX) return 'The state parameter is too long.';
  return client;
}

interface Fault {
  readonly error: string;
  readonly error_description?: string;
}

function faultOf(query: URLSearchParams): Fault | null {
  const type = query.get('response_type');
  if (type === null || type === '') {
    return { error: 'invalid_request', error_description: 'Missing response_type parameter.' };
  }
  if (type !== 'code') return { error: 'unsupported_response_type' };
  const challenge = query.get('code_challenge');
  if (challenge === null) return null;
  // `plain` protects from nothing; RFC 7636 lets a server refuse it.
  if (query.get('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    return { error: 'invalid_request', error_description: 'Transform algorithm not supported.' };
  }
  return null;
}

function refusalOf(store: Store, caller: AuthorizeRequest['caller'], client: Client): AuthorizeAnswer | null {
  const { target } = client;
  const groupsOf = (name: string): readonly string[] => store.users.get(name)?.groups ?? [];
  const key = target.kind === 'server' ? serverKey(target.user, target.server) : target.service;
  if (target.kind === 'server' && store.servers.get(key) === undefined) {
    return { kind: 'refused', status: 500, message: 'OAuth configuration error' };
  }
  const scope = target.kind === 'server' ? 'access:servers' : 'access:services';
  if (holds(caller.scopes, scope, { kind: target.kind, value: key }, groupsOf)) return null;
  const message = `You do not have permission to access ${client.description}`;
  return { kind: 'refused', status: 403, message };
}

/** Scopes that every grant of this client holds: whose token it is, and entry to the client itself. */
function requiredScopes(client: Client): readonly string[] {
  const target = targetOfClient(client);
  const access =
    'server' in target
      ? `access:servers!server=${target.server}`
      : `access:services!service=${target.service}`;
  return ['read:users:groups!user', 'read:users:name!user', access];
}

/** Requested ∩ allowed to the client ∩ the person's, or null when the client may not even ask. */
function grantedScopes(
  store: Store,
  caller: AuthorizeRequest['caller'],
  client: Client,
  scope: string | null,
): readonly string[] | null {
  const owner: ScopeOwner = { user: caller.user.name, ...targetOfClient(client) };
  const required = requiredScopes(client);
  const allowed = [...client.allowedScopes, ...required];
  // `identify` was the only scope once; what it gave is given to everybody now.
  const asked =
    scope?.split(' ').filter((word) => word !== '' && word !== 'identify') ?? client.allowedScopes;
  if (!asked.every(isScope)) return null;
  const groupsOf = (name: string): readonly string[] => store.users.get(name)?.groups ?? [];
  const within = (raw: string, limit: Scopes): boolean =>
    contains(limit, expandScopes([raw], owner), groupsOf);
  const clientLimit = expandScopes(allowed, owner);
  if (!asked.every((raw) => allowed.includes(raw) || (raw !== 'inherit' && within(raw, clientLimit))))
    return null;
  if (asked.includes('inherit')) return ['inherit'];
  const granted = [...asked, ...required].flatMap((raw) =>
    within(raw, caller.scopes) ? [raw] : intersect(expandScopes([raw], owner), caller.scopes, groupsOf),
  );
  return [...new Set(granted)].sort();
}

/** Not for one's own server, not for trusted services, and not twice for the same (contract §2.3). */
function needsConfirm(
  { store, clock }: Ports,
  { user }: AuthorizeRequest['caller'],
  client: Client,
  scopes: readonly string[],
): boolean {
  if (client.trusted) return false;
  if (client.target.kind === 'server' && client.target.user === user.name) return false;
  const before = new Set(requiredScopes(client).slice(0, 2));
  const earlier = store.tokens
    .where('clientId', client.id)
    .filter((token) => token.user === user.name && (token.expires === null || token.expires > clock.now()));
  for (const scope of earlier.flatMap((token) => token.scopes)) before.add(scope);
  return earlier.length === 0 || !scopes.every((scope) => before.has(scope));
}

async function saveCode(
  { store, clock, random, digest }: Ports,
  { user, session }: AuthorizeRequest['caller'],
  client: Client,
  scopes: readonly string[],
  challenge: string | null,
): Promise<string> {
  const code = random.hex(16);
  await store.change((drafts) => {
    const older = store.codes.where('clientId', client.id).filter((one) => one.user === user.name);
    const oldest = older
      .toSorted((a, b) => a.created - b.created)
      .slice(0, Math.max(0, older.length - CODES_MAX + 1));
    for (const one of oldest) drafts.codes.delete(one.hash);
    drafts.codes.put({
      hash: digest(code),
      clientId: client.id,
      redirectUri: client.redirectUri,
      user: user.name,
      scopes,
      sessionId: session.sharedId,
      created: clock.now(),
      challenge,
    });
  });
  return code;
}

function errorLocation(client: Client, query: URLSearchParams, fault: Fault): string {
  return withQuery(client.redirectUri, { ...fault, state: query.get('state') });
}

function withQuery(uri: string, values: Readonly<Record<string, string | null>>): string {
  const words = Object.entries(values).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return `${uri}${uri.includes('?') ? '&' : '?'}${words.join('&')}`;
}
