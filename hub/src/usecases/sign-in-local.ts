import type { Attempts } from '../domain/attempts.ts';
import { plainIdentity } from '../domain/identity.ts';
import type { Clock, Facts, PasswordHasher, Store } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import { isUsername, normalizeUsername } from '../domain/user.ts';
import type { OpenedSession, OpenSession } from './open-session.ts';

export interface LocalSignIn {
  /** As typed. */
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

export type SignInLocal = (request: LocalSignIn) => Promise<OpenedSession>;

/**
 * Name and password. Unknown names cost as much time as known ones and get the same sentence.
 *
 * @throws Problem AUTH-001 wrong, AUTH-003 too many tries, AUTH-002 not admitted (only after the right password).
 */
export function makeSignInLocal(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly passwords: PasswordHasher;
  readonly facts: Facts;
  readonly openSession: OpenSession;
  readonly attemptsOfNames: Attempts;
  readonly attemptsOfAddresses: Attempts;
}): SignInLocal {
  const { store, clock, passwords, facts, openSession, attemptsOfNames, attemptsOfAddresses } = ports;

  return async (request) => {
    const name = normalizeUsername(request.username);
    const both = `${name.slice(0, 64)} ${request.address}`;
    const wait = Math.max(
      attemptsOfNames.wait(both, clock.now()),
      attemptsOfAddresses.wait(request.address, clock.now()),
    );
    if (wait > 0) {
      throw new Problem('AUTH-003', { seconds: Math.ceil(wait / 1000), address: request.address });
    }
    attemptsOfNames.made(both, clock.now());
    attemptsOfAddresses.made(request.address, clock.now());
    if (!(await isRight(name, request.password))) {
      facts.tell({
        kind: 'sign-in-refused',
        name: name.slice(0, 64),
        provider: 'local',
        address: request.address,
        code: 'AUTH-001',
      });
      throw new Problem('AUTH-001', { address: request.address });
    }
    attemptsOfNames.forget(both);
    attemptsOfAddresses.takeBack(request.address);
    const { address, userAgent, previous } = request;
    return await openSession({
      name,
      identity: plainIdentity('local', name, null),
      address,
      userAgent,
      previous,
    });
  };

  async function isRight(name: string, password: string): Promise<boolean> {
    const credential = isUsername(name) ? store.credentials.get(name) : undefined;
    if (credential !== undefined) return await passwords.verify(password, credential.hash);
    await passwords.waste(password);
    return false;
  }
}
