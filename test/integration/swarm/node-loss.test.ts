import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabMachine } from '../../support/lab-machine.ts';
import { SwarmHouse } from './swarm-house.ts';

/** Starts servers until somebody's is on a machine that is not the manager; who it is. */
async function onWorker(house: SwarmHouse, people: readonly string[]): Promise<[string, LabMachine]> {
  const [worker] = house.lab.workers;
  for (const name of people) {
    await house.startAndWait(name);
    if ((await house.machineOf(name)) === worker) return [name, worker];
  }
  throw new Error('the Swarm gave every server to the manager');
}

const PEOPLE = ['ana', 'ben', 'cho'];

describe('a machine dies, and files can be reached from every machine', () => {
  let house: SwarmHouse;
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubmove', movable: true });
    await house.addPeople(...PEOPLE);
  });
  afterAll(() => house.close());

  it('the server starts on another machine by itself, with its files, and the record says why', async () => {
    const [who, worker] = await onWorker(house, PEOPLE);
    const first = house.server(who);
    await house.inside(who, 'echo mine > /home/jovyan/work/note');
    await worker.kill();
    const moved = await house.becomes(
      who,
      ({ state, generation }) => state === 'ready' && generation > first.generation,
    );
    expect(moved).toMatchObject({ options: first.options, moved: { from: worker.name, why: 'away' } });
    expect((await house.machineOf(who))?.name).toBe(house.lab.manager.name);
    expect(await house.visit(who)).toBe(`I am ${who}`);
    expect(await house.inside(who, 'cat /home/jovyan/work/note')).toBe('mine');
    expect(house.desk.list()).toMatchObject([
      { state: 'ready' },
      { name: worker.name, state: 'away', servers: 0 },
    ]);

    // When the machine is back, nothing of the former server is left on it, and nobody is moved again.
    await worker.start();
    await house.lab.sees(worker, 'ready');
    await house.reconcile();
    await expect.poll(() => house.containerOn(worker, who), { timeout: 60_000 }).toBe('');
    expect(house.server(who)).toMatchObject({ generation: moved.generation, state: 'ready' });
    const services = await house.lab.manager.docker('service', 'ls', '--format', '{{.Name}}');
    expect(services.split('\n').filter((name) => name === `jupyter-${who}`)).toHaveLength(1);
  });
});

describe('a machine dies that holds files of its own', () => {
  let house: SwarmHouse;
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hublost' });
    await house.addPeople(...PEOPLE);
  });
  afterAll(() => house.close());

  it('the server is stopped and says which machine; a start says it too, and works when it is back', async () => {
    const [who, worker] = await onWorker(house, PEOPLE);
    await house.inside(who, 'echo mine > /home/jovyan/work/note');
    await worker.kill();
    const stopped = await house.reaches(['stopped'], who);
    expect(stopped.stopReason).toMatchObject({ why: 'away', detail: `the machine ${worker.name} went away` });
    expect(await house.visit(who)).not.toBe(`I am ${who}`);

    const refused = await house.startAndWait(who);
    expect(refused).toMatchObject({ state: 'failed', failure: { code: 'SPAWN-181' } });
    expect(refused.failure?.facts).toMatchObject({ machine: worker.name, volume: `hublost-${who}` });

    await worker.start();
    await house.lab.sees(worker, 'ready');
    const back = await house.startAndWait(who);
    expect(back).toMatchObject({ state: 'ready', moved: null });
    expect((await house.machineOf(who))?.name).toBe(worker.name);
    expect(await house.inside(who, 'cat /home/jovyan/work/note')).toBe('mine');
    expect(await house.visit(who)).toBe(`I am ${who}`);
  });
});
