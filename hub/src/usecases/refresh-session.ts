import { type Admission, accountAfter, isAdmittedAs, withoutWordOf } from '../domain/admission.ts';
import type { Identity, SignInProvider } from '../domain/identity.ts';
import type { Clock, Facts, Log, Sealer } from '../domain/ports.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { endSession, forgetTokens } from './end-session.ts';
import { openAuthState, putAccount, sealAuthState } from './open-session.ts';
import type { SeeOff } from './see-off.ts';

/**
 * - `fresh`: the provider was asked, now or not long ago, or need not or cannot be.
 * - `refused`: the person may not come in any more.
 * - `ended`: this sign-in is over; the person may sign in again.
 * - `unreachable`: the provider could not be asked, which is no refusal: it is tried again later.
 */
export type Freshness = 'fresh' | 'refused' | 'ended' | 'unreachable';

export interface RefreshSession {
  /**
   * Asks the provider of a session again, if that is due. Never throws for the provider's sake.
   *
   * @param how.force also when it is not due yet.
   */
  (session: Session, how?: { readonly force?: boolean }): Promise<Freshness>;
  /** Whether this session's provider should be asked now. Costs nothing. */
  isDue(session: Session): boolean;
  /** Providers that could not be asked when last tried, with the reason: for the health report. */
  unreachable(): ReadonlyMap<string, string>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly facts: Facts;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly admission: () => Admission;
  readonly providers: readonly SignInProvider[];
  readonly seeOff: SeeOff;
}

// A provider that is away is asked after half a minute, then ever more rarely.
const PAUSE_FIRST_MS = 30_000;
const PAUSE_LONGEST_MS = 15 * 60_000;
// Of one person it may be their own doing (a limit of requests that they used up); of three it is the provider's.
const PEOPLE_OF_AN_OUTAGE = 3;
// However long nobody could be asked: an old yes is worth no more than this.
const UNCONFIRMED_MAX_MS = 24 * 3600_000;

interface Pause {
  readonly until: number;
  readonly length: number;
}

/** Who could not be asked about since the provider last answered. */
interface Outage {
  readonly people: Set<string>;
  readonly detail: string;
}

/**
 * Asks providers again whether signed-in people still may come in, as `auth_refresh_age` says. One question at
 * a time for each session; a provider that is away is left alone for a while, longer each time.
 */
