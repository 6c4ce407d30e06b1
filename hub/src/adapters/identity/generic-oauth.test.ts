import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IdentityMood } from '../../../../test/stand-ins/identity-moods.ts';
import { StandInIdentityProvider } from '../../../../test/stand-ins/identity-provider.ts';
import {
  answerOf,
  CALLBACK,
  type Door,
  doorTo,
  keycloakWay,
  problemOf,
  realmOfAna,
  signIn,
} from '../../../../test/support/realm-door.ts';
import { realmSettings } from '../../../../test/support/realm-settings.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import { makeGenericOAuth } from './generic-oauth.ts';
import type { GenericOAuthSettings } from './generic-oauth-settings.ts';

let realm: StandInIdentityProvider;

beforeEach(async () => {
  realm = await realmOfAna();
});

afterEach(async () => {
  await realm.close();
});

const door = (changed: Partial<GenericOAuthSettings> = {}): Door => doorTo(realm, changed);

describe('whoever comes is', () => {
  test('bound to issuer and sub, with the name, the session and the tokens of the provider', async () => {
    const identity = await signIn(door());
    expect(identity).toMatchObject({
      provider: 'generic-oauth',
      id: `${realm.issuer} f:1:ana`,
      login: 'ana',
      groups: null,
      admin: null,
      admitted: null,
      providerSession: expect.stringMatching(/./),
      authState: { id_token: expect.any(String), refresh_token: expect.any(String) },
    });
  });

  test('the same person when the addresses are Keycloak’s and no issuer is told', async () => {
    const one = await signIn(door());
    const other = await signIn(
      door({
        ...keycloakWay(realm),
        usernameClaim: 'preferred_username',
        userdataParams: { state: 'state' },
      }),
    );
    expect(other).toMatchObject({ id: one.id, login: 'ana', providerSession: expect.stringMatching(/./) });
    expect(realm.asked.filter((url) => url.includes('/userinfo?state=state'))).toHaveLength(1);
  });

  test('the same person when the hub reaches Keycloak by an inner address', async () => {
    const public_ = await StandInIdentityProvider.listen({ callbackUrl: CALLBACK }, { name: 'localhost' });
    public_.add('ana', [], { sub: 'f:1:ana' });
    public_.current = 'f:1:ana';
    const { authorize, token, userdata } = public_.urls;
    const inner = (url: string): string => url.replace('localhost', '127.0.0.1');
    const provider = makeGenericOAuth(
      realmSettings(public_, CALLBACK, {
        issuer: null,
        authorizeUrl: authorize,
        tokenUrl: inner(token),
        userdataUrl: inner(userdata),
      }),
      { clock: systemClock, random: systemRandom },
    );
    expect(await provider.begin('browser', '/')).toMatch(/^http:\/\/localhost/);
    expect(await signIn(provider)).toMatchObject({ id: `${public_.issuer} f:1:ana`, login: 'ana' });
    await public_.close();
  });

  test('told to the client whose secret comes in the form, or in the header where that is wanted', async () => {
    await signIn(door());
    await signIn(door({ basicAuth: true }));
    expect(realm.shown).toEqual(['form', 'header']);
  });

  test('bound to sub alone with plain OAuth 2, whose identity tokens count for nothing', async () => {
    realm.mood = 'wrong-signature';
    const { authorize, token, userdata } = realm.urls;
    // Addresses without a realm in them: no description is looked for.
    const plain = await signIn(
      door({
        issuer: null,
        authorizeUrl: authorize,
        tokenUrl: `${token}?plain`,
        userdataUrl: userdata,
        usernameClaim: 'preferred_username',
        scope: ['openid', 'profile'],
      }),
    );
    expect(plain).toMatchObject({ id: 'f:1:ana', login: 'ana', providerSession: null });
    expect(realm.requests.some((line) => line.includes('well-known'))).toBe(false);
  });

  test('taken from the identity token alone when that is wanted', async () => {
    expect(await signIn(door({ userdataFromIdToken: true }))).toMatchObject({ login: 'ana' });
    expect(realm.requests.some((line) => line.endsWith('/userinfo'))).toBe(false);
  });
});

