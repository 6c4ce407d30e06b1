import { type Admission, listedAdmin } from '../domain/admission.ts';
import type { Facts } from '../domain/ports.ts';
import type { Drafts, Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import type { Userlist } from '../domain/userlist.ts';
import type { SeeOff } from './see-off.ts';

export type ApplyUserlist = (list: Userlist) => Promise<void>;

/** Puts a userlist in force: who is an administrator, and who has to leave. */
export function makeApplyUserlist(ports: {
  readonly store: Store;
  readonly facts: Facts;
  readonly admission: () => Admission;
  readonly setUserlist: (list: Userlist) => void;
  readonly seeOff: SeeOff;
}): ApplyUserlist {
  const { store, facts, admission, setUserlist, seeOff } = ports;

  return async (list) => {
    const before = admission().userlist;
    setUserlist(list);
    await store.change((drafts) => {
      for (const user of store.users.values()) followList(drafts, user, before.has(user.name));
    });
    // A hub without a userlist has nothing to tell of it.
    if (list.size + before.size > 0) facts.tell({ kind: 'userlist-changed', ...difference(before, list) });
    await seeOff('lists');
  };

  /** What the list says of administrators is followed; of whom it says nothing, nothing is changed. */
  function followList(drafts: Drafts, user: User, wasListed: boolean): void {
    const listed = listedAdmin(admission(), user.name);
    const admin = listed ?? (wasListed && !user.invited ? false : user.admin);
    if (admin !== user.admin) drafts.users.put({ ...user, admin });
  }
}

function difference(
  before: Userlist,
  after: Userlist,
): { added: readonly string[]; removed: readonly string[] } {
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  };
}
