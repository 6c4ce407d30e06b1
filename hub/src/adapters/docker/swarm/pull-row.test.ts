import { expect, test } from 'vitest';
import { machine } from '../../../../../test/support/toy-cluster.ts';
import type { Machine } from '../../../domain/containers.ts';
import { rowOf } from './pull-row.ts';
import type { SwarmTask } from './swarm-shapes.ts';

const machineThatIs = (state: Machine['state'] = 'ready') => machine('n', { name: 'lab-1', state });
const task = (state: string, error?: string): SwarmTask => ({
  ID: 't',
  CreatedAt: '2026-11-22T00:00:00Z',
  ServiceID: 's',
  DesiredState: 'complete',
  Status: { State: state, ...(error === undefined ? {} : { Err: error }) },
});

test.each([
  ['complete', 'there', true],
  // The image's program could not run: it is there all the same.
  ['failed', 'there', true],
  ['preparing', 'fetching', false],
  ['pending', 'waiting', false],
])('a machine whose task is %s: %s', (state, expected, over) => {
  expect(rowOf(machineThatIs(), task(state))).toMatchObject({ report: { state: expected }, over });
});

test('a machine that cannot get the image says why', () => {
  expect(rowOf(machineThatIs(), task('rejected', 'No such image: lab:9'))).toEqual({
    report: { machine: { id: 'n', name: 'lab-1' }, state: 'failed', detail: 'No such image: lab:9' },
    over: true,
  });
});

test('a machine that is away or takes nothing is skipped, also in the middle, unless it has the image already', () => {
  expect(rowOf(machineThatIs('away'), null)).toMatchObject({
    report: { state: 'skipped', detail: 'away' },
    over: true,
  });
  expect(rowOf(machineThatIs('away'), task('preparing'))).toMatchObject({
    report: { state: 'skipped' },
    over: true,
  });
  expect(rowOf(machineThatIs('draining'), task('complete'))).toMatchObject({ report: { state: 'there' } });
});