test('state, PKCE and nonce go with every sign-in, and openid is always asked for', async () => {
  const first = new URL(await door({ scope: ['roles'] }).begin('browser', '/hub/home')).searchParams;
  const second = new URL(await door().begin('browser', '/hub/home')).searchParams;
  for (const name of ['state', 'code_challenge', 'nonce']) {
    expect(first.get(name)).toMatch(/^[\w.-]{30,}$/);
    expect(first.get(name)).not.toBe(second.get(name));
  }
  expect(first.get('code_challenge_method')).toBe('S256');
  expect(first.get('scope')).toBe('openid roles');
  expect(first.get('redirect_uri')).toBe(CALLBACK);
});

test('the word that PKCE keeps back stands in no address and in no answer to the browser', async () => {
  const provider = door();
  const url = await provider.begin('browser', '/');
  await signIn(provider);
  expect(url).not.toContain('code_verifier');
  expect(realm.asked.join(' ')).not.toContain('code_verifier');
  expect(realm.verifiers).toHaveLength(1);
  for (const verifier of realm.verifiers) {
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(realm.asked.join(' ')).not.toContain(verifier);
  }
});

test('parameters of an administrator come along and replace none of ours', async () => {
  const url = await door({
    authorizeParams: {
      kc_idp_hint: 'github',
      state: 'mine',
      nonce: 'mine',
      response_type: 'token',
      client_id: 'x',
    },
  }).begin('browser', '/');
  const sent = new URL(url).searchParams;
  expect(sent.get('kc_idp_hint')).toBe('github');
  expect(sent.getAll('state')).toEqual([expect.stringMatching(/^generic-oauth\./)]);
  expect(sent.getAll('nonce')).not.toEqual(['mine']);
  expect([sent.getAll('response_type'), sent.getAll('client_id')]).toEqual([['code'], ['hub']]);
});

