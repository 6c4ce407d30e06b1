import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SignedOutThere } from '../../domain/identity.ts';
import type { Clock } from '../../domain/ports.ts';
import { boundId } from './identity-of-claims.ts';
import { CLOCK_TOLERANCE, type OAuthServer } from './oauth-server.ts';
import type { ProviderFetch } from './provider-fetch.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** What was sent longer ago is somebody else's copy. */
const AGE_MAX = 300;

/** Ids of used tokens: each is forgotten when the token is too old anyway. More than this in that time is no sign-out. */
const USED_MAX = 10_000;

/** Thrown for a word that is not a good logout token of this provider's. Its message is ours. */
export class BadLogoutToken extends Error {}

/**
 * Checks logout tokens as OpenID Connect Back-Channel Logout 1.0 §2.6 says: signature, issuer, audience,
 * time, the event, `sub` or `sid`, no nonce (so that no identity token passes), and each only once.
 */
export function makeLogoutTokens({ fetch }: ProviderFetch, clientId: string, clock: Clock) {
  const used = new Map<string, number>();
  let keys: { readonly from: string; readonly set: ReturnType<typeof createRemoteJWKSet> } | null = null;

  return async ({ metadata, issuer }: OAuthServer, token: string): Promise<SignedOutThere> => {
    if (issuer === null || metadata.jwks_uri === undefined) throw new BadLogoutToken('no issuer is known');
    if (keys?.from !== metadata.jwks_uri) keys = { from: metadata.jwks_uri, set: keySet(metadata.jwks_uri) };
    const { payload } = await jwtVerify(token, keys.set, {
      issuer,
      audience: clientId,
      clockTolerance: CLOCK_TOLERANCE,
      maxTokenAge: AGE_MAX,
      requiredClaims: ['iat', 'jti'],
      // Never `none` and never a shared secret: the key set holds public keys, which anybody has.
      algorithms: [
        'RS256',
        'RS384',
        'RS512',
        'PS256',
        'PS384',
        'PS512',
        'ES256',
        'ES384',
        'ES512',
        'EdDSA',
        'Ed25519',
      ],
      currentDate: new Date(clock.now()),
    }).catch((error: unknown) => {
      throw isTokensFault(error) ? new BadLogoutToken(error.code) : error;
    });
    const ended = whoLeaves(payload, issuer);
    spend(String(payload.jti));
    return ended;
  };

  function keySet(uri: string): ReturnType<typeof createRemoteJWKSet> {
    return createRemoteJWKSet(new URL(uri), { [customFetch]: fetch, timeoutDuration: 5000 });
  }

  function spend(id: string): void {
    const now = clock.now();
    for (const [old, until] of used) {
      if (until > now) break;
      used.delete(old);
    }
    if (used.has(id)) throw new BadLogoutToken('it was used before');
    if (used.size >= USED_MAX) throw new BadLogoutToken('too many at once');
    used.set(id, now + (AGE_MAX + 2 * CLOCK_TOLERANCE) * 1000);
  }
}

function whoLeaves(payload: JWTPayload, issuer: string): SignedOutThere {
  const { events, sub, sid } = payload;
  if (typeof events !== 'object' || events === null || !isMapping(Reflect.get(events, EVENT))) {
    throw new BadLogoutToken('it is about no sign-out');
  }
  if ('nonce' in payload) throw new BadLogoutToken('it has a nonce, as identity tokens do');
  const id = typeof sub === 'string' && sub !== '' ? boundId(issuer, sub) : null;
  const providerSession = typeof sid === 'string' && sid !== '' ? sid : null;
  if (id === null && providerSession === null) throw new BadLogoutToken('it names nobody');
  return { id, providerSession };
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Other than a key set that cannot be read, which says nothing about the token. */
function isTokensFault(error: unknown): error is errors.JOSEError {
  const keySets = [errors.JWKSTimeout, errors.JWKSInvalid];
  return (
    error instanceof errors.JOSEError &&
    error.code !== 'ERR_JOSE_GENERIC' &&
    !keySets.some((kind) => error instanceof kind)
  );
}
