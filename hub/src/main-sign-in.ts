import { makeGitHub } from './adapters/identity/github.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemRandom } from './adapters/system/random.ts';
import { makeScryptHasher } from './adapters/system/scrypt-hasher.ts';
import { signInSettings } from './config/rooms.ts';
import { signInSettings } from './config/sign-in-room.ts';
import type { Settings } from './config/settings.ts';
import type { Admission } from './domain/admission.ts';
import { Attempts } from './domain/attempts.ts';
import type { SignInProvider } from './domain/identity.ts';
import type { Clock, Digest, Facts, Random, Sealer, Store } from './domain/ports.ts';
import { makeCreateInvitation } from './usecases/create-invitation.ts';
import { makeIdentifySession } from './usecases/identify-session.ts';
import { makeOpenSession } from './usecases/open-session.ts';
import { makeLookUpInvitation, makeRedeemInvitation } from './usecases/redeem-invitation.ts';
import { makeSignInLocal } from './usecases/sign-in-local.ts';
import { makeSignInWithProvider } from './usecases/sign-in-with-provider.ts';
import { makeSignOut } from './usecases/sign-out.ts';

const TRIES_OF_A_NAME = { free: 5, forgive: 10 * 60_000, longest: 15 * 60_000 };
const TRIES_OF_AN_ADDRESS = { free: 50, forgive: 10_000, longest: 5000 };

interface Base {
  readonly store: Store;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
  readonly digest: Digest;
  readonly admission: () => Admission;
}

/** Every way in: the doors that the settings open, and what stands behind each. */
export function composeSignIn(settings: Settings, base: Base) {
  const doors = { ...base, passwords: makeScryptHasher(), openSession: makeOpenSession(base) };
  return {
    verbs: {
      providers: makeProviders(settings),
      identifySession: makeIdentifySession(base),
      signInLocal: makeSignInLocal({
        ...doors,
        attemptsOfNames: new Attempts(TRIES_OF_A_NAME),
        attemptsOfAddresses: new Attempts(TRIES_OF_AN_ADDRESS),
      }),
      signInWithProvider: makeSignInWithProvider(doors),
      signOut: makeSignOut(base),
      createInvitation: makeCreateInvitation(base),
      lookUpInvitation: makeLookUpInvitation(base),
      redeemInvitation: makeRedeemInvitation(doors),
    },
  };
}

function makeProviders(settings: Settings): readonly SignInProvider[] {
  const { githubClientId, githubClientSecret, oauthCallbackUrl, githubUrl } = settings;
  if (githubClientId === null || githubClientSecret === null || oauthCallbackUrl === null) return [];
  return [
    makeGitHub(
      {
        clientId: githubClientId,
        clientSecret: githubClientSecret,
        callbackUrl: oauthCallbackUrl,
        url: githubUrl ?? 'https://github.com',
      },
      { clock: systemClock, random: systemRandom },
    ),
  ];
}

/** The lists that say who may come in; the userlist changes while the hub runs. */
export function makeAdmission(settings: Settings) {
  let current: Admission = { settings: signInSettings(settings), userlist: new Map() };
  return {
    read: () => current,
    setUserlist: (userlist: Admission['userlist']) => {
      current = { ...current, userlist };
    },
  };
}