describe('nobody comes in with', () => {
  test.each<[IdentityMood, string, RegExp]>([
    ['token-500', 'AUTH-007', /500/],
    ['token-garbage', 'AUTH-007', /pars|JSON/],
    ['token-redirects', 'AUTH-007', /307/],
    ['token-empty', 'AUTH-007', /JSON/],
    ['token-error-200', 'AUTH-007', /access_token/],
    ['token-endless', 'AUTH-007', /more than/],
    ['token-invalid-grant', 'AUTH-007', /400 invalid_grant/],
    ['token-invalid-client', 'AUTH-007', /401 invalid_client/],
    ['no-id-token', 'AUTH-007', /id_token/],
    ['wrong-signature', 'AUTH-007', /signature/],
    ['alg-none', 'AUTH-007', /alg/i],
    ['shared-secret', 'AUTH-007', /alg/i],
    ['jwks-500', 'AUTH-007', /500/],
    ['jwks-empty', 'AUTH-007', /key/],
    ['wrong-issuer', 'AUTH-007', /wrong iss/],
    ['wrong-audience', 'AUTH-007', /wrong aud/],
    ['wrong-nonce', 'AUTH-007', /wrong nonce/],
    ['no-nonce', 'AUTH-007', /nonce/],
    ['clock-ahead', 'AUTH-007', /clock is 3\d{3} s ahead/],
    ['clock-behind', 'AUTH-007', /exp|timestamp/],
    ['userinfo-500', 'AUTH-007', /500/],
    ['userinfo-401', 'AUTH-007', /401/],
    ['userinfo-garbage', 'AUTH-007', /JSON/],
    ['userinfo-other-sub', 'AUTH-007', /somebody else/],
    ['denies', 'AUTH-006', /access_denied/],
    ['other-iss', 'AUTH-005', /another provider/],
    ['no-iss', 'AUTH-005', /another provider/],
  ])('%s: %s', async (mood, code, detail) => {
    const provider = door();
    await signIn(provider);
    realm.mood = mood;
    // Its keys are read again, as after a restart.
    const fresh = mood.startsWith('jwks') ? door() : provider;
    const problem = await problemOf(signIn(fresh));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(detail);
    // Codes, tokens and whatever the provider wrote stay out of the log.
    expect(JSON.stringify([problem.message, problem.facts, String(problem.cause)])).not.toMatch(
      /SECRET-BODY|eyJ|code=/,
    );
  });

  test.each<[IdentityMood, RegExp]>([
    ['discovery-500', /500/],
    ['discovery-garbage', /pars|JSON/],
    ['discovery-other-issuer', /another issuer/],
  ])('%s: told before the browser is sent anywhere', async (mood, detail) => {
    realm.mood = mood;
    for (const provider of [door(), door(keycloakWay(realm))]) {
      const problem = await problemOf(provider.begin('browser', '/'));
      expect(problem).toMatchObject({ code: 'AUTH-007', message: expect.stringMatching(detail) });
    }
  });

  test('a provider that is not there', async () => {
    const gone = door({ issuer: 'http://127.0.0.1:9/realms/lab' });
    expect(await problemOf(gone.begin('browser', '/'))).toMatchObject({
      code: 'AUTH-007',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('one that never answers, or a letter a second: told within ten seconds', async () => {
    const dripping = await realmOfAna();
    const doors = [door(), door({ issuer: dripping.issuer, clientSecret: dripping.clientSecret })];
    const begun = await Promise.all(doors.map(async (each) => ({ each, answer: await answerOf(each) })));
    [realm.mood, dripping.mood] = ['silent', 'token-drips'];
    const began = performance.now();
    const problems = begun.map(({ each, answer }) => problemOf(each.finish('browser', answer)));
    for (const problem of await Promise.all(problems)) {
      expect(problem).toMatchObject({ code: 'AUTH-007', facts: { detail: 'no answer in time' } });
    }
    expect(performance.now() - began).toBeLessThan(10_000);
    await dripping.close();
  }, 15_000);

  test('a clock half a minute off is no fault', async () => {
    realm.mood = 'clock-a-little-behind';
    expect(await signIn(door())).toMatchObject({ login: 'ana' });
  });
});

describe('an answer is taken', () => {
  test('once', async () => {
    const provider = door();
    const answer = await answerOf(provider);
    await provider.finish('browser', answer);
    expect(await problemOf(provider.finish('browser', answer))).toMatchObject({ code: 'AUTH-005' });
  });

  test('from the browser that began, and from no other', async () => {
    const provider = door();
    const answer = await answerOf(provider);
    expect(await problemOf(provider.finish('another', answer))).toMatchObject({ code: 'AUTH-005' });
    // And it is not used up by that.
    expect(await provider.finish('browser', answer)).toMatchObject({ next: '/hub/home' });
  });

  test.each([
    ['another state', { state: 'generic-oauth.of-somebody-else' }],
    ['no state', { state: '' }],
    ['neither code nor error', { code: '' }],
  ])('not with %s', async (_, changed) => {
    const provider = door();
    const answer = await answerOf(provider);
    for (const [name, value] of Object.entries(changed)) {
      if (value === '') answer.delete(name);
      else answer.set(name, value);
    }
    expect(await problemOf(provider.finish('browser', answer))).toMatchObject({ code: 'AUTH-005' });
  });

  test.each(['code', 'state', 'iss', 'error'])('not with two of %s', async (name) => {
    const provider = door();
    const answer = await answerOf(provider);
    answer.append(name, 'another');
    answer.append(name, 'another');
    expect(await problemOf(provider.finish('browser', answer))).toMatchObject({ code: 'AUTH-005' });
  });

  test('not with a code of another sign-in of the same browser', async () => {
    const provider = door();
    const [one, other] = [await answerOf(provider), await answerOf(provider)];
    one.set('code', other.get('code') ?? '');
    expect(await problemOf(provider.finish('browser', one))).toMatchObject({ code: 'AUTH-007' });
  });
});

test('an old description is read anew without anybody waiting for it', async () => {
  let now = Date.now();
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const provider = makeGenericOAuth(realmSettings(realm, CALLBACK), { clock, random: systemRandom });
  await signIn(provider);
  now += 2 * 3600_000;
  realm.mood = 'silent';
  expect(await provider.begin('browser', '/')).toContain(realm.issuer);
  const descriptions = (): number => realm.requests.filter((line) => line.includes('well-known')).length;
  await expect.poll(descriptions, { timeout: 5000 }).toBe(2);
});

test('forms may lead on to the sign-in and sign-out pages of the provider', async () => {
  expect(door().origins()).toEqual([realm.origin]);
  const provider = door({ logoutRedirectUrl: 'https://www.lab.example/bye' });
  await provider.begin('browser', '/');
  expect(provider.origins()).toEqual([realm.origin, 'https://www.lab.example']);
});

test('an address that does not speak TLS is told, not trusted', async () => {
  const problem = await problemOf(
    door({ issuer: realm.issuer.replace('http:', 'https:') }).begin('browser', '/'),
  );
  expect(problem).toMatchObject({ code: 'AUTH-007' });
});
