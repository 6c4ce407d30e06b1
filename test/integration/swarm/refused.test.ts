import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpawnSettings } from '../../../hub/src/domain/settings.ts';
import { SwarmHouse } from './swarm-house.ts';

const GOOD_CLUSTER = { constraints: [], spread: [], resources: {}, gpuResource: 'gpu', movable: false };
const bind = { type: 'bind', source: '/no/such/folder', path: '/data', readOnly: true } as const;

describe('what a machine or the Swarm refuses', () => {
  let house: SwarmHouse;
  beforeAll(async () => {
    house = await SwarmHouse.open({ word: 'hubref' });
    await house.addPeople('ana', 'ben', 'cho', 'dan');
  });
  afterAll(() => house.close());

  it.each<[string, string, string, Partial<SpawnSettings>, RegExp]>([
    ['an image that is nowhere', 'SPAWN-101', 'ana', { image: 'berth-no-such-image:1' }, /no such image/i],
    [
      'a folder that the machine has not',
      'SPAWN-131',
      'ben',
      { mounts: [bind] },
      /bind source path|no\/such\/folder/,
    ],
    [
      'a label that no machine has',
      'SPAWN-183',
      'cho',
      { nodeSelector: { disk: 'ssd' }, cluster: GOOD_CLUSTER },
      /scheduling constraints not satisfied/,
    ],
    ['a countable thing that no machine has', 'SPAWN-183', 'dan', { gpus: 1, cluster: GOOD_CLUSTER }, /gpu/],
  ])(
    '%s fails the start long before its deadlines, with code %s and the reason',
    async (_what, code, who, plan, reason) => {
      house.plans[who] = { ...plan, startTimeout: 600_000, httpTimeout: 600_000, pullTimeout: 600_000 };
      const failed = await house.startAndWait(who);
      expect(failed).toMatchObject({ state: 'failed', failure: { code } });
      expect(`${failed.failure?.detail} ${JSON.stringify(failed.failure?.facts)}`).toMatch(reason);
      const services = () => house.lab.manager.docker('service', 'ls', '--format', '{{.Name}}');
      await expect.poll(services, { timeout: 60_000 }).not.toContain(`jupyter-${who}`);

      house.plans[who] = {};
      expect((await house.startAndWait(who)).state).toBe('ready');
      await house.stopAsUser(who);
    },
  );
});