export function makeRefreshSession(ports: Ports): RefreshSession {
  const { store, clock, log, admission } = ports;
  const underWay = new Map<string, Promise<Freshness>>();
  /** Of sessions, by their key, and of whole providers, by their id. */
  const pauses = new Map<string, Pause>();
  const outages = new Map<string, Outage>();

  const refresh = (session: Session, { force = false } = {}): Promise<Freshness> => {
    const provider = ports.providers.find(({ id }) => id === session.provider);
    if (provider?.refresh === undefined) return Promise.resolve('fresh');
    const running = underWay.get(session.idHash);
    if (running !== undefined) return running;
    if (!force && !isDue(session)) return Promise.resolve('fresh');
    const asked = ask(session, provider).finally(() => underWay.delete(session.idHash));
    underWay.set(session.idHash, asked);
    return asked;
  };

  function isDue(session: Session): boolean {
    const { refreshAge } = admission().settings;
    const now = clock.now();
    if (refreshAge === 0 || now - (session.refreshed ?? session.created) < refreshAge * 1000) return false;
    if (isPaused(session.provider) || isPaused(session.idHash)) return false;
    return ports.providers.some(({ id, refresh }) => id === session.provider && refresh !== undefined);
  }

  async function ask(session: Session, provider: SignInProvider): Promise<Freshness> {
    const authState = openAuthState(ports.sealer, session);
    const bound = store.users.get(session.user)?.identities[provider.id];
    // Sealed with a key that is gone: nobody can be asked, and an old yes is none.
    if (authState === null) return await endOne(session);
    try {
      const answer = (await provider.refresh?.(authState)) ?? null;
      for (const key of [provider.id, session.idHash]) pauses.delete(key);
      outages.delete(provider.id);
      if (answer === 'expired') return await endOne(session);
      return await obey(session, answer, bound);
    } catch (error) {
      noteOutage(session, provider, error);
      const confirmed = session.refreshed ?? session.created;
      return clock.now() - confirmed > UNCONFIRMED_MAX_MS ? await endOne(session) : 'unreachable';
    }
  }

  /** @param bound whom the account was bound to when the provider was asked. */
  async function obey(
    session: Session,
    identity: Identity | null,
    bound: string | undefined,
  ): Promise<Freshness> {
    const user = store.users.get(session.user);
    // Asking takes a while: the account may be gone, and another one have its name.
    if (user === undefined || user.identities[session.provider] !== bound) return 'ended';
    if (identity === null) return await refuse(user, session.provider);
    const still = store.sessions.get(session.idHash);
    if (still === undefined) return 'ended';
    // Another person than the one who signed in: theirs is not this session.
    if (identity.id !== null && bound !== undefined && identity.id !== bound) return await endOne(session);
    const now = clock.now();
    const after = accountAfter(admission(), user, identity, now);
    await store.change((drafts) => {
      putAccount(store, drafts, after, now);
      const authState = sealAuthState(ports.sealer, identity.authState, still.idHash) ?? still.authState;
      drafts.sessions.put({ ...still, authState, refreshed: now });
    });
    if (isAdmittedAs(admission(), after, user)) return 'fresh';
    await ports.seeOff('provider');
    return 'refused';
  }

  /** The provider refuses somebody: what it once opened closes at once, whatever else lets the name in. */
  async function refuse(user: User, provider: string): Promise<Freshness> {
    await store.change((drafts) => {
      const known = store.users.get(user.name);
      if (known === undefined) return;
      drafts.users.put({ ...known, vouched: withoutWordOf(known, provider) });
      for (const session of store.sessions.where('user', user.name)) {
        if (session.provider === provider) endSession(store, drafts, session);
      }
      forgetTokens(store, drafts, user.name);
    });
    ports.facts.tell({ kind: 'signed-out', user: user.name, by: 'provider' });
    await ports.seeOff('provider');
    return 'refused';
  }

  async function endOne(session: Session): Promise<Freshness> {
    await store.change((drafts) => endSession(store, drafts, session));
    ports.facts.tell({ kind: 'signed-out', user: session.user, by: 'provider' });
    return 'ended';
  }

  function noteOutage(session: Session, provider: SignInProvider, error: unknown): void {
    const detail = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    const people = new Set(outages.get(provider.id)?.people).add(session.user);
    outages.set(provider.id, { people, detail });
    pause(session.idHash);
    if (people.size < PEOPLE_OF_AN_OUTAGE) {
      log.info(
        { provider: provider.id, detail, user: session.user },
        'somebody could not be asked about again',
      );
    } else if (!isPaused(provider.id)) {
      const seconds = pause(provider.id) / 1000;
      log.warn(
        { provider: provider.id, detail, seconds },
        'a provider could not be asked again: who is signed in stays so',
      );
    }
  }

  function isPaused(key: string): boolean {
    const left = (pauses.get(key)?.until ?? 0) - clock.now();
    // More than the longest there is: the clock was put back, and the pause is over.
    return left > 0 && left <= PAUSE_LONGEST_MS;
  }

  /** For longer each time; answers for how long. */
  function pause(key: string): number {
    const now = clock.now();
    for (const [old, { until }] of pauses) if (now - until > UNCONFIRMED_MAX_MS) pauses.delete(old);
    const before = pauses.get(key);
    const length = Math.min(PAUSE_LONGEST_MS, before === undefined ? PAUSE_FIRST_MS : before.length * 2);
    pauses.set(key, { until: now + length, length });
    return length;
  }

  return Object.assign(refresh, {
    isDue,
    unreachable: () => new Map([...outages].map(([id, { detail }]) => [id, detail])),
  });
}
