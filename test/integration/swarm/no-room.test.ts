import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpawnStep } from '../../../hub/src/domain/fact.ts';
import { Problem } from '../../../hub/src/domain/problem.ts';
import { SwarmHouse } from './swarm-house.ts';

describe('no room on any machine', () => {
  let house: SwarmHouse;
  const steps: SpawnStep[] = [];
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubfull' });
    await house.addPeople('ana', 'ben', 'cho');
    house.ports.facts.listen((fact) => {
      if (fact.kind === 'server-step' && fact.user === 'ana') steps.push(fact.step);
    });
  });
  afterAll(() => house.close());

  const said = () => steps.map(({ message }) => message);

  it('a start waits and says why, longer than any deadline of a start, and goes on when there is room', async () => {
    const deadlines = { startTimeout: 3_000, httpTimeout: 3_000, pullTimeout: 3_000 };
    house.plans.ana = deadlines;
    for (const { name } of house.lab.machines) await availability(name, 'pause');
    await house.wish('ana');
    await expect
      .poll(said, { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(/^Waiting for room on one of the machines: no suitable node/));
    const since = Date.now();
    await expect.poll(() => Date.now() - since, { timeout: 30_000 }).toBeGreaterThan(9_000);
    expect(house.server('ana').state).toBe('starting');

    for (const { name } of house.lab.machines) await availability(name, 'active');
    expect((await house.reaches(['ready', 'failed'], 'ana')).state).toBe('ready');
    expect(await house.visit('ana')).toBe('I am ana');
  });

  it('what is promised together is what all machines have together, and who is too many waits in line', async () => {
    const { containers } = house.ports;
    const machines = await containers.machines();
    const each = Math.min(...machines.map(({ memory }) => memory));
    expect((await containers.host()).memory).toBe(machines.reduce((sum, { memory }) => sum + memory, 0));

    // Two of them fit on no machine together.
    const promised = { memory: null, memoryGuarantee: Math.floor(each * 0.6) };
    for (const name of ['ana', 'ben', 'cho']) house.plans[name] = promised;
    await house.stopAsUser('ana');
    expect((await house.startAndWait('ana')).state).toBe('ready');
    expect((await house.startAndWait('ben')).state).toBe('ready');
    expect(house.desk.machineOf(house.server('ana'))).not.toBe(house.desk.machineOf(house.server('ben')));
    await house.wish('cho');
    await house.becomes('cho', ({ state }) => state === 'queued' || state === 'starting');
    await house.stopAsUser('ben');
    expect((await house.reaches(['ready', 'failed'], 'cho')).state).toBe('ready');
  });

  it('who waits can be cancelled, and leaves nothing in the Swarm', async () => {
    for (const { name } of house.lab.machines) await availability(name, 'pause');
    house.plans.ben = {};
    // ben's files have a machine, and that takes nothing now; a newcomer would wait.
    await house.addPeople('dan');
    await house.wish('dan');
    await house.becomes('dan', ({ state }) => state === 'starting');
    await house.stop({ user: 'dan', server: '', why: 'user', detail: '' });
    expect(house.server('dan').state).toBe('stopped');
    const services = await house.lab.manager.docker('service', 'ls', '--format', '{{.Name}}');
    expect(services).not.toContain('jupyter-dan');
    for (const { name } of house.lab.machines) await availability(name, 'active');
  });

  it('what no machine could ever carry is refused at once', async () => {
    await house.addPeople('eve');
    house.plans.eve = { memory: null, memoryGuarantee: 2 ** 50 };
    const { failure, state } = await house.startAndWait('eve');
    expect(state).toBe('failed');
    expect(failure?.code).toBe(new Problem('SPAWN-183').code);
  });

  function availability(name: string, word: 'active' | 'pause'): Promise<string> {
    return house.lab.manager.docker('node', 'update', '--availability', word, name);
  }
});
