import type { CullSettings } from '../domain/cull-settings.ts';
import type { Log } from '../domain/ports.ts';
import { type Server, serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import type { LookClock } from './look-clock.ts';
import { openServers } from './open-servers.ts';

/** Times that were written by the clock as it was at the last look, by server. */
type Seen = ReadonlyMap<string, Pick<Server, 'started' | 'keepUntil'>>;

interface Ports {
  readonly store: Store;
  readonly log: Log;
  readonly clock: LookClock;
}

/**
 * One look for idle servers and then for idle accounts, by a clock that somebody may have set since the last one. A jump is
 * no idleness: after one every server that runs or sleeps has its whole time-out again, and no account goes before a whole
 * time-out has been seen to go by.
 *
 * @throws what the store throws when that cannot be written down; then nobody is looked at.
 */
export function makeCullCalmly(
  { store, log, clock }: Ports,
  settings: Pick<CullSettings, 'timeout' | 'keep'>,
  looks: { readonly servers: () => Promise<unknown>; readonly users: () => Promise<unknown> },
): () => Promise<void> {
  let seen = timesIn(store);

  return async () => {
    const by = clock.begin();
    if (by !== 0) {
      const servers = await forgive(store, seen, { now: clock.now(), by, keep: settings.keep * 1000 });
      log.warn(
        { seconds: Math.round(by / 1000), servers },
        'the clock of this machine was set: every server has its whole time-out again',
      );
    }
    clock.believe();
    seen = timesIn(store);
    await looks.servers();
    if (clock.undisturbed() >= (settings.timeout ?? 0) * 1000) await looks.users();
  };
}

/**
 * Ages and promises move with the clock: a server that was to be kept for two hours still is, and is no older than before.
 * What was written since the last look may be of either time: then a server began just now, and of a promise the longer holds.
 */
async function forgive(
  store: Store,
  seen: Seen,
  { now, by, keep }: { readonly now: number; readonly by: number; readonly keep: number },
): Promise<number> {
  const moved = (at: number): number => Math.max(0, at + by);
  return await store.change((drafts) => {
    const open = openServers(store);
    for (const server of open) {
      const { started, keepUntil } = server;
      const known = seen.get(serverKey(server.user, server.name));
      const longest = (until: number): number => Math.min(now + keep, Math.max(until, moved(until)));
      drafts.servers.put({
        ...server,
        started: started === null ? null : started === known?.started ? moved(started) : now,
        keepUntil:
          keepUntil === null ? null : keepUntil === known?.keepUntil ? moved(keepUntil) : longest(keepUntil),
        lastActivity: now,
        lastPersonal: now,
      });
    }
    return open.length;
  });
}

function timesIn(store: Store): Seen {
  return new Map(
    openServers(store).map(({ user, name, started, keepUntil }) => [
      serverKey(user, name),
      { started, keepUntil },
    ]),
  );
}
