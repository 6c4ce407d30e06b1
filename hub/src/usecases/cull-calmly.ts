import type { CullSettings } from '../domain/cull-settings.ts';
import type { Log } from '../domain/ports.ts';
import { isOpen } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import type { LookClock } from './look-clock.ts';

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
  settings: Pick<CullSettings, 'timeout'>,
  looks: { readonly servers: () => Promise<unknown>; readonly users: () => Promise<unknown> },
): () => Promise<void> {
  return async () => {
    const by = clock.begin();
    if (by !== 0) {
      const servers = await forgive(store, clock.now(), by);
      log.warn(
        { seconds: Math.round(by / 1000), servers },
        'the clock of this machine was set: every server has its whole time-out again',
      );
    }
    clock.believe();
    await looks.servers();
    if (clock.undisturbed() >= (settings.timeout ?? 0) * 1000) await looks.users();
  };
}

/** Ages and promises move with the clock: a server that was to be kept for two hours still is, and is no older than before. */
async function forgive(store: Store, now: number, by: number): Promise<number> {
  const moved = (at: number | null) => (at === null ? null : at + by);
  return await store.change((drafts) => {
    const open = [...store.servers.values()].filter(isOpen);
    for (const server of open) {
      drafts.servers.put({
        ...server,
        started: moved(server.started),
        keepUntil: moved(server.keepUntil),
        lastActivity: now,
        lastPersonal: now,
      });
    }
    return open.length;
  });
}
