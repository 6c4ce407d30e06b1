import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IdentityMood } from '../../../../test/stand-ins/identity-moods.ts';
import type { StandInIdentityProvider } from '../../../../test/stand-ins/identity-provider.ts';
import {
  CALLBACK,
  type Door,
  doorTo,
  keycloakWay,
  problemOf,
  realmOfAna,
  signIn,
} from '../../../../test/support/realm-door.ts';
import { realmSettings } from '../../../../test/support/realm-settings.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';
import { signOutAddress } from './oauth-sign-out.ts';

let realm: StandInIdentityProvider;

beforeEach(async () => {
  realm = await realmOfAna();
});

afterEach(async () => {
  await realm.close();
});

const door = (changed: Partial<GenericOAuthSettings> = {}): Door => doorTo(realm, changed);

describe('asked again', () => {
  async function signedIn(provider: Door) {
    const { authState } = await signIn(provider);
    if (authState === null) throw new Error('no auth state');
    return authState;
  }

  test('the provider tells the groups of now', async () => {
    const provider = door({ manageGroups: true, adminGroups: ['chiefs'] });
    const state = await signedIn(provider);
    realm.add('ana', ['chiefs'], { sub: 'f:1:ana' });
    expect(await provider.refresh(state)).toMatchObject({
      id: `${realm.issuer} f:1:ana`,
      groups: ['chiefs'],
      admin: true,
      admitted: true,
    });
  });

  test('by the new refresh token each time, where it changes', async () => {
    const provider = door();
    let state = await signedIn(provider);
    for (let round = 0; round < 3; round += 1) {
      const identity = await provider.refresh(state);
      if (identity === null || identity === 'expired') throw new Error(`refused in round ${round}`);
      expect(identity.authState?.refresh_token).toEqual(expect.any(String));
      if (identity.authState !== null) state = identity.authState;
    }
  });

  test('a failure behind the exchange costs nobody the sign-in: the old refresh token is used up', async () => {
    const provider = door();
    const state = await signedIn(provider);
    realm.mood = 'userinfo-500';
    for (let round = 0; round < 3; round += 1) {
      expect(await problemOf(provider.refresh(state))).toMatchObject({ code: 'AUTH-007' });
    }
    realm.mood = 'well';
    expect(await provider.refresh(state)).toMatchObject({ login: 'ana' });
    // Another hub, or this one after a restart, knows the old one only.
    expect(await door().refresh(state)).toBe('expired');
  });

  test('of somebody who is gone, the tokens are good for nothing', async () => {
    const provider = door();
    const state = await signedIn(provider);
    realm.people.clear();
    expect(await provider.refresh(state)).toBe('expired');
  });

  test.each<[IdentityMood, 'expired' | null]>([
    ['token-invalid-grant', 'expired'],
    ['userinfo-401', 'expired'],
    ['userinfo-403', null],
  ])('%s is an answer: %s', async (mood, verdict) => {
    const provider = door();
    const state = await signedIn(provider);
    realm.mood = mood;
    expect(await provider.refresh(state)).toBe(verdict);
  });

  test.each<IdentityMood>([
    'token-500',
    'token-garbage',
    'token-invalid-client',
    'userinfo-500',
    'userinfo-garbage',
    'wrong-signature',
  ])('%s is none', async (mood) => {
    const provider = door();
    const state = await signedIn(provider);
    realm.mood = mood;
    expect(await problemOf(provider.refresh(state))).toMatchObject({ code: 'AUTH-007' });
  });

  test('without a refresh token the access token asks, as long as it is good', async () => {
    const provider = door();
    const state = { ...(await signedIn(provider)), refresh_token: null };
    expect(await provider.refresh(state)).toMatchObject({ login: 'ana' });
    expect(await provider.refresh({ ...state, access_token: 'worthless' })).toBe('expired');
  });

  test('claims of no use any more lead to a new sign-in, where that is told', async () => {
    const by = { usernameClaim: 'email' };
    const provider = door(by);
    const state = await signedIn(provider);
    realm.add('ana', [], { sub: 'f:1:ana', email_verified: false });
    expect(await provider.refresh(state)).toBe('expired');
  });

  test('an answer about somebody else is no answer', async () => {
    const provider = door();
    const state = await signedIn(provider);
    const changed = { ...state, oauth_user: { sub: 'f:1:bob' } };
    expect(await problemOf(provider.refresh(changed))).toMatchObject({ code: 'AUTH-007' });
  });
});

describe('signing out over there', () => {
  test('says who leaves, and comes back to the one address that is registered', async () => {
    const provider = door();
    const { authState } = await signIn(provider);
    const url = new URL((await provider.signOutUrl(authState)) ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${realm.issuer}/protocol/openid-connect/logout`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'hub',
      id_token_hint: authState?.id_token,
      post_logout_redirect_uri: CALLBACK,
      state: 'signed-out',
    });
  });

  test('an address of the administrator’s is used as it is, and learns nothing of the person', async () => {
    const provider = door({ logoutRedirectUrl: 'https://www.lab.example/bye?from=hub' });
    const { authState } = await signIn(provider);
    expect(await provider.signOutUrl(authState)).toBe('https://www.lab.example/bye?from=hub');
  });

  test('Keycloak’s own address gets what newer Keycloaks ask for', async () => {
    const logoutRedirectUrl = `${realm.issuer}/protocol/openid-connect/logout?redirect_uri=https%3A%2F%2Fhub.example`;
    const provider = door({ ...keycloakWay(realm), usernameClaim: 'preferred_username', logoutRedirectUrl });
    const { authState } = await signIn(provider);
    const sent = new URL((await provider.signOutUrl(authState)) ?? '').searchParams;
    expect(sent.has('redirect_uri')).toBe(false);
    expect(sent.get('id_token_hint')).toBe(authState?.id_token);
    expect(sent.get('post_logout_redirect_uri')).toBe(CALLBACK);
  });

  test('can be switched off, and tells when the provider cannot be asked where', async () => {
    expect(await door({ signOutThere: false }).signOutUrl(null)).toBeNull();
    realm.mood = 'discovery-500';
    expect(await problemOf(door().signOutUrl(null))).toMatchObject({ code: 'AUTH-007' });
    const fixed = door({ logoutRedirectUrl: 'https://www.lab.example/bye' });
    expect(await fixed.signOutUrl(null)).toBe('https://www.lab.example/bye');
  });

  test('a token too long for an address is left out rather than cut off', async () => {
    const url = await door().signOutUrl({ id_token: 'x'.repeat(7000) });
    expect(url?.length).toBeLessThan(1000);
  });
});

test.each(['javascript:alert(1)', 'data:text/html,x', '/logout', '//evil.example'])(
  'a provider that names %s for its sign-out has none',
  (endpoint) => {
    expect(signOutAddress(realmSettings(realm, CALLBACK), endpoint, null)).toBeNull();
  },
);
