import { describe, expect, test } from 'vitest';
import { formatSpan, judgeFromInside, judgeFromOutside, SILENT_LOOKS } from './cull-policy.ts';

const settings = { enabled: true, timeout: 3600, every: 600 };
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
  const judge = (status: Parameters<typeof judgeFromInside>[1], looks = 0, server = idle) =>
    judgeFromInside(server, status, looks, settings, NOW);

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
    expect(judgeFromInside(idle, { ...quiet, lastActivity: later }, 0, settings, later + 3600_000).act).toBe(
      'stop',
    );
  });
  test('one that does not answer is asked again, and counts as idle only after several looks', () => {
    for (let looks = 1; looks < SILENT_LOOKS; looks += 1) expect(judge(null, looks)).toEqual({ act: 'keep' });
    expect(judge(null, SILENT_LOOKS)).toEqual({ act: 'stop', detail: 'idle for 66 minutes' });
  });
  test('whoever came back while it was asked is not stopped', () => {
    expect(judge(quiet, 0, { started: ago(9000), lastActivity: ago(1) })).toEqual({ act: 'keep' });
    expect(judge(null, SILENT_LOOKS, { started: ago(9000), lastActivity: ago(1) })).toEqual({ act: 'keep' });
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
