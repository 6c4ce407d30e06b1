import type { RunConditions } from './run-conditions.ts';

/** For tests of what is made of a run. */
export const SAMPLE_CONDITIONS: RunConditions = {
  date: '2026-11-22T04:00',
  cores: 2,
  processor: 'a processor',
  memoryGb: 8,
  engine: 'an engine',
  node: 'v24',
  commit: 'abc1234',
  front: 'none',
  loadBefore: 0,
};
