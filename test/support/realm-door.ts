import { makeGenericOAuth } from '../../hub/src/adapters/identity/generic-oauth.ts';
import type { GenericOAuthSettings } from '../../hub/src/adapters/identity/generic-oauth-settings.ts';
import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import { systemRandom } from '../../hub/src/adapters/system/random.ts';
import type { Identity } from '../../hub/src/domain/identity.ts';
import { Problem } from '../../hub/src/domain/problem.ts';
import { StandInIdentityProvider } from '../stand-ins/identity-provider.ts';
import { realmSettings } from './realm-settings.ts';
import { RealmVisitor } from './realm-visitor.ts';

/** Nothing listens there: answers are taken from the address that the browser is sent to. */
export const CALLBACK = 'http://127.0.0.1:9999/hub/oauth_callback';

/** A realm with one person, who signs in without being asked. */
export async function realmOfAna(): Promise<StandInIdentityProvider> {
  const realm = await StandInIdentityProvider.listen({
    callbackUrl: CALLBACK,
    backchannelUrl: 'http://127.0.0.1:9999/',
  });
  realm.add('ana', ['staff', 'lab'], { sub: 'f:1:ana' });
  realm.current = 'f:1:ana';
  return realm;
}

/** The door under test, as it stands before this realm. */
export function doorTo(realm: StandInIdentityProvider, changed: Partial<GenericOAuthSettings> = {}) {
  const settings = realmSettings(realm, CALLBACK, changed);
  return makeGenericOAuth(settings, { clock: systemClock, random: systemRandom });
}

export type Door = ReturnType<typeof doorTo>;

/** From the door to the realm, as far as what the browser comes back with. */
export async function answerOf(provider: Door, visitor = 'browser'): Promise<URLSearchParams> {
  return (await new RealmVisitor().follow(await provider.begin(visitor, '/hub/home'))).searchParams;
}

export async function signIn(provider: Door): Promise<Identity> {
  return (await provider.finish('browser', await answerOf(provider))).identity;
}

/** @throws Error when the work succeeds, or fails with anything but a problem of the catalogue. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`no problem but ${String(error)}`);
}

/** The three addresses of a configuration that was written for JupyterHub, and no issuer. */
export function keycloakWay({ urls }: StandInIdentityProvider): Partial<GenericOAuthSettings> {
  return { issuer: null, authorizeUrl: urls.authorize, tokenUrl: urls.token, userdataUrl: urls.userdata };
}
