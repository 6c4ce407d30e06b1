import type { Attempts } from '../domain/attempts.ts';
import type { Identity } from '../domain/identity.ts';
import type { Clock, Digest, Facts, Random, Sealer } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import {
  type OneTimeCodes,
  type SecondFactor,
  secondFactorBinding,
  tidyCode,
} from '../domain/second-factor.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { OpenedSession, OpenSession } from './open-session.ts';

/** Somebody whose password was right. */
interface FirstStep {
  readonly name: string;
  readonly identity: Identity;
  readonly visitor: string;
  readonly begun: number;
}

export interface SecondStepRequest {
  /** The word that stands for the first step. */
  readonly step: string;
  readonly visitor: string;
  /** As typed: of the app, or a recovery code. */
  readonly code: string;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

/** Signed in, or asked for the code of the second step, under a word that stands for the first. */
export type PasswordOutcome = OpenedSession | { readonly secondStep: string };

/** Opens the session, or asks for the second step first. */
export type PassOn = (request: Parameters<OpenSession>[0] & { visitor: string }) => Promise<PasswordOutcome>;
export type TakeSecondStep = (request: SecondStepRequest) => Promise<OpenedSession>;

const FIRST_STEP_MS = 5 * 60_000;
const MOST_KEPT = 1000;

/**
 * The second step of accounts that have one. Codes are throttled by the name alone: whoever comes this far
 * knows the password, so nobody else can be locked out by it.
 */
export function makeSecondStep(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly sealer: Sealer;
  readonly codes: OneTimeCodes;
  readonly attemptsOfCodes: Attempts;
  readonly openSession: OpenSession;
}): { readonly passOn: PassOn; readonly takeSecondStep: TakeSecondStep } {
  const { store, clock, random, facts, attemptsOfCodes, openSession } = ports;
  const begun = new Map<string, FirstStep>();

  /** @throws Problem AUTH-044 when it is unknown, too old, of another browser, or the password is another by now. */
  function firstStepOf({ step, visitor }: SecondStepRequest): { first: FirstStep; factor: SecondFactor } {
    const first = begun.get(step);
    const credential = first === undefined ? undefined : store.credentials.get(first.name);
    const factor = credential?.secondFactor ?? null;
    if (
      first === undefined ||
      factor === null ||
      credential === undefined ||
      first.visitor !== visitor ||
      clock.now() - first.begun > FIRST_STEP_MS ||
      credential.changed > first.begun
    ) {
      throw new Problem('AUTH-044');
    }
    return { first, factor };
  }

  return {
    async passOn({ visitor, ...request }) {
      const factor = store.credentials.get(request.name)?.secondFactor ?? null;
      if (request.identity.provider !== 'local' || factor === null) return await openSession(request);
      const step = random.word(24);
      begun.set(step, { name: request.name, identity: request.identity, visitor, begun: clock.now() });
      const oldest = begun.keys().next();
      if (begun.size > MOST_KEPT && oldest.done !== true) begun.delete(oldest.value);
      return { secondStep: step };
    },

    async takeSecondStep(request) {
      const { first, factor } = firstStepOf(request);
      const { name, identity } = first;
      const { address, userAgent, previous } = request;
      const wait = attemptsOfCodes.wait(name, clock.now());
      if (wait > 0) throw new Problem('AUTH-003', { seconds: Math.ceil(wait / 1000), address });
      attemptsOfCodes.made(name, clock.now());
      if (!(await useCode(name, factor, tidyCode(request.code)))) {
        facts.tell({ kind: 'sign-in-refused', name, provider: 'local', address, code: 'AUTH-043' });
        throw new Problem('AUTH-043', { name, address });
      }
      attemptsOfCodes.forget(name);
      begun.delete(request.step);
      return await openSession({ name, identity, address, userAgent, previous });
    },
  };

  /** Takes a code out of circulation. Whether it was good is asked in the same turn: one code opens one door. */
  async function useCode(name: string, known: SecondFactor, code: string): Promise<boolean> {
    const secret = ports.sealer.open(known.sealed, secondFactorBinding(known.since));
    const step = secret === null ? null : ports.codes.stepOf(secret, code, clock.now());
    const hash = ports.digest(code);
    if (step === null && !known.recovery.includes(hash)) return false;
    return await store.change((drafts) => {
      const credential = store.credentials.get(name);
      const factor = credential?.secondFactor ?? null;
      if (credential === undefined || factor === null || factor.since !== known.since) return false;
      const used = step === null ? withoutRecovery(factor, hash) : afterStep(factor, step);
      if (used === null) return false;
      drafts.credentials.put({ ...credential, secondFactor: used });
      if (step === null)
        facts.tell({ kind: 'second-step', user: name, what: 'recovery-code-used', by: name });
      return true;
    });
  }
}

function afterStep(factor: SecondFactor, step: number): SecondFactor | null {
  return step > factor.lastStep ? { ...factor, lastStep: step } : null;
}

function withoutRecovery(factor: SecondFactor, hash: string): SecondFactor | null {
  const left = factor.recovery.filter((one) => one !== hash);
  return left.length < factor.recovery.length ? { ...factor, recovery: left } : null;
}
