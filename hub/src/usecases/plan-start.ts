import { chooseProfile, profilesOf } from '../domain/choose-profile.ts';
import { Problem } from '../domain/problem.ts';
import { applyOverrides, type Profile } from '../domain/profile.ts';
import { withEnvironments } from '../domain/saved-environment.ts';
import type { Server, UserOptions } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { type SharedFolder, sharedMounts } from '../domain/shared-folder.ts';
import type { Tables } from '../domain/store.ts';
import type { User } from '../domain/user.ts';

/** What a start can be made of. */
export interface Menu {
  readonly settings: SpawnSettings;
  readonly profiles: readonly Profile[];
  /** Whether a server may run as root. */
  readonly rootAllowed: boolean;
  /** Folders that groups share, and the number of the group that may write in them; absent: none. */
  readonly shared?: { readonly folders: readonly SharedFolder[]; readonly gid: number };
}

/** How a start is made: the settings, changed by what its owner chose. */
export interface PlanStart {
  /** @throws Problem SPAWN-142 when the choice on the record is not there any more, or not for its owner. */
  (server: Pick<Server, 'user' | 'options'>): SpawnSettings;
  /** The options as they go on the record. @throws Problem HTTP-400, HTTP-404: before anything has happened. */
  check(user: string, options: UserOptions): UserOptions;
  /** What the owner of a server may choose from; null where there are no profiles, and everybody's server is the same. */
  offer(user: string): readonly Profile[] | null;
}

/** The menu is read anew each time: profiles may change while the hub runs. */
export function makePlanStart(store: Pick<Tables, 'users' | 'environments'>, menu: () => Menu): PlanStart {
  const profilesFor = (owner: User) => withEnvironments(possible(menu()), store.environments.values(), owner);
  const choose = (user: string, options: UserOptions) => {
    const owner = store.users.get(user);
    if (owner === undefined) throw new Problem('HTTP-404');
    const { settings, rootAllowed } = menu();
    const profiles = profilesFor(owner);
    const none = menu().profiles.length === 0 && profiles.length === 0;
    if (none && Object.hasOwn(options, 'image')) {
      throw new Problem('HTTP-400', { detail: 'No image may be chosen here.' });
    }
    const chosen = none ? null : chooseProfile(profiles, owner, options);
    const made = applyOverrides(settings, chosen?.overrides ?? []);
    // Also what an unlisted choice may have made of it.
    if (made.uid === 0 && !rootAllowed) {
      throw new Problem('HTTP-400', { detail: 'Servers may not run as root here.' });
    }
    return { settings: withShared(made, menu(), owner), options: chosen?.options ?? options };
  };
  const plan = ({ user, options }: Pick<Server, 'user' | 'options'>): SpawnSettings => {
    try {
      return choose(user, options).settings;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'HTTP-400') throw error;
      throw new Problem('SPAWN-142', error.facts, { cause: error });
    }
  };
  return Object.assign(plan, {
    check: (user: string, options: UserOptions) => choose(user, options).options,
    offer: (user: string) => {
      const owner = store.users.get(user);
      const profiles = owner === undefined ? [] : profilesFor(owner);
      if (menu().profiles.length === 0 && profiles.length === 0) return null;
      return owner === undefined ? [] : profilesOf(profiles, owner);
    },
  });
}

/** Without those that the settings forbid: they are told of when the hub starts, and offered to nobody. */
function possible({ profiles, rootAllowed }: Menu): readonly Profile[] {
  return rootAllowed ? profiles : profiles.filter(({ override }) => override.uid !== 0);
}

/** The folders that a person's groups share, after all that profiles say: who left a group has them no more. */
function withShared(settings: SpawnSettings, { shared }: Menu, owner: User): SpawnSettings {
  const mounts = shared === undefined ? [] : sharedMounts(shared.folders, owner);
  if (shared === undefined || mounts.length === 0) return settings;
  const all = { ...settings, mounts: [...settings.mounts, ...mounts] };
  if (mounts.every(({ readOnly }) => readOnly)) return all;
  return {
    ...all,
    groups: [...new Set([...settings.groups, shared.gid])],
    // docker-stacks images take it as their umask: what one writes the others may change.
    environment: { NB_UMASK: '0002', ...settings.environment },
  };
}
