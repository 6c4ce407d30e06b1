import type { Settings } from './config/settings.ts';
import { signInSettings } from './config/sign-in-room.ts';
import type { Admission } from './domain/admission.ts';
import type { Clock, Digest, Facts, Log, PasswordHasher, Random, Sealer } from './domain/ports.ts';
import type { Roles } from './domain/role.ts';
import type { SignInSettings } from './domain/sign-in-settings.ts';
import type { Store } from './domain/store.ts';
import { authenticatorsOf, composePasswords, isUnsafe } from './main-passwords.ts';
import { doubtsAbout, makeProviders } from './main-providers.ts';
import { makeCloseDoors } from './usecases/close-doors.ts';
import { makeCreateInvitation } from './usecases/create-invitation.ts';
import { makeEndByProvider } from './usecases/end-by-provider.ts';
import { makeIdentifySession } from './usecases/identify-session.ts';
import { makeLeaveProvider } from './usecases/leave-provider.ts';
import { makeOpenSession } from './usecases/open-session.ts';
import { makeLookUpInvitation } from './usecases/redeem-invitation.ts';
import { makeSignInWithProvider } from './usecases/sign-in-with-provider.ts';
import { makeSignOut } from './usecases/sign-out.ts';

interface Base {
  readonly store: Store;
  readonly facts: Facts;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly sealer: Sealer;
  /** Whether its key outlives a restart; absent: it does. */
  readonly sealerLasts?: boolean;
  readonly admission: () => Admission;
  readonly roles: Roles;
  /** Absent: scrypt at its full cost. */
  readonly passwords?: PasswordHasher;
}

/** Every way in: the doors that the settings open, and what stands behind each. */
export function composeSignIn(settings: Settings, base: Base) {
  const doors = { ...base, openSession: makeOpenSession(base) };
  const { verbs, form, checkSetup } = composePasswords(settings, doors);
  const providers = makeProviders(settings);
  for (const doubt of doubtsAbout(settings)) base.log.warn({}, doubt);
  return {
    form: { ...form, autoLogin: settings.autoLogin },
    /** @throws Error in one sentence: the hub must not start like this. */
    makeReady: async () => {
      await checkSetup();
      const ways = authenticatorsOf(settings).filter((way) => way !== 'github' && way !== 'generic-oauth');
      await makeCloseDoors(base)(new Set([...ways, ...providers.map(({ id }) => id)]));
    },
    verbs: {
      ...verbs,
      providers,
      identifySession: makeIdentifySession(base),
      signInWithProvider: makeSignInWithProvider(doors),
      signOut: makeSignOut(base),
      leaveProvider: makeLeaveProvider({ ...base, providers }),
      endByProvider: makeEndByProvider({ ...base, providers }),
      createInvitation: makeCreateInvitation(base),
      lookUpInvitation: makeLookUpInvitation(base),
    },
  };
}

/** The lists that say who may come in; the userlist changes while the hub runs. */
export function makeAdmission(settings: Settings) {
  let current: Admission = { settings: listsOf(settings), userlist: new Map() };
  return {
    read: () => current,
    setUserlist: (userlist: Admission['userlist']) => {
      current = { ...current, userlist };
    },
    /** The configuration was read anew. */
    renew: (fresh: Settings) => {
      current = { ...current, settings: listsOf(fresh) };
    },
  };
}

/** As JupyterHub has it: where one password opens everything and no list is given, everybody may come in. */
function listsOf(settings: Settings): SignInSettings {
  const lists = signInSettings(settings);
  const onlyTrial = authenticatorsOf(settings).every((one) => isUnsafe([one]));
  return { ...lists, allowAll: lists.allowAll || (onlyTrial && lists.allowedUsers.length === 0) };
}
