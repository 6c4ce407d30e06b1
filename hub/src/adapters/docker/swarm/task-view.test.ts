import { expect, test } from 'vitest';
import type { Machine } from '../../../domain/containers.ts';
import type { SwarmService, SwarmTask } from './swarm-shapes.ts';
import { hasOutput, isAlive, viewOfService } from './task-view.ts';

const service = (replicas = 1, memory = 2 ** 27): SwarmService => ({
  ID: 'service1',
  Version: { Index: 7 },
  CreatedAt: '2026-11-22T00:00:00Z',
  Spec: {
    Name: 'jupyter-alice',
    Labels: { 'org.berth.hub': 'berth' },
    TaskTemplate: {
      ContainerSpec: { Image: 'lab:1' },
      Resources: { Limits: { MemoryBytes: memory } },
    },
    Mode: { Replicated: { Replicas: replicas } },
  },
});

const task = (
  state: string,
  more: { message?: string; error?: string; code?: number; wish?: string; at?: string } = {},
): SwarmTask => ({
  ID: `task ${state}`,
  CreatedAt: more.at ?? '2026-11-22T00:00:01Z',
  ServiceID: 'service1',
  NodeID: 'node1',
  DesiredState: more.wish ?? 'running',
  Status: {
    State: state,
    Message: more.message ?? state,
    ...(more.error === undefined ? {} : { Err: more.error }),
    ContainerStatus: { ExitCode: more.code ?? 0 },
  },
  NetworksAttachments: [
    { Network: { ID: 'i', Spec: { Name: 'ingress' } }, Addresses: ['10.0.0.9/24'] },
    { Network: { ID: 'n', Spec: { Name: 'notebooks' } }, Addresses: ['10.0.1.7/24'] },
  ],
});

const machine = (state: Machine['state'] = 'ready'): Machine => ({
  id: 'node1',
  name: 'lab-1',
  state,
  manager: false,
  memory: 1,
  cpus: 1,
});
const view = (tasks: readonly SwarmTask[], of = service(), state: Machine['state'] = 'ready') =>
  viewOfService(of, tasks, new Map([['node1', machine(state)]]), 'notebooks');

test('the address of a server is its task’s own, on the network asked for, and never a name', () => {
  expect(view([task('running', { message: 'started' })])).toEqual({
    id: 'service1',
    name: 'jupyter-alice',
    labels: { 'org.berth.hub': 'berth' },
    image: 'lab:1',
    running: true,
    paused: false,
    removing: false,
    exitCode: null,
    outOfMemory: false,
    address: '10.0.1.7',
    created: Date.parse('2026-11-22T00:00:00Z'),
    machine: { id: 'node1', name: 'lab-1', state: 'ready' },
  });
});

test('a service that nobody has started waits for nothing, and has not ended', () => {
  const seen = view([], service(0));
  expect(seen).toMatchObject({ running: false, exitCode: null, machine: null });
  expect(seen).not.toHaveProperty('waiting');
});

test('a service without a task yet waits', () => {
  expect(view([]).waiting).toMatch(/Swarm/);
});

test('what stands in the way of a task is told in the words of the Swarm', () => {
  const words = 'no suitable node (insufficient resources on 2 nodes)';
  const { NodeID: _, ...pending } = task('pending', { message: 'pending task scheduling', error: words });
  expect(view([pending])).toMatchObject({ waiting: words, running: false, machine: null });
});

test.each(['new', 'allocated', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting'])(
  'a task that is %s waits: it neither runs nor has ended',
  (state) => {
    const seen = view([task(state)]);
    expect(seen).toMatchObject({ running: false, exitCode: null, address: null, waiting: state });
    expect(seen).not.toHaveProperty('refused');
    expect(isAlive(task(state))).toBe(true);
  },
);

test('a rejected task is refused with its reason, at once', () => {
  const seen = view([task('rejected', { error: 'No such image: lab:9', wish: 'shutdown' })]);
  expect(seen).toMatchObject({ refused: 'No such image: lab:9', running: false, exitCode: null });
  expect(seen).not.toHaveProperty('waiting');
});

test('a program that is not in the image was refused, and has not ended with 127', () => {
  const error = 'starting container failed: exec: "/not/a/program": no such file or directory';
  const seen = view([task('failed', { message: 'starting', error, code: 127, wish: 'shutdown' })]);
  expect(seen).toMatchObject({ refused: error, exitCode: null });
});

test('a program that ended leaves its exit code', () => {
  const error = 'task: non-zero exit (3)';
  const seen = view([task('failed', { message: 'started', error, code: 3, wish: 'shutdown' })]);
  expect(seen).toMatchObject({ running: false, exitCode: 3, outOfMemory: false });
  expect(seen).not.toHaveProperty('refused');
  expect(view([task('complete', { wish: 'shutdown' })])).toMatchObject({ exitCode: 0 });
});

test('who was killed under a memory limit ran out of it, unless somebody stopped the service', () => {
  const killed = task('failed', { message: 'started', code: 137, wish: 'shutdown' });
  expect(view([killed]).outOfMemory).toBe(true);
  expect(view([killed], service(1, 0)).outOfMemory).toBe(false);
  expect(view([killed], service(0)).outOfMemory).toBe(false);
  expect(view([task('shutdown', { code: 137, wish: 'shutdown' })]).outOfMemory).toBe(false);
});

test('a task that runs on a machine that is away does not run, whatever the Swarm remembers of it', () => {
  for (const wish of ['running', 'shutdown']) {
    const seen = view([task('running', { message: 'started', wish })], service(), 'away');
    expect(seen).toMatchObject({ running: false, exitCode: null, machine: { name: 'lab-1', state: 'away' } });
    expect(seen.address).toBeNull();
    expect(seen).not.toHaveProperty('waiting');
  }
});

test('a task that is being emptied off its machine does not run any more', () => {
  const seen = view(
    [task('running', { message: 'started', wish: 'shutdown', code: -1 })],
    service(),
    'draining',
  );
  expect(seen).toMatchObject({ running: false, exitCode: null, machine: { state: 'draining' } });
});

test('a state that this hub does not know is said, not guessed', () => {
  const seen = view([task('dreaming', { message: 'of sheep' })]);
  expect(seen).toMatchObject({ running: false, exitCode: null });
  expect(seen.waiting).toMatch(/dreaming.*of sheep/);
});

test('the newest task counts, in whichever order they come', () => {
  const old = task('failed', { message: 'started', code: 1, at: '2026-11-22T00:00:01Z' });
  const fresh = task('running', { message: 'started', at: '2026-11-22T00:00:02.5Z' });
  for (const tasks of [
    [old, fresh],
    [fresh, old],
  ]) {
    expect(view(tasks).running).toBe(true);
  }
});

test('nobody is asked for output that does not come: of what has not begun, or was refused', () => {
  const begun = ['running', 'shutdown', 'complete'].map((state) => hasOutput(task(state)));
  const not = ['preparing', 'rejected', 'pending', 'failed'].map((state) => hasOutput(task(state)));
  expect([begun, not]).toEqual([
    [true, true, true],
    [false, false, false, false],
  ]);
  expect(hasOutput(task('failed', { message: 'started' }))).toBe(true);
});
