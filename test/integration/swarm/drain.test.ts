import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabMachine } from '../../support/lab-machine.ts';
import { SwarmHouse } from './swarm-house.ts';

const PEOPLE = ['ana', 'ben', 'cho'];
/** Seconds: long enough that the warning is there to be seen. */
const GRACE = 12;

let house: SwarmHouse;

function availability(machine: LabMachine, word: 'active' | 'pause' | 'drain'): Promise<string> {
  return house.lab.manager.docker('node', 'update', '--availability', word, machine.name);
}

async function machineOf(who: string): Promise<LabMachine> {
  const machine = await house.machineOf(who);
  if (machine === null) throw new Error(`${who} runs nowhere`);
  return machine;
}

describe('a machine closes, and files can be reached from every machine', () => {
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubdrain', movable: true, drainGrace: GRACE });
    await house.addPeople(...PEOPLE);
  });
  afterAll(() => house.close());

  it('its servers are warned of at once and go on, and are moved after the grace', async () => {
    await house.startAndWait('ana');
    const before = house.server('ana');
    const machine = await machineOf('ana');
    await availability(machine, 'pause');
    await expect.poll(() => house.desk.noteOf(house.server('ana')), { timeout: 60_000 }).not.toBeNull();
    expect(house.desk.noteOf(house.server('ana'))).toMatchObject({ machine: machine.name, moves: true });
    expect(await house.visit('ana')).toBe('I am ana');
    expect(house.server('ana').generation).toBe(before.generation);

    const moved = await house.becomes(
      'ana',
      ({ state, generation }) => state === 'ready' && generation > before.generation,
    );
    expect(moved.moved).toMatchObject({ from: machine.name, why: 'drained' });
    expect((await machineOf('ana')).name).toBe(house.other(machine).name);
    expect(await house.containerOn(machine, 'ana')).toBe('');
    expect(await house.visit('ana')).toBe('I am ana');
    await availability(machine, 'active');
  });

  it('one that the Swarm empties at once is started elsewhere, too', async () => {
    await house.startAndWait('ben');
    const before = house.server('ben');
    const machine = await machineOf('ben');
    await availability(machine, 'drain');
    const moved = await house.becomes(
      'ben',
      ({ state, generation }) => state === 'ready' && generation > before.generation,
    );
    expect(moved.moved).toMatchObject({ from: machine.name, why: 'drained' });
    expect((await machineOf('ben')).name).toBe(house.other(machine).name);
    await availability(machine, 'active');
  });
});

describe('a machine closes that holds files of its own', () => {
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubshut', drainGrace: GRACE });
    await house.addPeople(...PEOPLE);
  });
  afterAll(() => house.close());

  it('its servers are stopped after the grace, say why, and start there again when it opens', async () => {
    await house.startAndWait('ana');
    const machine = await machineOf('ana');
    await availability(machine, 'pause');
    await expect.poll(() => house.desk.noteOf(house.server('ana')), { timeout: 60_000 }).not.toBeNull();
    expect(house.desk.noteOf(house.server('ana'))).toMatchObject({ moves: false });
    const stopped = await house.reaches(['stopped'], 'ana');
    expect(stopped.stopReason).toMatchObject({
      why: 'drained',
      detail: `the machine ${machine.name} was emptied`,
    });

    const refused = await house.startAndWait('ana');
    expect(refused).toMatchObject({ state: 'failed', failure: { code: 'SPAWN-182' } });
    expect(refused.failure?.facts).toMatchObject({ machine: machine.name });

    await availability(machine, 'active');
    expect((await house.startAndWait('ana')).state).toBe('ready');
    expect((await machineOf('ana')).name).toBe(machine.name);
  });
});
