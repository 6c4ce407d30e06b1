import { lastTick, parseCron } from '../domain/cron.ts';
import type { Clock, Facts, Log } from '../domain/ports.ts';
import type { Schedule, ScheduleRun } from '../domain/schedule.ts';
import { isActive, serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { eachOf } from './each-of.ts';
import { type ClassEnd, type EndClass, IN_USE_MS, openServersOf } from './end-class.ts';
import type { StartServer } from './start-server.ts';

/** A tick that was missed, the hub being down, is made up for within this; after it the class has begun without. */
const MAKE_UP_MS = 15 * 60_000;
/** Wishes handed to the line of starts at once; the line spreads the work. */
const AT_ONCE = 10;

export interface SchedulePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly facts: Facts;
  readonly startServer: StartServer;
  readonly endClass: EndClass;
  /** Whether somebody may come in at all. */
  readonly mayEnter: (user: string) => boolean;
  /** For how many milliseconds nobody has set the machine's clock; absent: for ever. */
  readonly undisturbed?: () => number;
  readonly schedules: () => readonly Schedule[];
}

/** One look at all schedules: carries out the ticks that have come since the last one. Call it each minute. */
export type RunSchedules = () => Promise<void>;

export function makeRunSchedules(ports: SchedulePorts): RunSchedules {
  const { clock, log, schedules } = ports;
  // A schedule that was written down a moment ago has missed nothing.
  const known = new Map<string, number>();

  return async () => {
    const now = clock.now();
    for (const schedule of schedules()) {
      const { name } = schedule;
      const first = known.get(name) ?? now - 60_000;
      known.set(name, first);
      try {
        await startClass(ports, schedule, first, now);
        await stopClass(ports, schedule, first, now);
      } catch (error) {
        log.warn({ schedule: name, error: String(error) }, 'a schedule is left for the next minute');
      }
    }
  };
}

async function startClass(
  ports: SchedulePorts,
  schedule: Schedule,
  first: number,
  now: number,
): Promise<void> {
  const before = await lastRun(ports, schedule, now);
  const tick = dueTick(schedule, schedule.start, before?.at ?? first, now);
  if (tick === null) return;
  const counts = { started: 0, running: 0, failed: 0 };
  await eachOf(membersOf(ports, schedule), AT_ONCE, async (user) => {
    const came = await startOne(ports, schedule, user);
    counts[came] += 1;
  });
  // Afterwards: a hub that dies meanwhile begins again, and leaves alone what runs by then.
  const run: ScheduleRun = { name: schedule.name, at: tick, stoppedAt: before?.stoppedAt ?? null, ...counts };
  await ports.store.change((drafts) => drafts.scheduleRuns.put(run));
  tell(ports, schedule, `start: ${counts.started} started, ${counts.running} ran, ${counts.failed} failed`);
}

/** One from the future was made by a clock that has been put back since: the next tick is due in its time all the same. */
async function lastRun(
  { store }: SchedulePorts,
  { name }: Schedule,
  now: number,
): Promise<ScheduleRun | undefined> {
  const run = store.scheduleRuns.get(name);
  if (run === undefined || Math.max(run.at, run.stoppedAt ?? 0) <= now) return run;
  const past = { ...run, at: Math.min(run.at, now), stoppedAt: Math.min(run.stoppedAt ?? now, now) };
  return await store.change((drafts) => {
    drafts.scheduleRuns.put(past);
    return past;
  });
}

async function startOne(
  { store, startServer, log }: SchedulePorts,
  { name, profile, server }: Schedule,
  user: string,
): Promise<'started' | 'running' | 'failed'> {
  const known = store.servers.get(serverKey(user, server));
  if (known !== undefined && isActive(known)) return 'running';
  const options = profile === null ? (known?.options ?? {}) : { profile };
  try {
    await startServer({ user, server, options, by: `schedule ${name}`, schedule: name });
    return 'started';
  } catch (error) {
    log.warn({ schedule: name, user, error: String(error) }, 'a server of a schedule could not be started');
    return 'failed';
  }
}

/** Only what this schedule started, and nobody uses any more: whoever works on, or computes, is left to the culler. */
async function stopClass(
  ports: SchedulePorts,
  schedule: Schedule,
  first: number,
  now: number,
): Promise<void> {
  const { store, endClass } = ports;
  const { name, stop } = schedule;
  if (stop === null) return;
  const run = store.scheduleRuns.get(name);
  const tick = dueTick(schedule, stop, run?.stoppedAt ?? run?.at ?? first, now);
  if (tick === null || run === undefined) return;
  const steady = ports.undisturbed?.() ?? Number.POSITIVE_INFINITY;
  // By a clock that was set a moment ago nobody worked just now. What goes on by it is known soon, well before it is too late.
  const leapt = tick <= now - steady;
  if (!leapt && steady < IN_USE_MS) return;
  const end = leapt ? leaveAll(store, name) : await endClass(name);
  // The proxy does not tell who works: the next minute asks again.
  if (end === null) return;
  await store.change((drafts) => drafts.scheduleRuns.put({ ...run, stoppedAt: tick }));
  const left = [...end.left].map(([why, count]) => `; ${count} left: ${why}`);
  tell(ports, schedule, `stop: ${end.stopped} stopped${left.join('')}`);
}

function leaveAll(store: Store, schedule: string): ClassEnd {
  return { stopped: 0, left: new Map([['the clock was set', openServersOf(store, schedule).length]]) };
}

/** The last tick since `since` that is not too old to be made up for. Of several only the last counts. */
function dueTick({ timezone }: Schedule, pattern: string, since: number, now: number): number | null {
  const cron = parseCron(pattern);
  return typeof cron === 'string' ? null : lastTick(cron, timezone, Math.max(since, now - MAKE_UP_MS), now);
}

function membersOf({ store, mayEnter }: SchedulePorts, { groups, users }: Schedule): readonly string[] {
  const members = groups.flatMap((group) => store.users.where('group', group).map(({ name }) => name));
  const listed = users.filter((name) => store.users.get(name) !== undefined);
  return [...new Set([...members, ...listed])].filter(mayEnter);
}

function tell({ facts, log }: SchedulePorts, { name }: Schedule, call: string): void {
  facts.tell({ kind: 'acted', by: `schedule ${name}`, on: '', call, address: '' });
  log.info({ schedule: name }, call);
}
