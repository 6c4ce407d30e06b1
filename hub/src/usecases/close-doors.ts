import type { Facts } from '../domain/ports.ts';
import type { Store } from '../domain/store.ts';
import { endSession } from './end-session.ts';

/** Ends what doors opened that are shut now. Answers how many sessions that were. */
export type CloseDoors = (open: ReadonlySet<string>) => Promise<number>;

/**
 * A door that the settings have shut is shut for those, too, who came through it before: else everybody's password of
 * a trial, or a provider that is trusted no more, would be good for another fortnight.
 */
export function makeCloseDoors({
  store,
  facts,
}: {
  readonly store: Store;
  readonly facts: Facts;
}): CloseDoors {
  return async (open) => {
    const sessions = [...store.sessions.values()].filter(({ provider }) => !open.has(provider));
    // A word of a provider's begins with its name.
    const isOpen = ([word]: readonly [string, number]): boolean => open.has(word.split(' ', 1)[0] ?? '');
    const vouched = [...store.users.values()].filter(
      (user) => !Object.entries(user.vouched ?? {}).every(isOpen),
    );
    if (sessions.length + vouched.length === 0) return 0;
    await store.change((drafts) => {
      for (const session of sessions) endSession(store, drafts, session);
      for (const user of vouched) {
        drafts.users.put({
          ...user,
          vouched: Object.fromEntries(Object.entries(user.vouched ?? {}).filter(isOpen)),
        });
      }
    });
    for (const user of new Set(sessions.map((session) => session.user))) {
      facts.tell({ kind: 'signed-out', user, by: 'removed' });
    }
    return sessions.length;
  };
}
