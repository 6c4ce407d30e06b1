import { chooseProfile, profilesOf } from '../domain/choose-profile.ts';
import { Problem } from '../domain/problem.ts';
import { applyOverrides, type Profile } from '../domain/profile.ts';
import type { Server, UserOptions } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';

/** What a start can be made of. */
export interface Menu {
  readonly settings: SpawnSettings;
  readonly profiles: readonly Profile[];
  /** Whether a server may run as root. */
  readonly rootAllowed: boolean;
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
export function makePlanStart(store: Pick<Store, 'users'>, menu: () => Menu): PlanStart {
  const choose = (user: string, options: UserOptions) => {
    const owner = store.users.get(user);
    if (owner === undefined) throw new Problem('HTTP-404');
    const { settings, rootAllowed } = menu();
    const profiles = possible(menu());
    const none = menu().profiles.length === 0;
    if (none && Object.hasOwn(options, 'image')) {
      throw new Problem('HTTP-400', { detail: 'No image may be chosen here.' });
    }
    const chosen = none ? null : chooseProfile(profiles, owner, options);
    const made = applyOverrides(settings, chosen?.overrides ?? []);
    // Also what an unlisted choice may have made of it.
    if (made.uid === 0 && !rootAllowed) {
      throw new Problem('HTTP-400', { detail: 'Servers may not run as root here.' });
    }
    return { settings: made, options: chosen?.options ?? options };
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
      if (menu().profiles.length === 0) return null;
      return owner === undefined ? [] : profilesOf(possible(menu()), owner);
    },
  });
}

/** Without those that the settings forbid: they are told of when the hub starts, and offered to nobody. */
function possible({ profiles, rootAllowed }: Menu): readonly Profile[] {
  return rootAllowed ? profiles : profiles.filter(({ override }) => override.uid !== 0);
}
