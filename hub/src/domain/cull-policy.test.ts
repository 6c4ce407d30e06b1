import { describe, expect, test } from 'vitest';
import {
  coresBetween,
  forecast,
  idleSince,
  type Judged,
  judgeFromInside,
  judgeFromOutside,
  policyOf,
  SILENT_LOOKS,
} from './cull-policy.ts';
import type { CullPolicy, CullSettings } from './cull-settings.ts';

import type { NotebookStatus } from './ports.ts';

const NOW = 1_800_000_000_000;
const ago = (seconds: number) => NOW - seconds * 1000;
const policy: CullPolicy = { timeout: 3600, freezeTimeout: null, maxAge: null };
const ANY = { activity: 'any', busyCores: 0.05 } as const;
const PERSON = { activity: 'person', busyCores: 0.05 } as const;
const idle: Judged = {
  state: 'ready',
  started: ago(9000),
  lastActivity: ago(4000),
  lastPersonal: ago(4000),
  keepUntil: null,
};
const quiet: NotebookStatus = {
  kernels: 1,
  busyKernels: 0,
  terminals: 0,
  lastActivity: ago(4000),
  lastWork: ago(4000),
  idleKernels: [],
};

describe('from outside', () => {
  const judge = (
    server: Partial<Judged>,
    more: Partial<CullPolicy> = {},
    settings: Pick<CullSettings, 'activity'> = ANY,
  ) => judgeFromOutside({ ...idle, ...server }, { ...policy, ...more }, settings, NOW);

  test('a server with activity within the timeout is kept without being asked', () => {
    expect(judge({ lastActivity: ago(3599) }).act).toBe('keep');
  });
  test('at the timeout exactly, it is asked', () => {
    expect(judge({ lastActivity: ago(3600) })).toEqual({ act: 'ask', aim: 'stop' });
  });
  test('one that was started a moment ago is kept although no activity is known', () => {
    expect(judge({ started: ago(10), lastActivity: null, lastPersonal: null }).act).toBe('keep');
  });
  test('what its owner keeps is left alone, awake and running, until then and no longer', () => {
    const sleepy = { freezeTimeout: 60 };
    expect(judge({ keepUntil: NOW + 1 }, sleepy)).toEqual({ act: 'keep', why: 'its owner keeps it' });
    expect(judge({ keepUntil: NOW }, sleepy)).toEqual({ act: 'ask', aim: 'stop' });
  });
  test('its age ends it whatever it does and whoever keeps it', () => {
    const busy = { lastActivity: NOW, lastPersonal: NOW, keepUntil: NOW + 1_000_000 };
    expect(judge(busy, { maxAge: 9000 })).toEqual({ act: 'stop', why: 'aged', detail: '2 hours' });
    expect(judge(busy, { maxAge: 9001 }).act).toBe('keep');
  });
  test('unused for the shorter time it is asked whether it may sleep', () => {
    expect(judge({ lastActivity: ago(600), lastPersonal: ago(600) }, { freezeTimeout: 600 })).toEqual({
      act: 'ask',
      aim: 'freeze',
    });
  });
  test('a page that is open keeps nobody from sleeping, and by the rule of any request from being stopped', () => {
    const page = { lastActivity: ago(1) };
    expect(judge(page, { freezeTimeout: 600 })).toEqual({ act: 'ask', aim: 'freeze' });
    expect(judge(page).act).toBe('keep');
    expect(judge(page, {}, PERSON)).toEqual({ act: 'ask', aim: 'stop' });
  });
  test('what sleeps does not fall asleep again, and is stopped without being asked', () => {
    const frozen = { state: 'frozen', lastActivity: ago(700), lastPersonal: ago(700) } as const;
    expect(judge(frozen, { freezeTimeout: 600 }).act).toBe('keep');
    expect(judge({ state: 'frozen' }, { freezeTimeout: 600 })).toEqual({
      act: 'stop',
      why: 'idle',
      detail: 'idle for 66 minutes',
    });
  });
  test('who is never to be stopped is not', () => {
    expect(judge({ lastActivity: ago(5_000_000), lastPersonal: ago(5_000_000) }, { timeout: null }).act).toBe(
      'keep',
    );
  });
});

