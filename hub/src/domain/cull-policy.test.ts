import { describe, expect, test } from 'vitest';
import { coresBetween, formatSpan, judgeFromInside, judgeFromOutside, SILENT_LOOKS } from './cull-policy.ts';
import type { NotebookStatus } from './ports.ts';

const settings = { enabled: true, timeout: 3600, every: 600, busyCores: 0.05 };
const NOW = 1_800_000_000_000;
const ago = (seconds: number) => NOW - seconds * 1000;
const quiet = { kernels: 1, busyKernels: 0, terminals: 0, lastActivity: ago(4000) };
const idle = { started: ago(9000), lastActivity: ago(4000) };

describe('from outside', () => {
  test('a server with activity within the timeout is kept without being asked', () => {
    expect(judgeFromOutside({ started: ago(9000), lastActivity: ago(3599) }, settings, NOW).act).toBe('keep');
  });
  test('at the timeout exactly, it is asked', () => {
    expect(judgeFromOutside({ started: ago(9000), lastActivity: ago(3600) }, settings, NOW).act).toBe('ask');
  });
  test('one that was started a moment ago is kept although no activity is known', () => {
    expect(judgeFromOutside({ started: ago(10), lastActivity: null }, settings, NOW).act).toBe('keep');
  });
});

describe('from inside', () => {
  const judge = (
    status: NotebookStatus | null,
    silentLooks = 0,
    server = idle,
    cores: number | null = 0.002,
  ) => judgeFromInside(server, { status, silentLooks, cores }, settings, NOW);

  test('one whose kernel executes is kept, however long it has been silent', () => {
    const status = { ...quiet, busyKernels: 1, lastActivity: ago(500_000) };
    expect(judge(status, 0, { started: ago(900_000), lastActivity: ago(500_000) })).toEqual({ act: 'keep' });
  });
  test('a kernel or a terminal that merely exists does not keep it', () => {
    expect(judge({ ...quiet, kernels: 5, terminals: 2 })).toEqual({
      act: 'stop',
      detail: 'idle for 66 minutes',
    });
  });
  test('its own last activity counts', () => {
    expect(judge({ ...quiet, lastActivity: ago(100) })).toEqual({ act: 'keep' });
  });
  test('a clock that runs ahead in the container does not keep it for ever', () => {
    const later = NOW + 7200_000;
    expect(judge({ ...quiet, lastActivity: later }).act).toBe('keep');
    const witnesses = { status: { ...quiet, lastActivity: later }, silentLooks: 0, cores: 0 };
    expect(judgeFromInside(idle, witnesses, settings, later + 3600_000).act).toBe('stop');
  });
  test('one that does not answer is asked again, and counts as idle only after several looks', () => {
    for (let looks = 1; looks < SILENT_LOOKS; looks += 1) expect(judge(null, looks)).toEqual({ act: 'keep' });
    expect(judge(null, SILENT_LOOKS)).toEqual({ act: 'stop', detail: 'idle for 66 minutes' });
  });
  test('one that says "idle" while its container computes is kept', () => {
    expect(judge(quiet, 0, idle, 0.051)).toEqual({ act: 'keep' });
    expect(judge(quiet, 0, idle, 0.05).act).toBe('stop');
  });
  test('silence is not idleness: one that answers nothing is kept while its container computes', () => {
    expect(judge(null, 1000, idle, 1)).toEqual({ act: 'keep' });
  });
  test('without the second witness nobody is stopped', () => {
    expect(judge(quiet, 0, idle, null)).toEqual({ act: 'keep' });
    expect(judge(null, 1000, idle, null)).toEqual({ act: 'keep' });
  });
  test('whoever came back while it was asked is not stopped', () => {
    expect(judge(quiet, 0, { started: ago(9000), lastActivity: ago(1) })).toEqual({ act: 'keep' });
    expect(judge(null, SILENT_LOOKS, { started: ago(9000), lastActivity: ago(1) })).toEqual({ act: 'keep' });
  });
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

test.each([
  [1_000, '1 second'],
  [119_999, '119 seconds'],
  [120_000, '2 minutes'],
  [3_600_000, '60 minutes'],
  [7_200_000, '2 hours'],
])('%d ms are called %s', (ms, words) => {
  expect(formatSpan(ms)).toBe(words);
});
