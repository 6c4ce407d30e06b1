import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabMachine } from '../../support/lab-machine.ts';
import { IMAGE } from '../spawn-house.ts';
import { SwarmHouse } from './swarm-house.ts';

describe('files that lie on one machine', () => {
  let house: SwarmHouse;
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubaff' });
    await house.addPeople('ana', 'ben', 'cho');
  });
  afterAll(() => house.close());

  /** Makes another machine the emptier one, to which the Swarm would give whatever it may place freely. */
  async function fill(machine: LabMachine): Promise<void> {
    const { lab } = house;
    const where = `node.id==${await lab.nodeId(machine)}`;
    const how = ['--detach', '--replicas', '4', '--constraint', where, '--name', 'filler'];
    await lab.manager.docker('service', 'create', ...how, IMAGE, 'sleep', 'infinity');
  }

  it('a person returns to the machine that holds their volume, however often, and finds their files', async () => {
    await house.startAndWait('ana');
    expect(house.server('ana').state).toBe('ready');
    expect(await house.visit('ana')).toBe('I am ana');
    const first = await house.machineOf('ana');
    await house.inside('ana', 'echo mine > /home/jovyan/work/note');
    if (first === null) throw new Error('ana runs nowhere');
    await fill(first);
    for (let round = 0; round < 3; round += 1) {
      await house.stopAsUser('ana');
      await house.startAndWait('ana');
      expect((await house.machineOf('ana'))?.name).toBe(first?.name);
      expect(await house.inside('ana', 'cat /home/jovyan/work/note')).toBe('mine');
    }
    const [home] = [...house.store.volumeHomes.values()];
    expect(home).toMatchObject({ volume: 'hubaff-ana', machineName: first?.name });
  });

  it('a second server of the same person goes to the same machine, also when both are started at once', async () => {
    await Promise.all([house.startAndWait('ben'), house.startAndWait('ben', 'second')]);
    const machines = [house.server('ben'), house.server('ben', 'second')].map((server) =>
      house.desk.machineOf(server),
    );
    expect(machines[0]).toBe(machines[1]);
    expect(machines[0]).not.toBeNull();
    expect(house.store.volumeHomes.get('hubaff-ben')?.machineName).toBe(machines[0]);
  });

  it('a volume from before there were many machines is found on the machine where it lies', async () => {
    await house.lab.manager.docker('volume', 'create', 'hubaff-cho');
    await house.startAndWait('cho');
    expect((await house.machineOf('cho'))?.name).toBe(house.lab.manager.name);
    expect(house.store.volumeHomes.get('hubaff-cho')?.machineName).toBe(house.lab.manager.name);
  });
});
