import { makeGitHub } from './adapters/identity/github.ts';
import { organizationOf } from './adapters/identity/github-api.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemRandom } from './adapters/system/random.ts';
import type { Settings } from './config/settings.ts';
import { signInSettings } from './config/sign-in-room.ts';
import type { Admission } from './domain/admission.ts';
import type { SignInProvider } from './domain/identity.ts';
import type { Clock, Digest, Facts, Random, Sealer, Store } from './domain/ports.ts';
import type { Roles } from './domain/role.ts';
import type { SignInSettings } from './domain/sign-in-settings.ts';
import { authenticatorsOf, composePasswords, isUnsafe } from './main-passwords.ts';
import { makeCreateInvitation } from './usecases/create-invitation.ts';
import { makeIdentifySession } from './usecases/identify-session.ts';
import { makeOpenSession } from './usecases/open-session.ts';
import { makeLookUpInvitation } from './usecases/redeem-invitation.ts';
import { makeSignInWithProvider } from './usecases/sign-in-with-provider.ts';
import { makeSignOut } from './usecases/sign-out.ts';

interface Base {
  readonly store: Store;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly sealer: Sealer;
  readonly admission: () => Admission;
  readonly roles: Roles;
}

/** Every way in: the doors that the settings open, and what stands behind each. */
export function composeSignIn(settings: Settings, base: Base) {
  const doors = { ...base, openSession: makeOpenSession(base) };
  const { verbs, form, checkSetup } = composePasswords(settings, doors);
  return {
    form,
    checkSetup,
    verbs: {
      ...verbs,
      providers: makeProviders(settings),
      identifySession: makeIdentifySession(base),
      signInWithProvider: makeSignInWithProvider(doors),
      signOut: makeSignOut(base),
      createInvitation: makeCreateInvitation(base),
      lookUpInvitation: makeLookUpInvitation(base),
    },
  };
}

function makeProviders(settings: Settings): readonly SignInProvider[] {
  const { githubClientId, githubClientSecret, oauthCallbackUrl, githubUrl } = settings;
  if (!authenticatorsOf(settings).includes('github')) return [];
  if (githubClientId === null || githubClientSecret === null || oauthCallbackUrl === null) return [];
  return [
    makeGitHub(
      {
        clientId: githubClientId,
        clientSecret: githubClientSecret,
        callbackUrl: oauthCallbackUrl,
        url: githubUrl ?? 'https://github.com',
        organizations: settings.githubOrganizations.map(organizationOf),
        teams: settings.githubTeams,
      },
      { clock: systemClock, random: systemRandom },
    ),
  ];
}

/** The lists that say who may come in; the userlist changes while the hub runs. */
export function makeAdmission(settings: Settings) {
  let current: Admission = { settings: listsOf(settings), userlist: new Map() };
  return {
    read: () => current,
    setUserlist: (userlist: Admission['userlist']) => {
      current = { ...current, userlist };
    },
  };
}

/** As JupyterHub has it: where one password opens everything and no list is given, everybody may come in. */
function listsOf(settings: Settings): SignInSettings {
  const lists = signInSettings(settings);
  const onlyTrial = authenticatorsOf(settings).every((one) => isUnsafe([one]));
  return { ...lists, allowAll: lists.allowAll || (onlyTrial && lists.allowedUsers.length === 0) };
}
