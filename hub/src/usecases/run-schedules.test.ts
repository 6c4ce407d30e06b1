import { expect, test } from 'vitest';
import { makeTables } from '../adapters/store/tables.ts';
import { makeFactBus } from '../adapters/system/fact-bus.ts';
import type { Fact } from '../domain/fact.ts';
import type { Schedule } from '../domain/schedule.ts';
import { newServer, type Server } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import type { ClassEnd } from './end-class.ts';
import { makeRunSchedules, type SchedulePorts } from './run-schedules.ts';

const MINUTE = 60_000;
const CLASS: Schedule = {
  name: 'Statistics',
  start: '45 7 * * *',
  stop: '0 12 * * *',
  timezone: 'UTC',
  groups: ['stats'],
  users: ['guest'],
  profile: 'small',
  server: '',
};

/** What came of an end, unless a test says otherwise. */
const ENDED: ClassEnd = { stopped: 2, left: new Map([['in use', 1]]) };

/** A hub at a time of day, with three people of whom two are in the group; starts only move the record, ends only count. */
function hubAt(time: string, schedule = CLASS) {
  const tables = makeTables();
  for (const [name, groups] of [
    ['ana', ['stats']],
    ['boris', ['stats']],
    ['guest', []],
    ['stranger', []],
  ] as const) {
    const rest = { admin: false, created: 0, lastActivity: null, identities: {}, invited: false };
    tables.users.put({ name, groups, ...rest });
  }
  const change = async <T>(write: (drafts: Drafts) => T): Promise<T> => write(tables);
  const store = { ...tables, change } as unknown as Store;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const facts = makeFactBus(log);
  const told: Fact[] = [];
  facts.listen((fact) => told.push(fact));
  const asked: string[] = [];
  const ends: (ClassEnd | null)[] = [];
  let now = Date.parse(`2026-11-23T${time}Z`);
  const put = (server: Server) => {
    tables.servers.put(server);
    return Promise.resolve(server);
  };
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const ports: SchedulePorts = {
    store,
    log,
    facts,
    clock,
    undisturbed: () => now - set,
    mayEnter: (user) => user !== 'boris' || !expelled,
    schedules: () => [schedule],
    startServer: ({ user, server, options, schedule: by }) => {
      asked.push(`start ${user} ${JSON.stringify(options)}`);
      if (user === refused) return Promise.reject(new Error('not for you'));
      const ready = { state: 'ready', started: now, lastPersonal: now, schedule: by ?? null } as const;
      return put({ ...newServer(user, server), ...ready });
    },
    endClass: async (name) => {
      asked.push(`end ${name}`);
      return ends.length === 0 ? ENDED : (ends.shift() ?? null);
    },
  };
  let set = 0;
  let expelled = false;
  let refused = '';
  let run = makeRunSchedules(ports);
  return {
    tables,
    told,
    asked,
    /** What comes of the next ends; null: the proxy does not tell who works. */
    ends,
    expel: () => {
      expelled = true;
    },
    refuse: (user: string) => {
      refused = user;
    },
    /** The hub is down for so long, and begins anew. */
    down: (minutes: number) => {
      now += minutes * MINUTE;
      run = makeRunSchedules(ports);
    },
    /** Somebody sets the machine's clock, by so many minutes. */
    set: (minutes: number) => {
      now += minutes * MINUTE;
      set = now;
    },
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute += 1) {
        now += MINUTE;
        await run();
      }
    },
  };
}

test('at its minute a class is started once, for the members of its groups and its guests', async () => {
  const hub = hubAt('07:40:30');
  await hub.minutes(4);
  expect(hub.asked).toEqual([]);
  await hub.minutes(10);
  const options = '{"profile":"small"}';
  expect(hub.asked).toEqual([`start ana ${options}`, `start boris ${options}`, `start guest ${options}`]);
  expect(hub.tables.scheduleRuns.get('Statistics')).toEqual({
    name: 'Statistics',
    at: Date.parse('2026-11-23T07:45:00Z'),
    stoppedAt: null,
    started: 3,
    running: 0,
    failed: 0,
  });
  expect(hub.told).toEqual([
    {
      kind: 'acted',
      by: 'schedule Statistics',
      on: '',
      call: 'start: 3 started, 0 ran, 0 failed',
      address: '',
    },
  ]);
});

