import { expect, it } from 'vitest';
import type { SpawnStep } from '../../domain/fact.ts';
import { en } from '../views/messages/en.ts';
import { presentSpawn } from './present-spawn.ts';

const step = (state: SpawnStep['state'], at: number, since = at): SpawnStep => ({
  state,
  at,
  since,
  percent: at,
  message: `${state} at ${at}`,
});

const shown = (state: SpawnStep['state'], ...told: SpawnStep[]) =>
  presentSpawn(en, { state, started: 0 }, told, 90).steps.map(({ name, status, began, ended }) => [
    name,
    status,
    began,
    ended,
  ]);

it('each step has its own time; the running one goes on', () => {
  expect(shown('creating', step('queued', 0), step('pulling', 40, 5), step('creating', 60))).toEqual([
    ['queued', 'done', 0, 5],
    ['pulling', 'done', 5, 60],
    ['creating', 'now', 60, null],
    ['starting', 'todo', null, null],
    ['waiting', 'todo', null, null],
  ]);
});

it('a download counts from its beginning, not from its last report', () => {
  expect(shown('pulling', step('queued', 0), step('pulling', 40, 5))[1]).toEqual(['pulling', 'now', 5, null]);
});

it('steps that nobody remembers are done, without a time', () => {
  expect(shown('waiting', step('waiting', 70)).slice(0, 2)).toEqual([
    ['queued', 'done', null, null],
    ['pulling', 'done', null, null],
  ]);
});

it('when it is ready all steps are done', () => {
  const steps = shown('ready', step('queued', 0), step('waiting', 70), step('ready', 80));
  expect(steps.every(([, status]) => status === 'done')).toBe(true);
  expect(steps[4]).toEqual(['waiting', 'done', 70, 80]);
});

it('nothing told yet shows the state itself', () => {
  const live = presentSpawn(en, { state: 'queued', started: 50 }, [], 90);
  expect([live.message, live.percent, live.since]).toEqual(['Queued', 0, 50]);
});

it('the log comes with the step, its long lines cut', () => {
  const told = { ...step('waiting', 70), log: ['loading', 'x'.repeat(1000)] };
  const { log } = presentSpawn(en, { state: 'waiting', started: 0 }, [told], 90);
  expect(log).toEqual(['loading', `${'x'.repeat(240)}…`]);
});
