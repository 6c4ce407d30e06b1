import { createHash, timingSafeEqual } from 'node:crypto';
import { type PasswordProvider, plainIdentity } from '../../domain/identity.ts';
import { Problem } from '../../domain/problem.ts';
import { isUsername } from '../../domain/user.ts';

export interface DummySettings {
  readonly id: 'dummy' | 'shared-password';
  /** Of everybody; null: any password will do. */
  readonly password: string | null;
  /** Of administrators; null: the same, if there is one. */
  readonly adminPassword: string | null;
}

export interface DummyPorts {
  isAdministrator(name: string): boolean;
  /** Whether the account has a password of its own, or is bound to somebody at a provider. */
  isOwned(name: string): boolean;
}

/**
 * One password for all names: JupyterHub's DummyAuthenticator and SharedPasswordAuthenticator, for trials.
 *
 * It opens no account that something else opens already, and never an administrator's without a password:
 * who administers the hub can do anything on the machine.
 */
export function makeDummy(settings: DummySettings, ports: DummyPorts): PasswordProvider {
  const { id, password, adminPassword } = settings;

  /** @throws Problem AUTH-047 when there is none: with `dummy` and no password everybody would be one. */
  function neededOfAdministrator(name: string): string {
    const needed = adminPassword ?? (id === 'dummy' ? password : null);
    if (needed !== null) return needed;
    throw new Problem('AUTH-047', {
      detail: `${name} is an administrator, for whom there is no password: set ${id === 'dummy' ? 'DUMMY_PASSWORD' : 'SHARED_ADMIN_PASSWORD'}.`,
    });
  }

  return {
    id,
    label: 'the password for everybody',
    otpPrompt: null,
    async check(attempt) {
      const { name } = attempt;
      if (!isUsername(name) || ports.isOwned(name)) return null;
      const needed = ports.isAdministrator(name) ? neededOfAdministrator(name) : password;
      // Only the dummy goes without one.
      if (needed === null ? id !== 'dummy' : !isSame(attempt.password, needed)) return null;
      return plainIdentity(id, name, null);
    },
  };
}

/** In the same time whatever they have in common. */
function isSame(one: string, other: string): boolean {
  const digest = (word: string): Buffer => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(one), digest(other));
}
