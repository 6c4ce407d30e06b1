import type { Facts } from '../domain/ports.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { endSession } from './end-session.ts';

export type SignOut = (session: Session) => Promise<void>;

/** Ends one session, here and in every notebook that was entered through it. */
export function makeSignOut(ports: { readonly store: Store; readonly facts: Facts }): SignOut {
  return async (session) => {
    await ports.store.change((drafts) => endSession(ports.store, drafts, session));
    ports.facts.tell({ kind: 'signed-out', user: session.user, by: 'user' });
  };
}
