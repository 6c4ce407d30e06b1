import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContainerEvent } from '../../../hub/src/domain/containers.ts';
import { Servers, until } from './contract-house.ts';
import { openSwarmHouse, type SwarmHouse } from './swarm-house.ts';

// What a Swarm does with servers whose machine goes, comes back, or is emptied; and how truly the adapter tells it.
let house: SwarmHouse;
let servers: Servers;
let worker: string;

beforeAll(async () => {
  house = await openSwarmHouse('loss');
  expect(await house.containers.check(house.network)).toBeNull();
  servers = new Servers(house);
  worker = await house.lab.nodeId(house.lab.workers[0]);
});
afterAll(() => servers.close());

const there = () => ({ placement: { constraints: [], spread: [], resources: {}, machine: worker } });
const machineTold = (state: string) => (event: ContainerEvent) =>
  event.kind === 'machine' && event.machine.id === worker && event.machine.state === state;
const indexTold = (holds: (event: ContainerEvent) => boolean) => servers.events.findIndex(holds);

test('a machine whose power goes takes its servers along, and each is told to be away with it', async () => {
  const id = await servers.run(there());
  servers.events.length = 0;
  await house.lab.workers[0].kill();
  const seen = await servers.until(id, (view) => !view.running);
  expect(seen).toMatchObject({ running: false, exitCode: null, outOfMemory: false, address: null });
  await until(async () => (await servers.look(id)).machine?.state === 'away');
  await servers.told(id, ['died']);
  // The machine first: it explains the rest.
  const [away, died] = [
    indexTold(machineTold('away')),
    indexTold((event) => event.kind === 'died' && event.id === id),
  ];
  expect(away).toBeGreaterThanOrEqual(0);
  expect(away).toBeLessThan(died);
  expect((await house.containers.machines()).find((machine) => machine.id === worker)?.state).toBe('away');
  // Its log is out of reach, and nobody waits for it; nor does who stops or removes it.
  const began = performance.now();
  expect(await house.containers.logs(id, 10)).toEqual([]);
  await house.containers.stop(id, 3);
  await house.containers.remove(id);
  expect(performance.now() - began).toBeLessThan(10_000);
}, 240_000);

test('a server that must run there waits, another starts elsewhere, and room is counted without the machine', async () => {
  const bound = await servers.create(there());
  await servers.begin(bound);
  const seen = await servers.until(bound, ({ waiting = '' }) => waiting.includes('no suitable node'));
  expect(seen).toMatchObject({ running: false, machine: null });
  const free = await servers.run();
  expect((await servers.look(free)).machine?.name).toBe(house.lab.manager.name);
  expect((await house.containers.host()).cpus).toBe((await house.containers.machines())[0]?.cpus);
  await house.containers.remove(free);
  await house.containers.remove(bound);
}, 240_000);

test('what ran there does not begin anew when the machine comes back: it has ended', async () => {
  await house.lab.workers[0].start();
  await house.lab.sees(house.lab.workers[0], 'ready');
  const id = await servers.run(there());
  await house.lab.workers[0].kill();
  await servers.until(id, (view) => view.machine?.state === 'away');
  servers.events.length = 0;
  await house.lab.workers[0].start();
  const { exitCode, outOfMemory } = await servers.until(id, (view) => view.exitCode !== null);
  // The engine's own number for what it finds dead.
  expect([exitCode, outOfMemory]).toEqual([255, false]);
  await until(async () => indexTold(machineTold('ready')) >= 0);
  await servers.begin(id);
  expect((await servers.until(id, (view) => view.running)).machine?.id).toBe(worker);
  await house.containers.remove(id);
}, 240_000);

test('a machine whose cable is cut goes on alone; when it is plugged in again the Swarm ends what it gave up', async () => {
  const id = await servers.run(there());
  const running = () => house.lab.workers[0].docker('ps', '--quiet');
  expect(await running()).not.toBe('');
  await house.lab.workers[0].cable('down');
  await servers.until(id, (view) => view.machine?.state === 'away');
  expect(await running()).not.toBe('');
  expect((await servers.look(id)).running).toBe(false);
  await house.containers.remove(id);
  expect(await running()).not.toBe('');
  await house.lab.workers[0].cable('up');
  await house.lab.sees(house.lab.workers[0], 'ready');
  await until(async () => (await running()) === '');
}, 240_000);

test('a machine that is emptied ends its servers with SIGTERM, and they come back nowhere by themselves', async () => {
  const id = await servers.run(there());
  servers.events.length = 0;
  await house.lab.manager.docker('node', 'update', '--availability', 'drain', worker);
  const { exitCode, machine } = await servers.until(id, (view) => view.exitCode !== null);
  expect([exitCode, machine?.state]).toEqual([143, 'draining']);
  await servers.told(id, ['died']);
  expect(indexTold(machineTold('draining'))).toBeGreaterThanOrEqual(0);
  await house.lab.manager.docker('node', 'update', '--availability', 'active', worker);
  await until(async () => indexTold(machineTold('ready')) >= 0);
  expect(await servers.look(id)).toMatchObject({ running: false, exitCode: 143 });
  await house.containers.remove(id);
}, 240_000);

test('a machine that takes nothing new keeps what it has', async () => {
  const id = await servers.run(there());
  await house.lab.manager.docker('node', 'update', '--availability', 'pause', worker);
  await servers.until(id, (view) => view.machine?.state === 'paused');
  expect((await servers.look(id)).running).toBe(true);
  const report = await house.containers.prePull('nobody:1', () => {}, AbortSignal.timeout(60_000));
  expect(report.find(({ machine }) => machine.id === worker)).toMatchObject({
    state: 'skipped',
    detail: 'paused',
  });
  await house.lab.manager.docker('node', 'update', '--availability', 'active', worker);
  await house.containers.remove(id);
}, 240_000);

test('a manager whose engine begins anew is told as a gap, and servers elsewhere go on', async () => {
  const id = await servers.run(there());
  const { address } = await servers.look(id);
  servers.events.length = 0;
  await house.lab.manager.kill();
  await expect(house.containers.list(house.network)).rejects.toMatchObject({ code: 'SPAWN-150' });
  await house.lab.manager.start();
  await until(async () => servers.events.some(({ kind }) => kind === 'gap'));
  const seen = await servers.until(id, (view) => view.running);
  expect(seen.address).toBe(address);
  expect(servers.events.filter((event) => event.kind === 'died' || event.kind === 'removed')).toEqual([]);
  await house.containers.remove(id);
}, 240_000);
