import { expect, test } from 'vitest';
import { isSessionAlive, SESSION_MAX_AGE_MS, type Session } from './session.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
const since = (created: number): Session => ({
  idHash: 'a',
  user: 'ana',
  sharedId: 'b',
  provider: 'local',
  created,
  lastSeen: created,
  address: '',
  userAgent: '',
  authState: null,
  providerSession: null,
});

test.each([
  ['a fortnight ago', NOW - SESSION_MAX_AGE_MS, false],
  ['a moment less than a fortnight ago', NOW - SESSION_MAX_AGE_MS + 1, true],
  ['before the clock was put back three hours', NOW + 3 * HOUR, true],
  ['in a far future, by a clock that was wrong', NOW + 30 * 24 * HOUR, false],
])('who signed in %s', (_, created, alive) => {
  expect(isSessionAlive(since(created), NOW)).toBe(alive);
});
