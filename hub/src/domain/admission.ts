import type { Identity } from './identity.ts';
import type { SignInSettings } from './sign-in-settings.ts';
import type { User } from './user.ts';
import type { Userlist } from './userlist.ts';

/** Everything that decides who may come in. */
export interface Admission {
  readonly settings: SignInSettings;
  readonly userlist: Userlist;
}

/**
 * Whether this name may come in. `user` is the account, if there is one already. Asked at every request, so
 * that whoever loses the right is nobody from then on.
 *
 * The order is JupyterHub's: blocked first, whatever else is said; then anything that lets in.
 */
export function isAdmitted(admission: Admission, name: string, user: User | undefined): boolean {
  const { settings, userlist } = admission;
  if (settings.blockedUsers.includes(name)) return false;
  return (
    settings.allowAll ||
    userlist.has(name) ||
    settings.allowedUsers.includes(name) ||
    settings.adminUsers.includes(name) ||
    (user !== undefined && isAdmittedAccount(settings, user))
  );
}

function isAdmittedAccount(settings: SignInSettings, user: User): boolean {
  return user.invited || settings.allowExistingUsers || isVouchedFor(settings, user);
}

// A provider that told groups has said no more than that: what they are worth, the settings say each time.
const GROUPS_WORD = ' groups';

function isVouchedFor(settings: SignInSettings, user: User): boolean {
  return Object.keys(user.vouched ?? {}).some(
    (word) => !word.endsWith(GROUPS_WORD) || hasWelcomeGroup(settings, user.groups),
  );
}

function hasWelcomeGroup(settings: SignInSettings, groups: readonly string[]): boolean {
  return settings.manageGroups && groups.some((group) => isWelcomeGroup(settings, group));
}

/** What other providers have said, once this one's word is gone. */
export function withoutWordOf(user: User, provider: string): Readonly<Record<string, number>> {
  const { [provider]: _, [`${provider}${GROUPS_WORD}`]: __, ...others } = user.vouched ?? {};
  return others;
}

function isWelcomeGroup({ allowedGroups, adminGroups }: SignInSettings, group: string): boolean {
  return allowedGroups.includes(group) || adminGroups.includes(group);
}

/** As {@link isAdmitted}, for the account as a sign-in or a refresh is about to leave it. */
export function isAdmittedAs(admission: Admission, after: User, known: User | undefined): boolean {
  const { settings } = admission;
  const allowExistingUsers = settings.allowExistingUsers && known !== undefined;
  return isAdmitted({ ...admission, settings: { ...settings, allowExistingUsers } }, after.name, after);
}

/**
 * Whether the lists make this name an administrator, or null when they say nothing of it: then the account
 * keeps what an administrator gave it. The userlist also takes away: the word gone, the right is gone.
 */
export function listedAdmin(admission: Admission, name: string): boolean | null {
  if (admission.settings.blockedUsers.includes(name)) return false;
  if (admission.settings.adminUsers.includes(name)) return true;
  return admission.userlist.get(name) ?? null;
}

/** The name here of somebody who has this (normalised) name at a provider; mapped once, never on and on. */
export function nameHere(settings: SignInSettings, name: string): string {
  return settings.usernameMap.get(name) ?? name;
}

/** Whether the settings let an account have this name at all. */
export function isNameWanted(settings: SignInSettings, name: string): boolean {
  return settings.usernamePattern?.(name) ?? true;
}

const GROUPS_MAX = 1000;
// A scope's filter begins with `!`; blanks at the ends and what cannot be seen are nobody's intention.
const GROUP_NAME = /^[^\s!\p{C}](?:[^!\p{C}]{0,253}[^\s!\p{C}])?$/u;

/** The account as what the provider says leaves it: id, groups, rights and word. `now` dates the word. */
export function accountAfter(admission: Admission, before: User, identity: Identity, now: number): User {
  const { settings } = admission;
  const { id, provider } = identity;
  const managed = settings.manageGroups && identity.groups !== null ? goodGroups(identity.groups) : null;
  return {
    ...before,
    admin: listedAdmin(admission, before.name) ?? adminBy(settings, identity, managed) ?? before.admin,
    groups: managed ?? before.groups,
    identities: id === null ? before.identities : { ...before.identities, [provider]: id },
    vouched: {
      ...withoutWordOf(before, provider),
      ...(identity.admitted === true ? { [provider]: now } : {}),
      ...(managed !== null && hasWelcomeGroup(settings, managed)
        ? { [`${provider}${GROUPS_WORD}`]: now }
        : {}),
    },
  };
}

/** `admin_groups` takes away, too: who is in none of them is no administrator. */
function adminBy(
  settings: SignInSettings,
  identity: Identity,
  groups: readonly string[] | null,
): boolean | null {
  if (identity.admin !== null) return identity.admin;
  if (groups === null || settings.adminGroups.length === 0) return null;
  return groups.some((group) => settings.adminGroups.includes(group));
}

function goodGroups(groups: readonly string[]): readonly string[] {
  return [...new Set(groups)].filter((group) => GROUP_NAME.test(group)).slice(0, GROUPS_MAX);
}

/**
 * JupyterHub's `any_allow_config`: whether anything says who may come in. `ownRules`: a provider has some of
 * its own (organisations).
 */
export function anyAllowConfig({ settings, userlist }: Admission, ownRules: boolean): boolean {
  return (
    ownRules ||
    settings.allowAll ||
    settings.allowExistingUsers ||
    userlist.size > 0 ||
    [settings.allowedUsers, settings.adminUsers, settings.allowedGroups, settings.adminGroups].some(
      (list) => list.length > 0,
    )
  );
}
