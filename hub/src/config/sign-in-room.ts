import type { SignInSettings } from '../domain/sign-in-settings.ts';
import type { Settings } from './settings.ts';

/** What the settings say of who may come in. */
export function signInSettings(settings: Settings): SignInSettings {
  const { allowAll, allowExistingUsers, allowedUsers, blockedUsers, adminUsers } = settings;
  const { allowedGroups, adminGroups, manageGroups, usernamePattern, usernameMap } = settings;
  const { userlistGrace, refreshAge, refreshPreSpawn } = settings;
  return {
    allowAll,
    allowExistingUsers,
    allowedUsers,
    blockedUsers,
    adminUsers,
    allowedGroups,
    adminGroups,
    manageGroups,
    usernamePattern,
    usernameMap,
    userlistGrace,
    refreshAge,
    refreshPreSpawn,
  };
}
