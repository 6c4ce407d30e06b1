import Dockerode from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine } from '../../../hub/src/adapters/docker/engine.ts';
import { clearLeftovers } from '../../../hub/src/adapters/docker/swarm/clear-leftovers.ts';
import { SwarmApi } from '../../../hub/src/adapters/docker/swarm/swarm-api.ts';
import type { Placement } from '../../../hub/src/domain/containers.ts';
import type { PullReport } from '../../../hub/src/domain/image-spread.ts';
import { IMAGE, Servers, until } from './contract-house.ts';
import { openSwarmHouse, type SwarmHouse } from './swarm-house.ts';

// What SwarmSpawner does wrong, and what only many machines can get wrong.
const TOKEN = 'a-token-of-the-faults';
let house: SwarmHouse;
let servers: Servers;
let manager: string;
let worker: string;

beforeAll(async () => {
  house = await openSwarmHouse('faults');
  expect(await house.containers.check(house.network)).toBeNull();
  servers = new Servers(house);
  manager = await house.lab.nodeId(house.lab.manager);
  worker = await house.lab.nodeId(house.lab.workers[0]);
});
afterAll(() => servers.close());

const on = (machine: string): { readonly placement: Placement } => ({
  placement: { constraints: [], spread: [], resources: {}, machine },
});
const wanting = (more: Partial<Placement>) => ({
  placement: { constraints: [], spread: [], resources: {}, ...more },
});
const engineOf = (machine: { readonly socket: string }) => new Dockerode({ socketPath: machine.socket });

test('named volumes are volumes of the machine where the server runs, with their driver and its options', async () => {
  const driver = { name: 'local', options: { type: 'tmpfs', device: 'tmpfs', o: 'size=16m' } };
  const source = `${house.instance}-of-alice`;
  const mounts = [
    { type: 'volume', source, path: '/files', readOnly: false, personal: true, driver } as const,
  ];
  const lines = await servers.output('df -k /files | tail -1', { mounts, ...on(worker) });
  expect(lines[0]).toMatch(/^tmpfs +16384 /);
  const {
    Driver: kept,
    Options: options,
    Labels: labels,
  } = await engineOf(house.lab.workers[0]).getVolume(source).inspect();
  expect({ kept, options, labels }).toEqual({
    kept: 'local',
    options: driver.options,
    labels: { 'org.berth.hub': house.instance, 'org.berth.user': 'alice' },
  });
});

test('a driver that no machine has is a wait with a reason', async () => {
  const mounts = [
    {
      type: 'volume',
      source: 'x',
      path: '/x',
      readOnly: false,
      driver: { name: 'nobodys', options: {} },
    } as const,
  ];
  const id = await servers.create({ mounts });
  await servers.begin(id);
  expect((await servers.until(id, ({ waiting = '' }) => waiting.includes('no suitable'))).waiting).toMatch(
    /plugin/,
  );
  await house.containers.remove(id);
});

test('a rejected task gives its reason at once, and runs no second time', async () => {
  const id = await servers.create({ image: 'nobody.invalid/nothing:1' });
  const began = performance.now();
  await servers.begin(id);
  const { refused } = await servers.until(id, (view) => view.refused !== undefined);
  expect(refused).toMatch(/No such image: nobody.invalid\/nothing:1/);
  expect(performance.now() - began).toBeLessThan(30_000);
  await servers.told(id, ['died']);
  expect(await house.docker.listTasks({ filters: { service: [id] } })).toHaveLength(1);
  await house.containers.remove(id);
});

test('an image that only some machines have starts there, although the manager does not have it', async () => {
  const image = 'only-on-the-worker:1';
  await house.lab.workers[0].docker('tag', IMAGE, image);
  const id = await servers.run({ image, environment: { A_TOKEN: TOKEN }, ...on(worker) });
  expect((await servers.look(id)).machine?.id).toBe(worker);
  // Nobody here knows what such an image starts, so its token is in the environment.
  expect(await house.again().readVariable(id, 'A_TOKEN')).toBe(TOKEN);
  await house.containers.remove(id);
  await expect(servers.create({ image, command: null, args: ['-x'] })).rejects.toMatchObject({
    facts: { detail: expect.stringMatching(/pull only-on-the-worker:1 there/) },
  });
  expect(await servers.refusal({ image, ...on(manager) })).toMatch(/No such image/);
});

test('no room is a wait in the words of the Swarm, and ends when there is room', async () => {
  const id = await servers.create(wanting({ constraints: ['node.labels.shelf==high'] }));
  await servers.begin(id);
  const seen = await servers.until(id, ({ waiting = '' }) => waiting.includes('no suitable node'));
  expect(seen).toMatchObject({ running: false, exitCode: null, machine: null });
  expect(seen.waiting).toMatch(/constraints not satisfied/);
  await house.lab.manager.docker('node', 'update', '--label-add', 'shelf=high', worker);
  expect((await servers.until(id, (view) => view.running)).machine?.id).toBe(worker);
  await house.containers.remove(id);
});

test('GPUs are countable things of the machines; by their ids they are refused, as all that a service cannot have', async () => {
  const id = await servers.create(wanting({ resources: { gpu: 1 } }));
  await servers.begin(id);
  const seen = await servers.until(id, ({ waiting = '' }) => waiting.includes('no suitable node'));
  expect(seen.waiting).toMatch(/insufficient resources/);
  await house.containers.remove(id);
  for (const more of [{ gpus: ['GPU-1'] }, { devices: ['/dev/kvm'] }, { layerSize: 2 ** 30 }]) {
    await expect(servers.create(more)).rejects.toMatchObject({ code: 'SPAWN-180' });
  }
});

