import type { Clock } from '../domain/ports.ts';
import { isSessionAlive, SESSION_MAX_AGE_MS } from '../domain/session.ts';
import { SIGN_UP_MS } from '../domain/sign-up.ts';
import type { Store } from '../domain/store.ts';
import { CODE_MAX_AGE_MS } from '../domain/token.ts';
import { endSession } from './end-session.ts';
import { LookClock } from './look-clock.ts';

/** What a wrong clock calls expired opens nothing meanwhile, and is good again when the clock is: so long it is kept. */
const UNDISTURBED_MS = 24 * 3600_000;

/**
 * Throws away what opens nothing any more, unless somebody has set the machine's clock within a day. Answers how many records
 * went.
 */
export type PurgeExpired = () => Promise<number>;

export function makePurgeExpired({
  store,
  clock,
  undisturbed = makeUndisturbed(clock),
}: {
  readonly store: Store;
  readonly clock: Clock;
  /** For how many milliseconds nobody has set the clock. */
  readonly undisturbed?: () => number;
}): PurgeExpired {
  return async () => {
    if (undisturbed() < UNDISTURBED_MS) return 0;
    const now = clock.now();
    const tokens = [...store.tokens.values()].filter(({ expires }) => expires !== null && expires <= now);
    const codes = [...store.codes.values()].filter(({ created }) => now - created > CODE_MAX_AGE_MS);
    const sessions = [...store.sessions.values()].filter((session) => !isSessionAlive(session, now));
    const stale = [...store.users.values()].filter(({ vouched }) =>
      Object.values(vouched ?? {}).some((at) => now - at > SESSION_MAX_AGE_MS),
    );
    const signUps = [...store.signUps.values()].filter(({ created }) => now - created >= SIGN_UP_MS);
    const count = tokens.length + codes.length + sessions.length + stale.length + signUps.length;
    if (count === 0) return 0;
    await store.change((drafts) => {
      for (const token of tokens) drafts.tokens.delete(token.hash);
      for (const code of codes) drafts.codes.delete(code.hash);
      for (const { name } of signUps) drafts.signUps.delete(name);
      for (const session of sessions) endSession(store, drafts, session);
      // A provider's word that nobody has renewed for as long as a session may last is none any more.
      for (const user of stale) {
        const vouched = Object.entries(user.vouched ?? {}).filter(([, at]) => now - at <= SESSION_MAX_AGE_MS);
        drafts.users.put({ ...user, vouched: Object.fromEntries(vouched) });
      }
    });
    return count;
  };
}

function makeUndisturbed(clock: Clock): () => number {
  const look = new LookClock(clock);
  return () => look.undisturbed();
}
