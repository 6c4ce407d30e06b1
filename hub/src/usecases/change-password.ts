import { checkNewPassword, type PasswordRules } from '../domain/password-rules.ts';
import type { Clock, Facts, PasswordHasher } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { ConfirmPassword } from './confirm-password.ts';
import { endSession, forgetTokens } from './end-session.ts';

export interface PasswordChange {
  readonly user: string;
  readonly old: string;
  readonly fresh: string;
  readonly address: string;
  /** Stays; all others end. */
  readonly session: Session;
}

/**
 * A person's own new password. It ends what was opened with the old one: every other session and all tokens
 * but those of running servers.
 *
 * @throws Problem AUTH-010 the new one cannot be used, AUTH-045 the old one is wrong, AUTH-003.
 */
export type ChangePassword = (request: PasswordChange) => Promise<void>;

export function makeChangePassword(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly facts: Facts;
  readonly passwords: PasswordHasher;
  readonly confirmPassword: ConfirmPassword;
  readonly passwordRules: PasswordRules;
}): ChangePassword {
  const { store, clock, facts, passwords } = ports;
  return async ({ user, old, fresh, address, session }) => {
    checkNewPassword(user, fresh, ports.passwordRules);
    const known = await ports.confirmPassword({ user, password: old, address });
    if (fresh === old) throw new Problem('AUTH-010', { detail: 'The new password is the old one.' });
    const hash = await passwords.hash(fresh);
    await store.change((drafts) => {
      const now = store.credentials.get(user);
      // Hashing took a while: a link of an administrator's may have set another one meanwhile.
      if (now === undefined || now.hash !== known.hash) throw new Problem('AUTH-044');
      drafts.credentials.put({ ...now, hash, changed: clock.now() });
      for (const other of store.sessions.where('user', user)) {
        if (other.idHash !== session.idHash) endSession(store, drafts, other);
      }
      forgetTokens(store, drafts, user);
    });
    facts.tell({ kind: 'signed-out', user, by: 'password' });
  };
}
