import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonStore } from '../src/adapters/store/json-store.ts';
import { makeFactBus } from '../src/adapters/system/fact-bus.ts';
import { makeLog } from '../src/adapters/system/log.ts';
import { oneTimeCodes } from '../src/adapters/system/one-time-codes.ts';
import { sha256, systemRandom } from '../src/adapters/system/random.ts';
import { makeScryptHasher } from '../src/adapters/system/scrypt-hasher.ts';
import { makeSealer } from '../src/adapters/system/sealer.ts';
import type { Admission } from '../src/domain/admission.ts';
import { Attempts } from '../src/domain/attempts.ts';
import type { Fact } from '../src/domain/fact.ts';
import type { PasswordProvider, SignInProvider } from '../src/domain/identity.ts';
import type { Clock } from '../src/domain/ports.ts';
import { NOBODY } from '../src/domain/sign-in-settings.ts';
import { makeChangePassword } from '../src/usecases/change-password.ts';
import { makeConfirmPassword } from '../src/usecases/confirm-password.ts';
import { makeCreateInvitation } from '../src/usecases/create-invitation.ts';
import { makeEndByProvider } from '../src/usecases/end-by-provider.ts';
import { makeIdentifySession } from '../src/usecases/identify-session.ts';
import { makeLeaveProvider } from '../src/usecases/leave-provider.ts';
import { makeLocalDoor } from '../src/usecases/local-door.ts';
import { makeOpenSession, type OpenedSession } from '../src/usecases/open-session.ts';
import { makeLookUpInvitation, makeRedeemInvitation } from '../src/usecases/redeem-invitation.ts';
import { makeSecondStep, type PasswordOutcome } from '../src/usecases/second-step.ts';
import { makeSecondFactor } from '../src/usecases/set-up-second-factor.ts';
import { makeSignInWithPassword } from '../src/usecases/sign-in-with-password.ts';
import { makeSignInWithProvider } from '../src/usecases/sign-in-with-provider.ts';
import { makeSignOut } from '../src/usecases/sign-out.ts';
import { makeSignUp } from '../src/usecases/sign-up.ts';
import { makeThrottle } from '../src/usecases/throttle.ts';

export interface SignInOptions {
  /** Beside local accounts. */
  readonly doors?: readonly PasswordProvider[];
  readonly openSignUp?: boolean;
}

/** The sign-in use cases on a real store and real, if quick, hashing, with a clock that tests may move. */
export async function makeSignIn(settings: Partial<Admission['settings']> = {}, options: SignInOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'berth-sign-in-'));
  const store = await openJsonStore(join(directory, 'berth.json'));
  const time = { now: Date.parse('2026-01-05T09:00:00Z') };
  const clock: Clock = { now: () => time.now, sleep: () => Promise.resolve() };
  const facts = makeFactBus(makeLog('silent'));
  const told: Fact[] = [];
  facts.listen((fact) => void told.push(fact));
  let admission: Admission = {
    settings: { ...NOBODY, ...settings },
    userlist: new Map(),
  };
  const ports = {
    store,
    clock,
    facts,
    random: systemRandom,
    digest: sha256,
    sealer: makeSealer([Buffer.alloc(32, 5)]),
    passwords: makeScryptHasher({ N: 1024, r: 8, p: 1 }),
    throttle: makeThrottle({
      clock,
      attemptsOfNames: new Attempts({ free: 5, forgive: 600_000, longest: 900_000 }),
      attemptsOfAddresses: new Attempts({ free: 50, forgive: 10_000, longest: 5000 }),
    }),
    attemptsOfCodes: new Attempts({ free: 5, forgive: 600_000, longest: 900_000 }),
    attemptsOfSignUps: new Attempts({ free: 40, forgive: 60_000, longest: 60_000 }),
    codes: oneTimeCodes,
    sealerLasts: true,
    passwordRules: { least: 12, common: true },
    open: options.openSignUp ?? false,
    admission: () => admission,
  };
  // Tests put theirs in.
  const providers: SignInProvider[] = [];
  const openSession = makeOpenSession(ports);
  const confirmPassword = makeConfirmPassword(ports);
  const { passOn, takeSecondStep } = makeSecondStep({ ...ports, openSession });
  const doors = [makeLocalDoor(ports), ...(options.doors ?? [])];
  return {
    ...ports,
    told,
    time,
    setUserlist: (userlist: Admission['userlist']) => {
      admission = { ...admission, userlist };
    },
    openSession,
    createInvitation: makeCreateInvitation(ports),
    lookUpInvitation: makeLookUpInvitation(ports),
    redeemInvitation: makeRedeemInvitation({ ...ports, passOn }),
    signInWithPassword: makeSignInWithPassword({ ...ports, doors, passOn }),
    takeSecondStep,
    changePassword: makeChangePassword({ ...ports, confirmPassword }),
    secondFactor: makeSecondFactor({ ...ports, confirmPassword }),
    signUp: makeSignUp({ ...ports, openSession }),
    signInWithProvider: makeSignInWithProvider({ openSession }),
    signOut: makeSignOut(ports),
    providers,
    leaveProvider: makeLeaveProvider({ ...ports, log: makeLog('silent'), providers }),
    endByProvider: makeEndByProvider({ ...ports, providers }),
    identifySession: makeIdentifySession(ports),
    close: async () => {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type SignInUnderTest = Awaited<ReturnType<typeof makeSignIn>>;

/** The session of an outcome that is one. */
export function opened(outcome: PasswordOutcome): OpenedSession {
  if ('secondStep' in outcome) throw new Error('a second step was asked for');
  return outcome;
}
