import { personalSince } from '../domain/cull-policy.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { isOpen, type Server } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { eachOf } from './each-of.ts';
import type { StopServer } from './stop-server.ts';

/** What somebody has used within this is not stopped at the end of a class. */
export const IN_USE_MS = 10 * 60_000;
/** Servers stopped at once. */
const AT_ONCE = 10;

/** What came of the end of a class. */
export interface ClassEnd {
  readonly stopped: number;
  /** How many go on, by the reason. */
  readonly left: ReadonlyMap<string, number>;
}

/** Stops what the schedule of this name started, and nobody uses any more. */
export type EndClass = (schedule: string) => Promise<ClassEnd>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly stopServer: StopServer;
}

export function makeEndClass({ store, clock, log, stopServer }: Ports): EndClass {
  return async (schedule) => {
    const own = openServersOf(store, schedule);
    const unused = own.filter((server) => personalSince(server) <= clock.now() - IN_USE_MS);
    await eachOf(unused, AT_ONCE, async ({ user, name }: Server) => {
      await stopServer({ user, server: name, why: 'schedule', detail: schedule }).catch((error: unknown) =>
        log.warn({ schedule, user, error: String(error) }, 'could not be stopped'),
      );
    });
    const used = own.length - unused.length;
    return { stopped: unused.length, left: new Map(used > 0 ? [['in use', used]] : []) };
  };
}

/** What a schedule started, and still runs or sleeps. */
export function openServersOf(store: Store, schedule: string): readonly Server[] {
  return [...store.servers.values()].filter((server) => server.schedule === schedule && isOpen(server));
}
