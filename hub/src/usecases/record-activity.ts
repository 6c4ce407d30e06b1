import type { Clock } from '../domain/ports.ts';
import type { Store } from '../domain/store.ts';
import { noteActivity } from './note-activity.ts';

export interface ActivityReport {
  readonly user: string;
  /** When the person was last active, or null when only servers were told of. */
  readonly lastActivity: number | null;
  /** By the server's name; the caller has checked that they are there. */
  readonly servers: ReadonlyMap<string, number>;
}

/** What notebooks report every five minutes. Times only move forward; it reaches the disk within a minute. */
export type RecordActivity = (report: ActivityReport) => void;

export function makeRecordActivity(ports: { readonly store: Store; readonly clock: Clock }): RecordActivity {
  return ({ user, lastActivity, servers }) => {
    if (lastActivity !== null) noteActivity(ports, user, null, lastActivity);
    for (const [server, at] of servers) noteActivity(ports, user, server, at);
  };
}
