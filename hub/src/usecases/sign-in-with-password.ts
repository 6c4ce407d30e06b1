import type { Identity, PasswordProvider } from '../domain/identity.ts';
import type { Facts } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import { isUsername, normalizeUsername } from '../domain/user.ts';
import type { PassOn, PasswordOutcome } from './second-step.ts';
import type { CountedTry, Throttle } from './throttle.ts';

export interface PasswordSignIn {
  /** As typed. */
  readonly username: string;
  readonly password: string;
  /** The one-time code that the form asked for, or the empty string. */
  readonly otp: string;
  /** The browser's own word: a second step can be taken in this browser only. */
  readonly visitor: string;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

export type SignInWithPassword = (request: PasswordSignIn) => Promise<PasswordOutcome>;

/**
 * The corridor of every name and password: throttling, then the doors in their order until one knows both,
 * then the second step where the account has one, then the session.
 *
 * @throws Problem AUTH-001 wrong, AUTH-003 too many tries, AUTH-041 and AUTH-042 the account may not be used,
 * AUTH-007 and AUTH-040 somebody could not be asked and nobody else knew them, AUTH-002 and AUTH-008 not admitted.
 */
export function makeSignInWithPassword(ports: {
  readonly doors: readonly PasswordProvider[];
  readonly throttle: Throttle;
  readonly facts: Facts;
  readonly passOn: PassOn;
}): SignInWithPassword {
  const { doors, throttle, facts, passOn } = ports;

  return async (request) => {
    const name = normalizeUsername(request.username);
    const { address, userAgent, previous, visitor } = request;
    const counted = throttle(name, address);
    const attempt = { name, password: request.password, otp: request.otp, address };
    const asked = await ask(attempt, counted).catch((error: unknown) => {
      // Who was right but may not come in is no guesser.
      if (isProblem(error, 'AUTH-041') || isProblem(error, 'AUTH-042')) counted.right();
      if (error instanceof Problem) refused(name, 'password', address, error.code);
      throw error;
    });
    const here = asked === null ? '' : normalizeUsername(asked.login);
    if (asked === null || !isUsername(here)) {
      refused(name, doors.length === 1 ? (doors[0]?.id ?? '') : 'password', address, 'AUTH-001');
      throw new Problem('AUTH-001', { address });
    }
    counted.right();
    return await passOn({ name: here, identity: asked, visitor, address, userAgent, previous });
  };

  /**
   * The first door that knows name and password. One that cannot be asked does not close the ones behind it,
   * but when none of them knows the person either, that is what is told: it may not have been a wrong password.
   * Who found nobody to ask is no guesser; whom one door has said no to may be.
   */
  async function ask(
    attempt: Parameters<PasswordProvider['check']>[0],
    counted: CountedTry,
  ): Promise<Identity | null> {
    let away: Problem | null = null;
    let saidNo = false;
    for (const door of doors) {
      try {
        const identity = await door.check(attempt);
        if (identity !== null) return identity;
        saidNo = true;
      } catch (error) {
        if (!isProblem(error, 'AUTH-007') && !isProblem(error, 'AUTH-040')) throw error;
        away ??= error;
      }
    }
    if (away?.code === 'AUTH-007' && !saidNo) counted.void();
    if (away !== null) throw away;
    return null;
  }

  function refused(name: string, provider: string, address: string, code: string): void {
    facts.tell({ kind: 'sign-in-refused', name: name.slice(0, 64), provider, address, code });
  }
}

function isProblem(error: unknown, code: Problem['code']): error is Problem {
  return error instanceof Problem && error.code === code;
}
