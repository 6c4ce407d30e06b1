import type { Credential } from '../domain/credential.ts';
import type { PasswordHasher } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import type { Throttle } from './throttle.ts';

export interface Confirmation {
  readonly user: string;
  /** The one that is in force, as typed. */
  readonly password: string;
  readonly address: string;
}

/**
 * Asks a signed-in person once more for the password: an open browser is not enough to change what signs in.
 * Guesses here and on the sign-in page are counted together.
 *
 * @throws Problem AUTH-045 wrong, AUTH-003 too many tries, HTTP-404 when the account has no password here.
 */
export type ConfirmPassword = (request: Confirmation) => Promise<Credential>;

export function makeConfirmPassword(ports: {
  readonly store: Store;
  readonly passwords: PasswordHasher;
  readonly throttle: Throttle;
}): ConfirmPassword {
  const { store, passwords, throttle } = ports;
  return async ({ user, password, address }) => {
    const credential = store.credentials.get(user);
    if (credential === undefined) throw new Problem('HTTP-404');
    const counted = throttle(user, address);
    const good = await passwords.verify(password, credential.hash);
    // As it is now: looking at the password took a while.
    const now = store.credentials.get(user);
    if (!good || now?.hash !== credential.hash) throw new Problem('AUTH-045', { name: user, address });
    counted.right();
    return now;
  };
}
