/** What the settings say of who may come in. Names are normalised. */
export interface SignInSettings {
  /** `allow_all`: everybody whom a door knows. */
  readonly allowAll: boolean;
  /** `allow_existing_users`: everybody who has an account already. */
  readonly allowExistingUsers: boolean;
  /** Names from the settings; the userlist file comes on top. */
  readonly allowedUsers: readonly string[];
  /** `blocked_users`: wins over everything that lets in. */
  readonly blockedUsers: readonly string[];
  readonly adminUsers: readonly string[];
  /** Groups as the provider tells them; both need {@link manageGroups}. */
  readonly allowedGroups: readonly string[];
  readonly adminGroups: readonly string[];
  /** `manage_groups`: a person's groups are the provider's, and nobody edits them here. */
  readonly manageGroups: boolean;
  /** `username_pattern`: the whole name must fit. */
  readonly usernamePattern: ((name: string) => boolean) | null;
  /** `username_map`: name at the provider → name here. */
  readonly usernameMap: ReadonlyMap<string, string>;
  /** Seconds between leaving and the stop of the person's servers. */
  readonly userlistGrace: number;
  /** `auth_refresh_age`: seconds after which the provider is asked again; 0 never. */
  readonly refreshAge: number;
  /** `refresh_pre_spawn`: the provider is asked before each start, too. */
  readonly refreshPreSpawn: boolean;
}

/** Where nothing is said: nobody comes in. */
export const NOBODY: SignInSettings = {
  allowAll: false,
  allowExistingUsers: false,
  allowedUsers: [],
  blockedUsers: [],
  adminUsers: [],
  allowedGroups: [],
  adminGroups: [],
  manageGroups: false,
  usernamePattern: null,
  usernameMap: new Map(),
  userlistGrace: 0,
  refreshAge: 0,
  refreshPreSpawn: false,
};