describe('from inside', () => {
  const judge = (
    status: NotebookStatus | null,
    {
      silentLooks = 0,
      server = {},
      cores = 0.002,
      unmeasured = false,
      more = {},
      settings = ANY as Pick<CullSettings, 'activity' | 'busyCores'>,
      now = NOW,
    }: {
      silentLooks?: number;
      server?: Partial<Judged>;
      cores?: number | null;
      unmeasured?: boolean;
      more?: Partial<CullPolicy>;
      settings?: Pick<CullSettings, 'activity' | 'busyCores'>;
      now?: number;
    } = {},
  ) => {
    const witnesses = { status, silentLooks, cores, unmeasured };
    return judgeFromInside({ ...idle, ...server }, witnesses, { ...policy, ...more }, settings, now);
  };
  const stopped = { act: 'stop', why: 'idle', detail: 'idle for 66 minutes' };

  test('one whose kernel executes is kept, however long it has been silent', () => {
    const status = { ...quiet, busyKernels: 1, lastActivity: ago(500_000) };
    const server = { started: ago(900_000), lastActivity: ago(500_000), lastPersonal: ago(500_000) };
    expect(judge(status, { server })).toEqual({ act: 'keep', why: 'a kernel executes' });
  });
  test('a kernel or a terminal that merely exists does not keep it', () => {
    expect(judge({ ...quiet, kernels: 5, terminals: 2 })).toEqual(stopped);
  });
  test('its own last activity counts', () => {
    expect(judge({ ...quiet, lastActivity: ago(100) }).act).toBe('keep');
  });
  test('by the rule of a person its kernels and terminals count, and not what a page asks for', () => {
    expect(judge({ ...quiet, lastActivity: ago(100) }, { settings: PERSON })).toEqual(stopped);
    expect(judge({ ...quiet, lastWork: ago(100) }, { settings: PERSON }).act).toBe('keep');
    expect(
      judge({ ...quiet, lastActivity: ago(100), lastWork: ago(100) }, { more: { freezeTimeout: 60 } }),
    ).toMatchObject({
      act: 'freeze',
      detail: 'unused for 100 seconds',
    });
  });
  test('a clock that runs ahead in the container does not keep it for ever', () => {
    const status = { ...quiet, lastActivity: NOW + 7200_000, lastWork: null };
    expect(judge(status).act).toBe('keep');
    expect(judge(status, { now: NOW + 10_800_000 }).act).toBe('stop');
  });
  test('one that does not answer is asked again, and counts as idle only after several looks', () => {
    for (let looks = 1; looks < SILENT_LOOKS; looks += 1)
      expect(judge(null, { silentLooks: looks }).act).toBe('keep');
    expect(judge(null, { silentLooks: SILENT_LOOKS })).toEqual(stopped);
  });
  test('one that says "idle" while its container computes is kept', () => {
    expect(judge(quiet, { cores: 0.051 })).toEqual({ act: 'keep', why: 'it computes' });
    expect(judge(quiet, { cores: 0.05 }).act).toBe('stop');
  });
  test('silence is not idleness: one that answers nothing is kept while its container computes', () => {
    expect(judge(null, { silentLooks: 1000, cores: 1 }).act).toBe('keep');
  });
  test('what is not known yet is waited for', () => {
    expect(judge(quiet, { cores: null }).act).toBe('keep');
  });
  test('where nobody measures, what the notebook says is believed, and one that says nothing is kept', () => {
    expect(judge(quiet, { cores: null, unmeasured: true })).toEqual(stopped);
    expect(judge(null, { cores: null, unmeasured: true, silentLooks: 1000 }).act).toBe('keep');
  });
  test('kept by its owner while it was asked, it is left alone', () => {
    expect(judge(quiet, { server: { keepUntil: NOW + 1 }, more: { freezeTimeout: 60 } }).act).toBe('keep');
  });
});

describe('the policy of a server', () => {
  const settings = {
    ...policy,
    enabled: true,
    groups: [
      { group: 'staff', policy: { timeout: 86_400, maxAge: null } },
      { group: 'students', policy: { timeout: 600 } },
    ],
  } as unknown as CullSettings;

  test('is that of the first group its owner belongs to', () => {
    expect(policyOf(settings, ['students', 'staff']).timeout).toBe(86_400);
    expect(policyOf(settings, ['students']).timeout).toBe(600);
    expect(policyOf(settings, ['others']).timeout).toBe(3600);
  });
  test('is changed last by its profile', () => {
    expect(policyOf(settings, ['staff'], { timeout: 60, freezeTimeout: 30 })).toEqual({
      timeout: 60,
      freezeTimeout: 30,
      maxAge: null,
    });
  });
  test('stops nothing when the culler is off, and lets sleep all the same', () => {
    const off = { ...settings, enabled: false, maxAge: 10 };
    expect(policyOf(off, ['staff'], { freezeTimeout: 30, timeout: 60 })).toEqual({
      timeout: null,
      freezeTimeout: 30,
      maxAge: null,
    });
  });
});

describe('what comes of a server that nobody uses', () => {
  test('is told with the reason that comes first', () => {
    const both = { timeout: 3600, freezeTimeout: 60, maxAge: 10_000 };
    const server = { ...idle, lastActivity: NOW, lastPersonal: NOW };
    expect(forecast(server, both, 'any')).toEqual({
      freezesAt: NOW + 60_000,
      stopsAt: NOW + 1_000_000,
      why: 'aged',
    });
    expect(forecast(server, { ...both, maxAge: 100_000 }, 'any')).toMatchObject({
      stopsAt: NOW + 3_600_000,
      why: 'idle',
    });
  });
  test('is put off by its owner, but not its age', () => {
    const kept = { ...idle, keepUntil: NOW + 7_200_000 };
    expect(forecast(kept, { ...policy, freezeTimeout: 60 }, 'any')).toEqual({
      freezesAt: NOW + 7_200_000,
      stopsAt: NOW + 7_200_000,
      why: 'idle',
    });
    expect(forecast(kept, { ...policy, maxAge: 9060 }, 'any')).toMatchObject({ stopsAt: NOW + 60_000 });
  });
  test('is nothing where nothing was said', () => {
    const never = { timeout: null, freezeTimeout: null, maxAge: null };
    expect(forecast(idle, never, 'any')).toEqual({ freezesAt: null, stopsAt: null, why: null });
  });
});

test('a record from before people were told from pages counts by its activity', () => {
  expect(idleSince({ ...idle, lastPersonal: null }, 'person')).toBe(ago(4000));
});

describe('cores between two readings', () => {
  const reading = (at: number, used: number, containerId = 'c') => ({ at, used, containerId });

  test('are the processor time over the time that passed', () => {
    expect(coresBetween(reading(1000, 500), reading(61_000, 90_500))).toBe(1.5);
  });
  test.each([
    ['there is no earlier one', null, reading(2000, 0)],
    ['the container does not run', reading(1000, 0), null],
    ['the server was started anew', reading(1000, 0, 'old'), reading(2000, 900, 'new')],
    ['no time has passed', reading(1000, 0), reading(1000, 10)],
    ['the counter went back', reading(1000, 10), reading(2000, 0)],
  ])('are unknown when %s', (_, before, after) => {
    expect(coresBetween(before, after)).toBeNull();
  });
});
