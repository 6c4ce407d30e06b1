import { alwaysNow } from './config/live-settings.ts';
import { cullSettings } from './config/rooms.ts';
import type { Settings } from './config/settings.ts';
import { nextTick, parseCron } from './domain/cron.ts';
import { forecast } from './domain/cull-policy.ts';
import type { Roles } from './domain/role.ts';
import { makeCullCalmly } from './usecases/cull-calmly.ts';
import { makeCullIdle } from './usecases/cull-idle.ts';
import { makeCullUsers } from './usecases/cull-users.ts';
import { makeEndClass } from './usecases/end-class.ts';
import { makeFreezeServer } from './usecases/freeze-server.ts';
import type { IdleVerbs } from './usecases/idle-verbs.ts';
import { makeJudgeIdle } from './usecases/judge-idle.ts';
import { makeKeepServer } from './usecases/keep-server.ts';
import { KernelBook } from './usecases/kernel-book.ts';
import { LookClock } from './usecases/look-clock.ts';
import { mayEnter } from './usecases/open-route.ts';
import type { PortDoors } from './usecases/port-doors.ts';
import type { RemoveServer } from './usecases/remove-server.ts';
import type { RemoveUser } from './usecases/remove-user.ts';
import { makeRunSchedules } from './usecases/run-schedules.ts';
import { serverPolicy } from './usecases/server-policy.ts';
import type { SpawnPorts } from './usecases/spawn-ports.ts';
import type { StartServer } from './usecases/start-server.ts';
import type { StopServer } from './usecases/stop-server.ts';
import { wakeAwaited } from './usecases/wake-awaited.ts';
import { makeWakeServer } from './usecases/wake-server.ts';

/** All about servers that nobody uses: how they are judged, put to sleep, woken, kept, stopped, and started again for a class. */
export function composeIdle(
  ports: SpawnPorts & { readonly roles: Roles },
  current: () => Settings,
  verbs: {
    readonly startServer: StartServer;
    readonly stopServer: StopServer;
    readonly removeServer: RemoveServer;
    readonly removeUser: RemoveUser;
  },
  doors: PortDoors,
) {
  const settings = alwaysNow(() => cullSettings(current()));
  const clock = new LookClock(ports.clock);
  const wake = makeWakeServer(ports);
  const book = new KernelBook();
  const undisturbed = () => clock.undisturbed();
  const cullServers = makeCullIdle(
    { ...ports, clock },
    { stop: verbs.stopServer, freeze: makeFreezeServer(ports), wake, removeServer: verbs.removeServer },
    settings,
    book,
  );
  const cullUsers = makeCullUsers({ ...ports, ...verbs }, settings);
  const idle: IdleVerbs = {
    foresee: (server) => forecast(server, serverPolicy(ports, settings, server), settings.activity),
    keep: makeKeepServer(ports, settings),
    wake,
    judge: makeJudgeIdle(ports, settings, book),
    times: () => ({ warning: settings.warning, keep: settings.keep }),
    schedules: () =>
      current().schedules.map((schedule) => {
        const cron = parseCron(schedule.start);
        const next = typeof cron === 'string' ? null : nextTick(cron, schedule.timezone, ports.clock.now());
        return { schedule, last: ports.store.scheduleRuns.get(schedule.name) ?? null, next };
      }),
  };
  return {
    idle,
    cullIdle: makeCullCalmly({ ...ports, clock }, settings, { servers: cullServers, users: cullUsers }),
    runSchedules: makeRunSchedules({
      ...ports,
      startServer: verbs.startServer,
      endClass: makeEndClass(ports, { stopServer: verbs.stopServer, settings, book, undisturbed }),
      undisturbed,
      mayEnter: (user) => mayEnter(ports, user),
      schedules: () => current().schedules,
    }),
    wakeAwaited: (signal: AbortSignal) => wakeAwaited(ports, wake, signal, doors),
  };
}
