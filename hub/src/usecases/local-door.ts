import { type PasswordProvider, plainIdentity } from '../domain/identity.ts';
import type { PasswordHasher } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';
import { isUsername } from '../domain/user.ts';

/** Accounts with a password that the hub keeps. Names that do not exist cost as much work as those that do. */
export function makeLocalDoor(ports: {
  readonly store: Store;
  readonly passwords: PasswordHasher;
}): PasswordProvider {
  const { store, passwords } = ports;
  return {
    id: 'local',
    label: 'this hub',
    otpPrompt: null,
    async check({ name, password }) {
      const known = isUsername(name) ? store.credentials.get(name) : undefined;
      const waiting = isUsername(name) && known === undefined ? store.signUps.get(name) : undefined;
      const hash = known?.hash ?? waiting?.hash;
      if (hash === undefined) {
        await passwords.waste(password);
        return null;
      }
      if (!(await passwords.verify(password, hash))) return null;
      // That took a while: the password may be another one by now, and what the old one opened has been ended.
      if (known !== undefined && store.credentials.get(name)?.hash !== hash) return null;
      // Only whoever knows the password is told of it.
      if (known === undefined) throw new Problem('AUTH-042', { name });
      return plainIdentity('local', name, null);
    },
  };
}
