import type { Clock } from '../domain/ports.ts';
import type { Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { takeBack } from './kept-volume.ts';

export interface CreateUsersRequest {
  /** Normalised, good, and not there yet; the caller has checked. */
  readonly names: readonly string[];
  readonly admin: boolean;
}

/** Answers the new accounts, in the order of the names. */
export type CreateUsers = (request: CreateUsersRequest) => Promise<readonly User[]>;

/**
 * Makes accounts. Whom an administrator adds by hand may also sign in, as JupyterHub's `add_user` has it.
 * Who appeared meanwhile is left as they are. To whom a name is given anew, the files that were kept under it are given
 * too.
 */
export function makeCreateUsers({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): CreateUsers {
  return ({ names, admin }) =>
    store.change((drafts) => {
      const created: User[] = [];
      for (const name of new Set(names)) {
        if (store.users.get(name) !== undefined) continue;
        const user: User = {
          name,
          admin,
          groups: [],
          created: clock.now(),
          lastActivity: null,
          identities: {},
          invited: true,
        };
        drafts.users.put(user);
        takeBack(store, drafts, name);
        created.push(user);
      }
      return created;
    });
}
