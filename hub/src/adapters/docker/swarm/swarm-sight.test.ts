import { expect, test } from 'vitest';
import { machine } from '../../../../../test/support/toy-cluster.ts';
import type { ContainerView, Machine } from '../../../domain/containers.ts';
import { changesBetween, type SwarmSight } from './swarm-sight.ts';

const view = (more: Partial<ContainerView>): ContainerView => ({
  id: 's',
  name: 'jupyter-alice',
  labels: {},
  image: 'lab:1',
  running: false,
  paused: false,
  removing: false,
  exitCode: null,
  outOfMemory: false,
  address: null,
  created: 0,
  ...more,
});
const machineThatIs = (state: Machine['state']) => machine('n', { name: 'lab-1', state });
const sight = (of: ContainerView | null, state: Machine['state'] | null = 'ready'): SwarmSight => ({
  views: new Map(of === null ? [] : [[of.id, of]]),
  machines: new Map(state === null ? [] : [['n', machineThatIs(state)]]),
});

const idle = view({});
const waiting = view({ waiting: 'preparing' });
const running = view({ running: true });
const ended = view({ exitCode: 3 });
const refused = view({ refused: 'No such image' });

test.each([
  ['starts', waiting, running, [{ kind: 'started', id: 's' }]],
  ['ends', running, ended, [{ kind: 'died', id: 's', exitCode: 3 }]],
  ['is stopped', running, idle, [{ kind: 'died', id: 's', exitCode: null }]],
  ['is refused', waiting, refused, [{ kind: 'died', id: 's', exitCode: null }]],
  ['came and went between two looks', idle, ended, [{ kind: 'died', id: 's', exitCode: 3 }]],
  ['begins to wait', idle, waiting, []],
  ['goes on', running, running, []],
  ['stays ended', ended, ended, []],
] as const)('of a server that %s', (_, before, after, told) => {
  expect(changesBetween(sight(before), sight(after))).toEqual(told);
});

test('a service that is gone is removed; one that came is told when it runs', () => {
  expect(changesBetween(sight(running), sight(null))).toEqual([{ kind: 'removed', id: 's' }]);
  expect(changesBetween(sight(null), sight(idle))).toEqual([]);
  expect(changesBetween(sight(null), sight(running))).toEqual([{ kind: 'started', id: 's' }]);
});

test('a machine that goes away is told before the servers that it took along', () => {
  const told = changesBetween(sight(running), sight(idle, 'away'));
  expect(told).toEqual([
    { kind: 'machine', machine: machineThatIs('away') },
    { kind: 'died', id: 's', exitCode: null },
  ]);
});

test('a machine that was taken out of the Swarm is away', () => {
  expect(changesBetween(sight(null), sight(null, null))).toEqual([
    { kind: 'machine', machine: machineThatIs('away') },
  ]);
});
