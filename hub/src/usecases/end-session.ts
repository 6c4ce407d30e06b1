import type { Session } from '../domain/session.ts';
import type { Drafts, Store } from '../domain/store.ts';

/** Ends a session with every token that a notebook got through it (contract §2.7, "Logout"). */
export function endSession(store: Store, drafts: Drafts, session: Session): void {
  drafts.sessions.delete(session.idHash);
  for (const token of store.tokens.where('sessionId', session.sharedId)) drafts.tokens.delete(token.hash);
  for (const code of store.codes.where('user', session.user)) {
    if (code.sessionId === session.sharedId) drafts.codes.delete(code.hash);
  }
}

/** Ends every token of a person but their servers' own, which live and die with the server. */
export function forgetTokens(store: Store, drafts: Drafts, user: string): void {
  for (const token of store.tokens.where('user', user)) {
    if (token.server === null) drafts.tokens.delete(token.hash);
  }
  for (const code of store.codes.where('user', user)) drafts.codes.delete(code.hash);
}
