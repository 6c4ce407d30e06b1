import { expect, test } from 'vitest';
import { fine, type Probe } from '../domain/probe.ts';
import { makeRunProbes } from './run-probes.ts';

const clock = { now: () => Date.now() };
const well: Probe = { code: 'HOST-01', deadline: 1000, look: () => fine('there is room') };

test('a probe that never answers is a failure after its deadline, and the others are shown', async () => {
  const never: Probe = { code: 'DOCK-01', deadline: 30, look: () => new Promise(() => {}) };
  const { results } = await makeRunProbes([well, never], clock)(0);
  expect(results.map(({ code, level }) => [code, level])).toEqual([
    ['DOCK-01', 'fail'],
    ['HOST-01', 'ok'],
  ]);
  expect(results[0]?.says).toBe('No answer within 0.03 s.');
});

test('a probe that throws, at once or later, is a failure with its words', async () => {
  const atOnce: Probe = {
    code: 'DOCK-01',
    deadline: 1000,
    look: () => {
      throw new Error('broken at once');
    },
  };
  const later: Probe = { ...atOnce, code: 'DOCK-02', look: () => Promise.reject(new Error('broken later')) };
  const { results } = await makeRunProbes([atOnce, later], clock)(0);
  expect(results.map(({ level, says }) => [level, says])).toEqual([
    ['fail', 'broken at once'],
    ['fail', 'broken later'],
  ]);
});

test('who asks while a look is under way joins it; within its age an answer is given again', async () => {
  let looks = 0;
  const slow: Probe = {
    ...well,
    look: async () => {
      looks += 1;
      await new Promise((later) => setTimeout(later, 20));
      return fine('looked');
    },
  };
  const run = makeRunProbes([slow], clock);
  await Promise.all([run(0), run(0)]);
  expect(looks).toBe(1);
  await run(60_000);
  expect(looks).toBe(1);
  await run(0);
  expect(looks).toBe(2);
});
