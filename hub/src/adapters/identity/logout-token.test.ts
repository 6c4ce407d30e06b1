import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StandInIdentityProvider } from '../../../../test/stand-ins/identity-provider.ts';
import { realmSettings } from '../../../../test/support/realm-settings.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import { makeGenericOAuth } from './generic-oauth.ts';

const CALLBACK = 'http://127.0.0.1:9999/hub/oauth_callback';
const ANA = { sub: 'f:1:ana', sid: 'session-of-ana' };
let realm: StandInIdentityProvider;
let provider: ReturnType<typeof makeGenericOAuth>;

beforeEach(async () => {
  realm = await StandInIdentityProvider.listen({ callbackUrl: CALLBACK });
  provider = makeGenericOAuth(realmSettings(realm, CALLBACK), { clock: systemClock, random: systemRandom });
});

afterEach(async () => {
  await realm.close();
});

const seconds = (): number => Math.floor(Date.now() / 1000);

test('a good one says whose sign-in ends: the person, the session, or both', async () => {
  const [id, providerSession] = [`${realm.issuer} ${ANA.sub}`, ANA.sid];
  const read = async (who: Parameters<typeof realm.logoutClaims>[0]) =>
    provider.readLogoutToken(await realm.sign(realm.logoutClaims(who), { typ: 'logout+jwt' }));
  expect(await read(ANA)).toEqual({ id, providerSession });
  expect(await read({ sub: ANA.sub })).toEqual({ id, providerSession: null });
  expect(await read({ sid: ANA.sid })).toEqual({ id: null, providerSession });
});

describe('no sign-out is', () => {
  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'another-client' }],
    ['no audience', { aud: undefined }],
    ['an old one', { iat: seconds() - 3600, exp: seconds() + 60 }],
    ['one whose time is over', { exp: seconds() - 120 }],
    ['one of the future', { iat: seconds() + 3600, exp: seconds() + 7200 }],
    ['without a time', { iat: undefined }],
    ['without an id of its own', { jti: undefined }],
    ['without the event', { events: undefined }],
    ['with another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    [
      'with an event that is no mapping',
      { events: { 'http://schemas.openid.net/event/backchannel-logout': 'yes' } },
    ],
    ['with a nonce, as identity tokens have', { nonce: 'x' }],
    ['about nobody', { sub: undefined, sid: undefined }],
    ['about a mapping', { sub: {}, sid: [] }],
  ])('%s', async (_, changed) => {
    const token = await realm.sign({ ...realm.logoutClaims(ANA), ...changed });
    await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-021' });
  });

  test.each(['none', 'HS256'])('one with the algorithm %s', async (alg) => {
    const token = await realm.sign(realm.logoutClaims(ANA), { alg });
    await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-021' });
  });

  test('one of another key with the same name', async () => {
    const other = await StandInIdentityProvider.listen({ callbackUrl: CALLBACK }, { ownKey: true });
    const token = await other.sign(realm.logoutClaims(ANA));
    await other.close();
    await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-021' });
  });

  test.each(['', 'x', 'a.b.c', '..', '{}'])('%j', async (token) => {
    await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-021' });
  });

  test('the same one again, nor when two come at once', async () => {
    const token = await realm.sign(realm.logoutClaims(ANA));
    const both = await Promise.allSettled([provider.readLogoutToken(token), provider.readLogoutToken(token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-021' });
  });

  test('any at all where no issuer is known', async () => {
    const { authorize, token, userdata } = realm.urls;
    const plain = makeGenericOAuth(
      realmSettings(realm, CALLBACK, {
        issuer: null,
        authorizeUrl: authorize,
        tokenUrl: `${token}?plain`,
        userdataUrl: userdata,
      }),
      { clock: systemClock, random: systemRandom },
    );
    const logout = await realm.sign(realm.logoutClaims(ANA));
    await expect(plain.readLogoutToken(logout)).rejects.toMatchObject({ code: 'AUTH-021' });
  });
});

test('keys that cannot be read are the provider’s failure, not the token’s', async () => {
  realm.mood = 'jwks-500';
  const token = await realm.sign(realm.logoutClaims(ANA));
  await expect(provider.readLogoutToken(token)).rejects.toMatchObject({ code: 'AUTH-007' });
  realm.mood = 'well';
  expect(await provider.readLogoutToken(token)).toMatchObject({ providerSession: ANA.sid });
});