test('a wrong constraint is refused before anything is made, with the Swarm’s own words', async () => {
  const spec = servers.spec(wanting({ constraints: ['node.labels.disk=ssd'] }));
  const asked = house.containers.create(spec, AbortSignal.timeout(60_000));
  await expect(asked).rejects.toMatchObject({ facts: { detail: expect.stringMatching(/one operator/) } });
  expect(await house.containers.inspect(spec.name, house.network)).toBeNull();
});

test('an address is the task’s own of today: a server that begins anew is not looked up by its name', async () => {
  const ask = ['sh', '-c', 'hostname -I; exec sleep 600'];
  const id = await servers.run({ command: ask, ...on(worker) });
  const first = (await servers.look(id)).address;
  // Takes the address that the first one gives back.
  await house.containers.stop(id, 3);
  const other = await servers.run({ command: ask });
  await servers.begin(id);
  const { address } = await servers.until(id, (view) => view.running && view.address !== null);
  await until(async () => (await house.containers.logs(id, 5)).length > 0);
  expect((await house.containers.logs(id, 5)).join(' ').split(/\s+/)).toContain(address);
  const taken = (await servers.look(other)).address;
  expect(new Set([address, taken]).size).toBe(2);
  expect([first, address, taken]).not.toContain(null);
  for (const one of [id, other]) await house.containers.remove(one);
});

test('a token is in no service, no container and no log, and its secret goes with the service', async () => {
  const id = await servers.run({ environment: { JUPYTERHUB_API_TOKEN: TOKEN }, ...on(worker) });
  expect(JSON.stringify(await house.docker.getService(id).inspect())).not.toContain(TOKEN);
  const engine = engineOf(house.lab.workers[0]);
  for (const { Id } of await engine.listContainers()) {
    expect(JSON.stringify(await engine.getContainer(Id).inspect())).not.toContain(TOKEN);
  }
  expect(await house.docker.listSecrets()).toHaveLength(1);
  await house.containers.remove(id);
  expect(await house.docker.listSecrets()).toEqual([]);
});

test('a secret that a hub left when it died goes later; one that is in use, or somebody else’s, stays', async () => {
  const id = await servers.run({ environment: { A_TOKEN: TOKEN } });
  const api = new SwarmApi(new Engine(house.lab.manager.socket));
  const left = await api.createSecret('left', { 'org.berth.hub': house.instance }, 'x');
  const foreign = await api.createSecret('foreign', { 'org.berth.hub': 'another' }, 'x');
  const secrets = async () => (await house.docker.listSecrets()).map((secret) => secret.ID);
  await clearLeftovers(api, house.instance, Date.now());
  expect(await secrets()).toHaveLength(3);
  await clearLeftovers(api, house.instance, Date.now() + 11 * 60_000);
  expect(await secrets()).toHaveLength(2);
  expect(await secrets()).toContain(foreign);
  expect(await secrets()).not.toContain(left);
  await house.containers.remove(id);
  await api.removeSecret(foreign);
});

test('a person with a long name has a server as everybody, and is found again by it', async () => {
  const name = `jupyter-${'long-'.repeat(20)}name`;
  const id = await servers.run({ name, environment: { A_TOKEN: TOKEN } });
  expect((await house.again().inspect(name, house.network))?.id).toBe(id);
  expect(await house.again().readVariable(id, 'A_TOKEN')).toBe(TOKEN);
  await house.containers.remove(id);
});

test('what is another hub’s is neither listed, started, stopped nor removed', async () => {
  const id = await servers.run();
  const other = house.other('another');
  expect(await other.list(house.network)).toEqual([]);
  for (const touch of [
    () => other.remove(id),
    () => other.stop(id, 1),
    () => other.start(id, AbortSignal.timeout(20_000)),
  ]) {
    await expect(touch()).rejects.toMatchObject({ code: 'SPAWN-141' });
  }
  expect((await servers.look(id)).running).toBe(true);
  expect(await other.readVariable(id, 'JUPYTERHUB_API_TOKEN')).toBeNull();
  await house.containers.remove(id);
});

test('servers spread over the machines', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => servers.run({ cpus: 0.1 })));
  const machines = await Promise.all(ids.map(async (id) => (await servers.look(id)).machine?.id));
  for (const machine of [manager, worker]) {
    expect(machines.filter((one) => one === machine)).toHaveLength(3);
  }
  await Promise.all(ids.map((id) => house.containers.remove(id)));
});

test('an image is brought to each machine, and each says whether it has it', async () => {
  const image = 'brought-to-one:1';
  await house.lab.manager.docker('tag', IMAGE, image);
  const told: (readonly PullReport[])[] = [];
  const [first, second] = await Promise.all([
    house.containers.prePull(image, (rows) => told.push(rows), AbortSignal.timeout(60_000)),
    house.containers.prePull(image, () => {}, AbortSignal.timeout(60_000)),
  ]);
  expect(first).toEqual(second);
  const stateOf = (id: string) => first.find(({ machine }) => machine.id === id);
  expect(stateOf(manager)).toMatchObject({ state: 'there', detail: '' });
  expect(stateOf(worker)).toMatchObject({ state: 'failed', detail: 'No such image: brought-to-one:1' });
  expect(told.at(-1)).toEqual(first);
  const names = (await house.docker.listServices()).map(({ Spec: spec }) => spec?.Name ?? '');
  expect(names.filter((name) => name.includes('-pull-'))).toEqual([]);
});

test('a bridge of this name, or an overlay that nobody may join, is said in a sentence', async () => {
  await house.lab.manager.docker('network', 'create', 'a-bridge');
  await house.lab.manager.docker('network', 'create', '--driver', 'overlay', 'closed');
  expect(await house.containers.check('a-bridge')).toMatch(/a bridge network of one machine/);
  expect(await house.containers.check('closed')).toMatch(/not attachable/);
});
