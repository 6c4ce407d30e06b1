import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../hub/src/domain/problem.ts';
import { makeStartServer } from '../../hub/src/usecases/start-server.ts';
import { answering, House, shell } from './spawn-house.ts';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(async () => {
  await house.stopAsUser().catch(() => {});
});
afterAll(() => house.close());

test('a start is answered when it is on the disk, goes up step by step, and people get in by the proxy', async () => {
  const steps: { state: string; percent: number }[] = [];
  const queued = await house.wish();
  expect(queued).toMatchObject({ state: 'queued', generation: 1, failure: null });
  for await (const step of house.follow(house.alice, '', AbortSignal.timeout(20_000))) steps.push(step);

  expect([...new Set(steps.map((step) => step.state))]).toEqual([
    'queued',
    'creating',
    'starting',
    'waiting',
    'ready',
  ]);
  const percents = steps.map((step) => step.percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents.at(-1)).toBe(100);
  const page = await fetch(`${house.proxy.url}/user/${house.alice}/lab`);
  expect(await page.text()).toBe(`I am ${house.alice}\n`);
  expect(house.warnings).toEqual([]);
});

test('the container has the limits, labels and locks that were asked for', async () => {
  const server = await house.startAndWait();
  const info = await house.dock.docker.getContainer(server.containerId ?? '').inspect();
  expect(info.HostConfig).toMatchObject({
    Memory: 128 * 1024 * 1024,
    MemorySwap: 128 * 1024 * 1024,
    CpuQuota: 100_000,
    CpuPeriod: 100_000,
    PidsLimit: 128,
    Privileged: false,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    AutoRemove: false,
    Init: true,
    NetworkMode: house.dock.name,
    RestartPolicy: { Name: 'no' },
  });
  expect(info.Config.Labels).toMatchObject({ 'org.berth.user': house.alice, 'org.berth.server': '' });
  expect(info.Name).toBe(`/jupyter-alice-2d${house.dock.word}`);
  expect(info.Mounts).toMatchObject([{ Type: 'volume', Destination: '/home/jovyan/work', RW: true }]);
});

test('limits of the kernel hold inside, names of other machines are known there, and a crash writes no core', async () => {
  const command = shell(
    `ulimit -n; ulimit -Hn; ulimit -c; getent hosts shelf; exec perl -e '${answering[2]}'`,
  );
  const ulimits = [{ name: 'nofile', soft: 512, hard: 1024 }];
  house.plans = { alice: { command, ulimits, extraHosts: ['shelf:192.0.2.7'] } };
  try {
    const { containerId, failure } = await house.startAndWait();
    expect(failure).toBeNull();
    const said = await house.ports.containers.logs(containerId ?? '', 10);
    expect(said.slice(0, 4)).toEqual(['512', '1024', '0', expect.stringMatching(/^192\.0\.2\.7\s+shelf/)]);
  } finally {
    house.plans = {};
  }
});

test('stopping takes route, container, token and OAuth client away, and leaves the volume', async () => {
  const ready = await house.startAndWait();
  expect(ready.state).toBe('ready');
  expect(house.store.tokens.where('server', `${house.alice}/`)).toHaveLength(1);
  const stopped = await house.stopAsUser();

  expect(stopped).toMatchObject({ state: 'stopped', containerId: null, target: null, started: null });
  expect(stopped.stopReason).toMatchObject({ why: 'user', detail: 'stopped by you' });
  expect(await house.dock.containers()).toEqual([]);
  expect((await fetch(`${house.proxy.url}/user/${house.alice}/lab`)).status).toBe(404);
  expect(house.store.tokens.where('server', `${house.alice}/`)).toEqual([]);
  expect(house.store.clients.get(`jupyterhub-user-${house.alice}`)).toBeUndefined();
  expect(await house.dock.volumes()).toEqual([`${house.dock.name}-alice-2d${house.dock.word}`]);
});

