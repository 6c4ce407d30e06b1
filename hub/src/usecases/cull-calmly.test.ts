import { expect, test } from 'vitest';
import { makeTables } from '../adapters/store/tables.ts';
import { newServer, type Server } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { makeCullCalmly } from './cull-calmly.ts';
import { LookClock } from './look-clock.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A culler with an hour's time-out and three servers: one that runs, one that sleeps, one that is stopped. */
function culler() {
  let [ahead, gone, broken] = [NOON, 0, false];
  const tables = makeTables();
  const change = async <T>(write: (drafts: Drafts) => T): Promise<T> => {
    if (broken) throw new Error('no space left on device');
    return write(tables);
  };
  const store = { ...tables, change } as unknown as Store;
  for (const [user, state] of [
    ['ana', 'ready'],
    ['boris', 'frozen'],
    ['carl', 'stopped'],
  ] as const) {
    const times = { started: NOON - 2 * HOUR, lastActivity: NOON - 50 * MINUTE, keepUntil: NOON + HOUR };
    tables.servers.put({ ...newServer(user, ''), ...times, lastPersonal: NOON - 50 * MINUTE, state });
  }
  const clock = new LookClock({ now: () => ahead + gone, sleep: () => Promise.resolve() }, () => gone);
  const looks: string[] = [];
  const said: string[] = [];
  const log = {
    info: () => {},
    warn: (_: unknown, message: string) => void said.push(message),
    error: () => {},
  };
  const cull = makeCullCalmly(
    { store, log, clock },
    { timeout: 3_600, keep: 7_200 },
    { servers: async () => looks.push('servers'), users: async () => looks.push('users') },
  );
  return {
    ...{ cull, looks, said, of: (user: string) => tables.servers.get(`${user}/`) },
    write: (user: string, times: Partial<Server>) =>
      tables.servers.put({ ...newServer(user, ''), state: 'ready', ...times }),
    now: () => ahead + gone,
    set: (by: number) => {
      ahead += by;
    },
    pass: (ms: number) => {
      gone += ms;
    },
    fail: (does: boolean) => {
      broken = does;
    },
  };
}

test('a clock that stands ends no time-out and begins none anew', async () => {
  const { cull, looks, said, of, pass } = culler();
  pass(5 * MINUTE);
  await cull();
  expect(of('ana')?.lastActivity).toBe(NOON - 50 * MINUTE);
  expect(looks).toEqual(['servers', 'users']);
  expect(said).toEqual([]);
});

test.each([
  ['ahead', 3 * HOUR],
  ['back', -3 * HOUR],
])(
  'after the clock was put %s every open server has its whole time-out again, before anybody is looked at',
  async (_, by) => {
    const { cull, looks, said, of, set, pass, now } = culler();
    set(by);
    pass(1_000);
    await cull();
    for (const user of ['ana', 'boris']) {
      expect(of(user)).toMatchObject({ lastActivity: now(), lastPersonal: now() });
      expect(of(user)).toMatchObject({ started: NOON - 2 * HOUR + by, keepUntil: NOON + HOUR + by });
    }
    expect(of('carl')?.lastActivity).toBe(NOON - 50 * MINUTE);
    expect(looks).toEqual(['servers']);
    expect(said).toHaveLength(1);
  },
);

test('once, and again when the clock is put right', async () => {
  const { cull, of, said, set, pass, now } = culler();
  set(3 * HOUR);
  await cull();
  const first = now();
  pass(10 * MINUTE);
  await cull();
  expect(of('ana')?.lastActivity).toBe(first);
  set(-3 * HOUR);
  await cull();
  expect(of('ana')?.lastActivity).toBe(now());
  expect(of('ana')?.started).toBe(NOON - 2 * HOUR);
  expect(said).toHaveLength(2);
});

test.each([
  ['ahead', 60 * HOUR],
  ['back', -24 * HOUR],
])(
  'who starts or is promised something after the clock was put %s has just begun, and is kept',
  async (_, by) => {
    const { cull, of, set, pass, write, now } = culler();
    set(by);
    pass(10_000);
    write('dora', { started: now(), keepUntil: now() + HOUR });
    write('ana', { started: NOON - 2 * HOUR, keepUntil: now() + HOUR });
    const promised = now() + HOUR;
    pass(10_000);
    await cull();
    expect(of('dora')?.started).toBe(now());
    expect(of('ana')?.started).toBe(NOON - 2 * HOUR + by);
    for (const user of ['dora', 'ana']) {
      expect(of(user)?.keepUntil).toBeGreaterThanOrEqual(promised);
      expect(of(user)?.keepUntil).toBeLessThanOrEqual(now() + 2 * HOUR);
    }
  },
);

test('a clock that falls back to 1970 leaves no time that the store would refuse', async () => {
  const { cull, of, set } = culler();
  set(-NOON);
  await cull();
  expect(of('ana')).toMatchObject({ started: 0, keepUntil: HOUR });
});

test('accounts go only when a whole time-out was seen to go by since', async () => {
  const { cull, looks, set, pass } = culler();
  set(30 * 24 * HOUR);
  await cull();
  pass(59 * MINUTE);
  await cull();
  expect(looks).toEqual(['servers', 'servers']);
  pass(MINUTE);
  await cull();
  expect(looks.at(-1)).toBe('users');
});

test('nobody is looked at while it cannot be written down, and it is not forgotten', async () => {
  const { cull, looks, of, set, fail, now } = culler();
  set(3 * HOUR);
  fail(true);
  await expect(cull()).rejects.toThrow('no space left');
  expect(looks).toEqual([]);
  fail(false);
  await cull();
  expect(of('ana')?.lastActivity).toBe(now());
});
