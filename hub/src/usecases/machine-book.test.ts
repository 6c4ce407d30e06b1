import { expect, it } from 'vitest';
import { machine, runningOn } from '../../../test/support/toy-cluster.ts';
import { MachineBook } from './machine-book.ts';

function open() {
  let now = 1_000;
  const book = new MachineBook({ now: () => now, sleep: () => Promise.resolve() });
  return {
    book,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

it('counts a machine’s closing from when it was first seen, and anew when it has taken servers between', () => {
  const { book, pass } = open();
  const closing = machine('n1', { state: 'paused' });
  book.noteMachines([closing]);
  pass(500);
  book.noteMachines([closing]);
  expect(book.closingSince('n1')).toBe(1_000);
  book.noteEvent({ kind: 'machine', machine: machine('n1') });
  expect(book.closingSince('n1')).toBeNull();
  book.noteEvent({ kind: 'machine', machine: closing });
  expect(book.closingSince('n1')).toBe(1_500);
  // It left the Swarm.
  book.noteMachines([]);
  expect(book.closingSince('n1')).toBeNull();
});

it('knows of a server’s machine what was told last, of the machine or of the server', () => {
  const { book } = open();
  const server = { containerId: 'c1' };
  expect(book.machineOf(server)).toBeNull();
  book.noteView(runningOn('c1', machine('n1')));
  expect(book.machineOf(server)).toMatchObject({ id: 'n1', state: 'ready' });
  book.noteMachines([machine('n1', { state: 'away' })]);
  expect(book.machineOf(server)?.state).toBe('away');
  book.noteViews([runningOn('c1', machine('n2'))]);
  expect(book.machineOf(server)?.id).toBe('n2');
  book.noteViews([]);
  expect([book.machineOf(server), book.machineOf({ containerId: null })]).toEqual([null, null]);
});
