import type { SignInSettings } from './settings.ts';
import type { User } from './user.ts';
import type { Userlist } from './userlist.ts';

/** Everything that decides who may come in. */
export interface Admission {
  readonly settings: SignInSettings;
  readonly userlist: Userlist;
}

/** Whether this name may sign in. `user` is the account, if there is one already. */
export function isAdmitted(admission: Admission, name: string, user: User | undefined): boolean {
  const { settings, userlist } = admission;
  return (
    settings.allowAll ||
    userlist.has(name) ||
    settings.allowedUsers.includes(name) ||
    settings.adminUsers.includes(name) ||
    user?.invited === true
  );
}

/**
 * Whether the lists make this name an administrator, or null when they say nothing of it: then the account
 * keeps what an administrator gave it. The userlist also takes away: the word gone, the right is gone.
 */
export function listedAdmin(admission: Admission, name: string): boolean | null {
  if (admission.settings.adminUsers.includes(name)) return true;
  return admission.userlist.get(name) ?? null;
}
