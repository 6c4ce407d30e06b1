import { makeDummy } from './adapters/identity/dummy.ts';
import { makePam, type Pam } from './adapters/identity/pam/pam.ts';
import { oneTimeCodes } from './adapters/system/one-time-codes.ts';
import { makeScryptHasher } from './adapters/system/scrypt-hasher.ts';
import type { Settings } from './config/settings.ts';
import { type Admission, listedAdmin, nameHere } from './domain/admission.ts';
import { Attempts } from './domain/attempts.ts';
import type { Authenticator } from './domain/authenticator.ts';
import type { PasswordProvider } from './domain/identity.ts';
import type { Clock, Digest, Facts, PasswordHasher, Random, Sealer } from './domain/ports.ts';
import { isAdmin, type Roles } from './domain/role.ts';
import type { Store } from './domain/store.ts';
import { makeChangePassword } from './usecases/change-password.ts';
import { makeConfirmPassword } from './usecases/confirm-password.ts';
import { makeLocalDoor } from './usecases/local-door.ts';
import type { OpenSession } from './usecases/open-session.ts';
import { makeRedeemInvitation } from './usecases/redeem-invitation.ts';
import { makeSecondStep } from './usecases/second-step.ts';
import { makeSecondFactor } from './usecases/set-up-second-factor.ts';
import { makeSignInWithPassword } from './usecases/sign-in-with-password.ts';
import { makeSignUp } from './usecases/sign-up.ts';
import { makeThrottle } from './usecases/throttle.ts';

const TRIES_OF_A_NAME = { free: 5, forgive: 10 * 60_000, longest: 15 * 60_000 };
const TRIES_OF_AN_ADDRESS = { free: 50, forgive: 10_000, longest: 5000 };
/** Of a name alone: who is asked for a code has given the password. */
const TRIES_OF_A_CODE = { free: 5, forgive: 10 * 60_000, longest: 15 * 60_000 };
/** A course behind one address signs up within an hour. */
const SIGN_UPS_OF_AN_ADDRESS = { free: 40, forgive: 60_000, longest: 60_000 };

export interface PasswordBase {
  readonly store: Store;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly sealer: Sealer;
  readonly admission: () => Admission;
  readonly roles: Roles;
  readonly openSession: OpenSession;
  /** Absent: scrypt at its full cost. */
  readonly passwords?: PasswordHasher;
  /** Whether the sealer's key outlives a restart; absent: it does. */
  readonly sealerLasts?: boolean;
}

/** Every way in by name and password, and what belongs to accounts with a password of their own. */
export function composePasswords(settings: Settings, base: PasswordBase) {
  const open = authenticatorsOf(settings);
  const passwords = base.passwords ?? makeScryptHasher();
  const pam = open.includes('pam') ? makePam(pamSettings(settings)) : null;
  const throttle = makeThrottle({
    clock: base.clock,
    attemptsOfNames: new Attempts(TRIES_OF_A_NAME),
    attemptsOfAddresses: new Attempts(TRIES_OF_AN_ADDRESS),
  });
  const house = {
    ...base,
    passwords,
    throttle,
    codes: oneTimeCodes,
    sealerLasts: base.sealerLasts ?? true,
    passwordRules: { least: settings.passwordLeast, common: settings.passwordCommon },
    attemptsOfCodes: new Attempts(TRIES_OF_A_CODE),
    attemptsOfSignUps: new Attempts(SIGN_UPS_OF_AN_ADDRESS),
  };
  const confirmPassword = makeConfirmPassword(house);
  const { passOn, takeSecondStep } = makeSecondStep(house);
  const doors = doorsOf(settings, open, { ...house, pam });
  return {
    /** What the doors of HTTP have to know. */
    form: {
      passwords: doors.length > 0,
      otpPrompt: doors.find(({ otpPrompt }) => otpPrompt !== null)?.otpPrompt ?? null,
      localAccounts: open.includes('local'),
      passwordLeast: settings.passwordLeast,
      askForAccount: askForAccount(settings, open),
      unsafe: isUnsafe(open),
    },
    verbs: {
      signInWithPassword: makeSignInWithPassword({ ...house, doors, passOn }),
      takeSecondStep,
      redeemInvitation: makeRedeemInvitation({ ...house, passOn }),
      changePassword: makeChangePassword({ ...house, confirmPassword }),
      secondFactor: makeSecondFactor({ ...house, confirmPassword }),
      signUp: makeSignUp({ ...house, open: settings.openSignup }),
    },
    /** @throws Error in one sentence: the hub must not start like this. */
    checkSetup: async () => {
      if (pam !== null) await pam.checkSetup();
    },
  };
}

/** Which ways are open. Nothing named: local accounts, and every provider that is configured. */
export function authenticatorsOf(settings: Settings): readonly Authenticator[] {
  return settings.authenticators ?? ['local', 'github', 'generic-oauth'];
}

function askForAccount(
  { enableSignup, openSignup }: Settings,
  open: readonly Authenticator[],
): 'by-approval' | 'open' | null {
  if (!open.includes('local') || !enableSignup) return null;
  return openSignup ? 'open' : 'by-approval';
}

/** Whether one password, or none, opens every account. */
export function isUnsafe(open: readonly Authenticator[]): boolean {
  return open.includes('dummy') || open.includes('shared-password');
}

/** Local accounts are quickest to ask, PAM is slowest; the dummy comes first to nobody's account. */
function doorsOf(
  settings: Settings,
  open: readonly Authenticator[],
  house: PasswordBase & Parameters<typeof makeLocalDoor>[0] & { readonly pam: Pam | null },
): readonly PasswordProvider[] {
  const doors: PasswordProvider[] = open.includes('local') ? [makeLocalDoor(house)] : [];
  for (const id of ['dummy', 'shared-password'] as const) {
    if (open.includes(id)) doors.push(dummyDoor(settings, id, house));
  }
  if (house.pam !== null) doors.push(house.pam);
  return doors;
}

function dummyDoor(
  settings: Settings,
  id: 'dummy' | 'shared-password',
  { store, admission, roles }: PasswordBase,
): PasswordProvider {
  const account = (name: string) => nameHere(admission().settings, name);
  return makeDummy(
    {
      id,
      password: id === 'dummy' ? settings.dummyPassword : settings.sharedUserPassword,
      adminPassword: settings.sharedAdminPassword,
    },
    {
      isAdministrator(name) {
        const user = store.users.get(account(name));
        return (
          listedAdmin(admission(), account(name)) === true || (user !== undefined && isAdmin(roles, user))
        );
      },
      isOwned(name) {
        const { identities } = store.users.get(account(name)) ?? { identities: {} };
        return store.credentials.get(account(name)) !== undefined || Object.keys(identities).length > 0;
      },
    },
  );
}

function pamSettings(settings: Settings): Parameters<typeof makePam>[0] {
  return {
    helper: [settings.pamHelper],
    service: settings.pamService,
    confdir: settings.pamConfdir,
    checkAccount: settings.pamCheckAccount,
    adminGroups: settings.pamAdminGroups,
    allowedGroups: settings.pamAllowedGroups,
    encoding: settings.pamEncoding,
    atOnce: settings.pamAtOnce,
    normalizeUsername: settings.pamNormalizeUsername,
    leastUid: settings.pamLeastUid,
    requestOtp: settings.requestOtp,
    otpPrompt: settings.otpPrompt,
  };
}
