import type { Facts } from '../domain/ports.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { endSession } from './end-session.ts';

/** Ends sessions of one person, and what notebooks got through them. */
export type EndSessions = (request: {
  readonly user: string;
  readonly sessions: readonly Session[];
  readonly by: 'user' | 'admin';
}) => Promise<void>;

export function makeEndSessions({
  store,
  facts,
}: {
  readonly store: Store;
  readonly facts: Facts;
}): EndSessions {
  return async ({ user, sessions, by }) => {
    await store.change((drafts) => {
      for (const session of sessions) if (session.user === user) endSession(store, drafts, session);
    });
    if (sessions.length > 0) facts.tell({ kind: 'signed-out', user, by });
  };
}
