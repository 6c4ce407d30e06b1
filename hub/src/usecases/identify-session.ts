import { type Admission, isAdmitted } from '../domain/admission.ts';
import type { Clock, Digest } from '../domain/ports.ts';
import { isSessionAlive, type Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';

export type IdentifySession = (word: string) => { readonly user: User; readonly session: Session } | null;

// JupyterHub notes activity of a person at most this often.
const RESOLUTION_MS = 30_000;

/**
 * Whose session a cookie's word opens. Permission is looked at each time: who left the list is nobody here
 * from the next request on, whatever the browser still holds.
 */
export function makeIdentifySession(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly admission: () => Admission;
}): IdentifySession {
  const { store, clock, digest, admission } = ports;
  return (word) => {
    const session = store.sessions.get(digest(word));
    if (session === undefined) return null;
    const now = clock.now();
    const user = store.users.get(session.user);
    if (user === undefined || !isSessionAlive(session, now)) return null;
    if (!isAdmitted(admission(), user.name, user)) return null;
    if (now - session.lastSeen > RESOLUTION_MS) {
      store.touch((drafts) => {
        drafts.sessions.put({ ...session, lastSeen: now });
        drafts.users.put({ ...user, lastActivity: Math.max(user.lastActivity ?? 0, now) });
      });
    }
    return { user, session };
  };
}
