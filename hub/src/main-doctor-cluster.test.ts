import { expect, it } from 'vitest';
import { NO_ABILITY } from '../../test/support/abilities.ts';
import { machine } from '../../test/support/toy-cluster.ts';
import { machinesFinding } from './main-doctor-cluster.ts';
import type { MachineDesk, MachineRow } from './usecases/machine-desk.ts';

const row = (id: string, more: Partial<MachineRow> = {}): MachineRow => ({
  ...machine(id),
  ...{ servers: 0, promised: { memory: 0, cpus: 0 }, volumes: 0, emptiedAt: null },
  ...more,
});

/** What is found of these machines; the engine is asked before. */
async function found(...rows: readonly MachineRow[]) {
  let asked = 0;
  const desk: MachineDesk = {
    abilities: NO_ABILITY,
    list: () => (asked === 0 ? [] : rows),
    machineOf: () => null,
    noteOf: () => null,
    moveHomes: async () => 0,
  };
  const machines = async () => {
    asked += 1;
    return [];
  };
  return machinesFinding(desk, { machines });
}

it.each([
  ['ok', [row('a'), row('b', { state: 'paused' })], /^2 of 2/],
  ['warn', [row('a'), row('b', { state: 'away' })], /^Away: b\. 0 volumes/],
  [
    'fail',
    [row('a', { state: 'gone', volumes: 2 }), row('b', { state: 'away', volumes: 1 })],
    /^Away: a, b\. 3 volumes/,
  ],
] as const)('%s', async (level, rows, says) => {
  expect(await found(...rows)).toMatchObject({ level, says: expect.stringMatching(says) });
});

it('asks nobody where servers run on one machine', async () => {
  const machines = () => Promise.reject(new Error('nobody is to be asked'));
  expect((await machinesFinding(undefined, { machines })).level).toBe('ok');
});
