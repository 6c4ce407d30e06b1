import { chooseProfile } from '../domain/choose-profile.ts';
import type { Store } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { applyOverrides, type Profile } from '../domain/profile.ts';
import type { Server, UserOptions } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';

/** What a start can be made of. */
export interface Menu {
  readonly settings: SpawnSettings;
  readonly profiles: readonly Profile[];
}

/** How a start is made: the settings, changed by what its owner chose. */
export interface PlanStart {
  (server: Pick<Server, 'user' | 'options'>): SpawnSettings;
  /** The options as they go on the record. @throws Problem HTTP-400, HTTP-404: before anything has happened. */
  check(user: string, options: UserOptions): UserOptions;
}

/** The menu is read anew each time: profiles may change while the hub runs. */
export function makePlanStart(store: Pick<Store, 'users'>, menu: () => Menu): PlanStart {
  const choose = (user: string, options: UserOptions) => {
    const owner = store.users.get(user);
    if (owner === undefined) throw new Problem('HTTP-404');
    return chooseProfile(menu().profiles, owner, options);
  };
  const plan = ({ user, options }: Pick<Server, 'user' | 'options'>): SpawnSettings => {
    const { settings } = menu();
    return applyOverrides(settings, choose(user, options)?.overrides ?? []);
  };
  return Object.assign(plan, {
    check: (user: string, options: UserOptions) => choose(user, options)?.options ?? options,
  });
}
