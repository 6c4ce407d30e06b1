import type { Forecast } from '../domain/cull-policy.ts';
import type { Schedule, ScheduleRun } from '../domain/schedule.ts';
import type { Server } from '../domain/server.ts';
import type { JudgeIdle } from './judge-idle.ts';
import type { KeepServer } from './keep-server.ts';
import type { WakeServer } from './wake-server.ts';

/** What the doors may ask and do about servers that nobody uses. */
export interface IdleVerbs {
  /** What comes of a server if nothing happens any more. */
  readonly foresee: (server: Server) => Forecast;
  readonly keep: KeepServer;
  readonly wake: WakeServer;
  readonly judge: JudgeIdle;
  readonly schedules: () => readonly {
    readonly schedule: Schedule;
    readonly last: ScheduleRun | null;
    readonly next: number | null;
  }[];
  /** Seconds: before a stop its owner is told, and is kept with one press. */
  readonly times: () => { readonly warning: number; readonly keep: number };
}