test('the token in the container is the one on record, as a digest only', async () => {
  const server = await house.startAndWait();
  const token = await house.ports.containers.readVariable(server.containerId ?? '', 'JUPYTERHUB_API_TOKEN');
  expect(token).toMatch(/^[0-9a-f]{32}$/);
  const [kept] = house.store.tokens.where('server', `${house.alice}/`);
  expect(kept).toMatchObject({
    hash: house.ports.digest(token ?? ''),
    note: `Server at /user/${house.alice}/`,
    scopes: [`users:activity!user=${house.alice}`, `access:servers!server=${house.alice}/`],
  });
  expect(house.store.clients.get(`jupyterhub-user-${house.alice}`)).toMatchObject({
    secretHash: kept?.hash,
    redirectUri: `/user/${house.alice}/oauth_callback`,
  });
  expect(JSON.stringify([...house.store.tokens.values()])).not.toContain(token);
});

test('ten people pressing Start at once on one server make one container', async () => {
  const asked = Array.from({ length: 10 }, () => house.wish());
  const answers = await Promise.all(asked);
  expect(new Set(answers.map((server) => server.generation)).size).toBe(1);
  await house.reaches(['ready']);
  expect(await house.dock.containers()).toHaveLength(1);
});

test('a ready server is given back as it is; a stop joins the running one', async () => {
  const ready = await house.startAndWait();
  expect(await house.wish()).toEqual(ready);
  const [one, two] = await Promise.all([house.stopAsUser(), house.stopAsUser()]);
  expect(one).toEqual(two);
  expect(await house.stopAsUser()).toEqual(one);
});

test('while it stops, a start is told to wait', async () => {
  await house.startAndWait();
  const stopping = house.stopAsUser();
  await house.reaches(['stopping']);
  await expect(house.wish()).rejects.toMatchObject({
    code: 'SERVER-001',
  });
  await stopping;
});

test('named servers stand beside the default one, with their own container, route and client', async () => {
  await house.startAndWait();
  await house.start({ user: house.alice, server: 'gpu', options: {}, by: house.alice });
  await house.reaches(['ready'], house.alice, 20_000, 'gpu');
  const own = `/jupyter-alice-2d${house.dock.word}`;
  const names = (await house.dock.containers()).map((container) => container.Names[0]).toSorted();
  expect(names).toEqual([own, `${own}--gpu`]);
  expect(house.store.clients.get(`jupyterhub-user-${house.alice}~gpu`)).toMatchObject({
    redirectUri: `/user/${house.alice}/gpu/oauth_callback`,
  });
  await house.stop({ user: house.alice, server: 'gpu', why: 'user', detail: 'stopped by you' });
  expect((await fetch(`${house.proxy.url}/user/${house.alice}/lab`)).status).toBe(200);
});

test('a start of somebody who is not there changes nothing', async () => {
  await expect(house.start({ user: 'nobody', server: '', options: {}, by: 'x' })).rejects.toMatchObject({
    code: 'HTTP-404',
  });
  expect(house.store.servers.get('nobody/')).toBeUndefined();
  expect([...house.store.tokens.values()]).toEqual([]);
});

test('files of an older set-up are found under their old name, used, and remembered', async () => {
  const old = `${house.dock.name}-${house.bob}`;
  await house.dock.docker.createVolume({ Name: old });
  const server = await house.startAndWait(house.bob);
  expect(server).toMatchObject({ state: 'ready', volumeName: old });
  const info = await house.dock.docker.getContainer(server.containerId ?? '').inspect();
  expect(info.Mounts.map((mount) => mount.Name)).toEqual([old]);
  await house.stopAsUser(house.bob);
  // A newer name that appears later does not take them away.
  await house.dock.docker.createVolume({ Name: `${house.dock.name}-bob_2E${house.dock.word}` });
  expect(await house.startAndWait(house.bob)).toMatchObject({ state: 'ready', volumeName: old });
  await house.stopAsUser(house.bob);
});

test('a disk that takes no more writes refuses the start, and nothing is made', async () => {
  const { store } = house;
  const full = new Problem('STORE-001', { path: '/data/berth.json', detail: 'ENOSPC' });
  const start = makeStartServer({ ...house.ports, store: { ...store, change: () => Promise.reject(full) } });
  const asked = start({ user: house.alice, server: '', options: {}, by: house.alice });
  await expect(asked).rejects.toBe(full);
  await house.ports.lives.quiet(AbortSignal.timeout(5_000));
  expect(await house.dock.containers()).toEqual([]);
  expect(house.server().state).toBe('stopped');
  expect((await house.startAndWait()).state).toBe('ready');
});