test('who runs already is left alone, who may not come in is left out, who cannot start holds up nobody', async () => {
  const hub = hubAt('07:44:30');
  hub.tables.servers.put({ ...newServer('ana'), state: 'frozen' });
  hub.expel();
  hub.refuse('guest');
  await hub.minutes(1);
  expect(hub.asked).toEqual(['start guest {"profile":"small"}']);
  expect(hub.tables.scheduleRuns.get('Statistics')).toMatchObject({ started: 0, running: 1, failed: 1 });
});

test('a hub that comes back within a quarter of an hour makes up for the tick, later it does not', async () => {
  const soon = hubAt('07:40:30');
  await soon.minutes(1);
  // What it did yesterday tells it since when it has missed something.
  soon.tables.scheduleRuns.put({
    name: 'Statistics',
    at: 0,
    stoppedAt: null,
    started: 1,
    running: 0,
    failed: 0,
  });
  soon.down(15);
  await soon.minutes(1);
  expect(soon.asked).toHaveLength(3);

  const late = hubAt('07:40:30');
  late.tables.scheduleRuns.put({
    name: 'Statistics',
    at: 0,
    stoppedAt: null,
    started: 1,
    running: 0,
    failed: 0,
  });
  late.down(25);
  await late.minutes(3);
  expect(late.asked).toEqual([]);
});

test('a schedule that was written down a moment ago has missed nothing', async () => {
  const hub = hubAt('07:50:30');
  await hub.minutes(2);
  expect(hub.asked).toEqual([]);
});

const ends = (hub: ReturnType<typeof hubAt>) => hub.asked.filter((what) => what.startsWith('end')).length;

test('a class ends once, and what came of it is told', async () => {
  const hub = hubAt('07:44:30');
  await hub.minutes(1);
  hub.down(255);
  await hub.minutes(3);
  expect(ends(hub)).toBe(1);
  expect(hub.told.at(-1)).toMatchObject({ call: 'stop: 2 stopped; 1 left: in use' });
  expect(hub.tables.scheduleRuns.get('Statistics')?.stoppedAt).toBe(Date.parse('2026-11-23T12:00:00Z'));
});

test('while the proxy does not tell who works a class does not end; the minute after makes up for it', async () => {
  const hub = hubAt('07:44:30');
  await hub.minutes(1);
  hub.down(254);
  hub.ends.push(null, null);
  await hub.minutes(2);
  expect(ends(hub)).toBe(2);
  expect(hub.told).toHaveLength(1);
  expect(hub.tables.scheduleRuns.get('Statistics')?.stoppedAt).toBeNull();
  await hub.minutes(3);
  expect(ends(hub)).toBe(3);
  expect(hub.tables.scheduleRuns.get('Statistics')?.stoppedAt).toBe(Date.parse('2026-11-23T12:00:00Z'));
});

test('one that could not end within a quarter of an hour is left to the culler', async () => {
  const hub = hubAt('07:44:30');
  await hub.minutes(1);
  hub.down(254);
  hub.ends.push(...Array.from({ length: 60 }, () => null));
  await hub.minutes(60);
  expect(ends(hub)).toBeGreaterThan(10);
  expect(ends(hub)).toBeLessThan(17);
  expect(hub.told).toHaveLength(1);
});

test('a clock that is put ahead over the end of a class stops nobody who worked a moment ago', async () => {
  const hub = hubAt('07:44:30');
  await hub.minutes(20);
  hub.set(4 * 60);
  await hub.minutes(2);
  expect(ends(hub)).toBe(0);
  expect(hub.told.at(-1)).toMatchObject({ call: 'stop: 0 stopped; 3 left: the clock was set' });
});

test('one that was put right shortly before the end of a class ends it when it is known who works', async () => {
  const hub = hubAt('07:44:30');
  await hub.minutes(1);
  hub.down(245);
  hub.set(5);
  await hub.minutes(9);
  expect(ends(hub)).toBe(0);
  await hub.minutes(6);
  expect(ends(hub)).toBe(1);
});

test('a class that a wrong clock began too early begins in its time when the clock is right, and not twice', async () => {
  const hub = hubAt('04:44:30');
  await hub.minutes(1);
  hub.set(3 * 60);
  await hub.minutes(1);
  const starts = () => hub.asked.filter((what) => what.startsWith('start')).length;
  expect(starts()).toBe(3);
  hub.set(-3 * 60);
  for (const server of [...hub.tables.servers.values()]) hub.tables.servers.put(newServer(server.user));
  await hub.minutes(120);
  expect(starts()).toBe(3);
  await hub.minutes(70);
  expect(starts()).toBe(6);
});
