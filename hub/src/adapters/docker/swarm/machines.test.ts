import { expect, test } from 'vitest';
import { machineOf, mostCores, roomOf } from './machines.ts';
import type { SwarmNode } from './swarm-shapes.ts';

const node = (state: string, availability: string, cores = 4, id = 'n'): SwarmNode => ({
  ID: id,
  Spec: { Role: 'worker', Availability: availability },
  Description: { Hostname: 'lab-1', Resources: { NanoCPUs: cores * 1e9, MemoryBytes: 2 ** 33 } },
  Status: { State: state },
});

test.each([
  ['ready', 'active', 'ready'],
  ['ready', 'pause', 'paused'],
  ['ready', 'drain', 'draining'],
  ['down', 'active', 'away'],
  ['down', 'drain', 'away'],
  // While a leader is chosen: what runs there goes on.
  ['unknown', 'active', 'paused'],
  ['disconnected', 'active', 'paused'],
])('a machine that is %s and %s is %s', (state, availability, expected) => {
  expect(machineOf(node(state, availability))).toEqual({
    id: 'n',
    name: 'lab-1',
    state: expected,
    manager: false,
    memory: 2 ** 33,
    cpus: 4,
  });
});

test('room is that of the machines that take servers', () => {
  const machines = [node('ready', 'active'), node('ready', 'drain'), node('down', 'active')].map(machineOf);
  expect(roomOf(machines)).toEqual({ memory: 2 ** 33, cpus: 4 });
});

test('a limit fits the smallest machine that is ready, or the one that the server must run on', () => {
  const machines = [
    machineOf(node('ready', 'active', 16, 'large')),
    machineOf(node('ready', 'active', 2, 'small')),
    machineOf(node('down', 'active', 1, 'away')),
  ];
  expect(mostCores(machines, undefined)).toBe(2);
  expect(mostCores(machines, 'large')).toBe(16);
  expect(mostCores(machines, 'away')).toBeNull();
});

test('a machine tells its countable things, by number or by name', () => {
  const told = node('ready', 'active');
  const GenericResources = [
    { NamedResourceSpec: { Kind: 'gpu', Value: 'GPU-1' } },
    { NamedResourceSpec: { Kind: 'gpu', Value: 'GPU-2' } },
    { DiscreteResourceSpec: { Kind: 'license', Value: 5 } },
  ];
  const Description = {
    ...told.Description,
    Resources: { ...told.Description.Resources, GenericResources },
  };
  expect(machineOf({ ...told, Description }).resources).toEqual({ gpu: 2, license: 5 });
  expect(machineOf(told).resources).toBeUndefined();
});
