import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../hub/src/adapters/docker/engine.ts';
import { makeImages } from '../../../hub/src/adapters/docker/images.ts';
import { makeSwarmContainers } from '../../../hub/src/adapters/docker/swarm/swarm-containers.ts';
import { systemClock } from '../../../hub/src/adapters/system/clock.ts';
import { makeSealer } from '../../../hub/src/adapters/system/sealer.ts';
import { type ImageRow, makeImageDesk } from '../../../hub/src/usecases/image-desk.ts';
import { IMAGE } from '../spawn-house.ts';
import { SwarmHouse } from './swarm-house.ts';

const ONLY_HERE = 'berth-prepull-only-here:1';

describe('images on every machine', () => {
  let house: SwarmHouse;
  let list: () => Promise<readonly ImageRow[]>;
  let pull: (image: string) => Promise<void>;
  const ending = new AbortController();
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubpull' });
    // One machine has it, and no registry.
    await house.lab.manager.docker('tag', IMAGE, ONLY_HERE);
    const engine = new Engine(house.lab.manager.socket);
    const { log, settings, store } = house.ports;
    const sealer = makeSealer([Buffer.alloc(32, 5)]);
    const { instance, stopGraceSeconds } = settings;
    const spread = makeSwarmContainers(engine, {
      ...{ instance, log, sealer, sealerLasts: true, stopGraceSeconds },
    });
    const menu = () => ({ settings, profiles: [], rootAllowed: false });
    const desk = makeImageDesk({
      ...{ images: makeImages(engine), containers: spread, spread, store, log, menu },
      clock: systemClock,
      extra: () => [ONLY_HERE],
      ending: ending.signal,
    });
    list = desk.list;
    pull = desk.pull;
  });
  afterAll(async () => {
    ending.abort();
    await house.close();
  });

  const rowOf = async (image: string) => (await list()).find((row) => row.image === image);
  /** The row when nothing is fetched any more, and something was told. */
  async function settled(image: string): Promise<ImageRow | undefined> {
    await expect
      .poll(
        async () => {
          const row = await rowOf(image);
          return row?.pulling === null && (row.machines?.length ?? 0) > 0;
        },
        { timeout: 100_000 },
      )
      .toBe(true);
    return rowOf(image);
  }

  it('an image that every machine has is there on each', async () => {
    expect((await rowOf(IMAGE))?.machines).toEqual([]);
    await pull(IMAGE);
    const row = await settled(IMAGE);
    expect(row?.trouble).toBeNull();
    const told = row?.machines?.map(({ machine, state }) => `${machine.name} ${state}`).sort();
    expect(told).toEqual(house.lab.machines.map(({ name }) => `${name} there`).sort());
  });

  it('one that a machine cannot get fails there with its words, and is there on the others', async () => {
    await pull(ONLY_HERE);
    const row = await settled(ONLY_HERE);
    const [worker] = house.lab.workers;
    const of = (name: string) => row?.machines?.find(({ machine }) => machine.name === name);
    expect(of(house.lab.manager.name)?.state).toBe('there');
    expect(of(worker.name)).toMatchObject({ state: 'failed' });
    expect(row?.trouble).toContain(worker.name);
  });

  it('a machine that is away is left out and said to be', async () => {
    const [worker] = house.lab.workers;
    await worker.kill();
    await house.lab.sees(worker, 'down');
    await pull(IMAGE);
    await expect
      .poll(async () => (await rowOf(IMAGE))?.machines?.map(({ state }) => state).sort(), {
        timeout: 100_000,
      })
      .toEqual(['skipped', 'there']);
    const services = await house.lab.manager.docker('service', 'ls', '-q');
    expect(services).toBe('');
  });
});
