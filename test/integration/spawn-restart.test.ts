import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOBODY } from '../../hub/src/domain/sign-in-settings.ts';
import { makeReconcile } from '../../hub/src/usecases/reconcile.ts';
import { House, IMAGE, shell } from './spawn-house.ts';

let house: House;
beforeEach(async () => {
  house = await House.open();
});
afterEach(() => house.close());

const page = () => fetch(`${house.proxy.url}/user/${house.alice}/lab`);
const inspect = (id: string | null) => house.dock.docker.getContainer(id ?? '').inspect();

/** Waits until the hub has done what it does about an event. */
async function settled(): Promise<void> {
  await house.ports.lives.quiet(AbortSignal.timeout(10_000));
}

test('a restarted hub goes on with the container that runs, and its route was never gone', async () => {
  const before = await house.startAndWait();
  await house.die();
  const restarted = Date.now();
  expect((await page()).status).toBe(200);
  await house.boot();
  const report = await house.reconcile();
  expect(report).toEqual({ repairs: [], problem: null });
  expect(house.server()).toMatchObject({ state: 'ready', containerId: before.containerId });
  expect(Date.parse((await inspect(before.containerId)).State.StartedAt)).toBeLessThan(restarted);
  const token = await house.ports.containers.readVariable(before.containerId ?? '', 'JUPYTERHUB_API_TOKEN');
  expect(house.store.tokens.get(house.ports.digest(token ?? ''))?.server).toBe(`${house.alice}/`);
});

test('a route that the proxy has lost is given to it again', async () => {
  await house.startAndWait();
  await settled();
  const path = `/user/${house.alice}/`;
  await house.ports.routes.remove(path);
  await house.reconcile();
  expect((await page()).status).toBe(200);
  await house.ports.routes.add({ path, target: 'http://127.0.0.1:9', user: house.alice, server: '' });
  await house.reconcile();
  expect((await page()).status).toBe(200);
});

test('a container that was restarted on the machine is found at its new address', async () => {
  const before = await house.startAndWait();
  const { docker, name } = house.dock;
  await house.die();
  await docker.getContainer(before.containerId ?? '').stop({ t: 0 });
  // Somebody takes the old address meanwhile.
  const taker = await docker.createContainer({
    Image: IMAGE,
    Cmd: ['sleep', '100'],
    Labels: {},
    HostConfig: { NetworkMode: name, Init: true },
  });
  try {
    await taker.start();
    await docker.getContainer(before.containerId ?? '').start();
    await house.boot();
    await house.reconcile();
    expect(house.server().state).toBe('ready');
    expect(house.server().target).not.toBe(before.target);
    await expect.poll(async () => (await page()).status, { timeout: 5_000 }).toBe(200);
  } finally {
    await taker.remove({ force: true });
  }
});

test('one that was killed while it ran is failed at once, with exit code and last lines', async () => {
  const server = await house.startAndWait();
  await house.dock.docker.getContainer(server.containerId ?? '').kill();
  const dead = await house.reaches(['failed'], house.alice, 3_000);
  expect(dead.failure).toMatchObject({ code: 'RUN-102', exitCode: 137, log: ['listening'] });
  await settled();
  expect(await house.dock.containers()).toEqual([]);
  expect(await house.ports.routes.list()).toEqual([]);
  expect([...house.store.tokens.values()]).toEqual([]);
});

test('one that ran out of memory says that, and its limit', async () => {
  await house.die();
  const hungry = 'my $n = 500_000_000; my $x = "a" x $n;';
  const answer = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 8888, Listen => 5); for (1 .. 3) { $c = $s->accept; print $c "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"; close $c } ${hungry}'`;
  await house.boot({ command: shell(answer), memory: 64 * 1024 * 1024 });
  await house.startAndWait();
  for (let visit = 0; visit < 4; visit += 1) await page();
  const dead = await house.reaches(['failed'], house.alice, 10_000);
  expect(dead.failure).toMatchObject({ code: 'RUN-101', outOfMemory: true, facts: { limit: '64 MiB' } });
});

test('one that was shut down from within is stopped, not failed', async () => {
  await house.die();
  const once = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 8888, Listen => 5); for (1 .. 2) { $c = $s->accept; print $c "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"; close $c }'`;
  await house.boot({ command: shell(once) });
  await house.startAndWait();
  await page();
  await page();
  const server = await house.reaches(['stopped', 'failed'], house.alice, 5_000);
  expect(server).toMatchObject({ state: 'stopped', failure: null, stopReason: { why: 'died' } });
});

test('one that was removed behind the hub is stopped and says so', async () => {
  const server = await house.startAndWait();
  await house.dock.docker.getContainer(server.containerId ?? '').remove({ force: true });
  const gone = await house.reaches(['stopped', 'failed'], house.alice, 5_000);
  expect(gone).toMatchObject({ state: 'stopped', failure: null, stopReason: { why: 'removed' } });
  await settled();
  expect(await house.ports.routes.list()).toEqual([]);
  expect((await house.startAndWait()).state).toBe('ready');
});

test('one that died while the hub was away is buried with its evidence when the hub is back', async () => {
  const server = await house.startAndWait();
  await house.die();
  await house.dock.docker.getContainer(server.containerId ?? '').kill();
  await house.boot();
  await house.reaches(['failed'], house.alice, 5_000);
  expect(house.server().failure).toMatchObject({ code: 'RUN-102', exitCode: 137, log: ['listening'] });
});

test('one that was removed while the hub was away is stopped when the hub is back', async () => {
  const server = await house.startAndWait();
  await house.die();
  await house.dock.docker.getContainer(server.containerId ?? '').remove({ force: true });
  await house.boot();
  expect((await house.reaches(['stopped'], house.alice, 5_000)).stopReason?.why).toBe('removed');
});

test.each(['queued', 'creating', 'starting', 'waiting'] as const)(
  'a hub killed while a start was %s takes it up again',
  async (state) => {
    await house.die();
    await house.killedAt('start', state);
    await house.boot();
    const server = await house.reaches(['ready', 'failed']);
    expect(server).toMatchObject({ state: 'ready', options: { profile: 'small' } });
    expect((await page()).status).toBe(200);
    await settled();
    await house.reconcile();
    expect(await house.dock.containers()).toHaveLength(1);
    expect(house.store.tokens.where('server', `${house.alice}/`)).toHaveLength(1);
  },
);

test('a hub killed while it waited goes on waiting for the same container', async () => {
  const command = shell('sleep 3; exec sleep 100');
  await house.die();
  await house.killedAt('start', 'waiting', { command });
  const [container] = await house.dock.containers();
  await house.boot({ command, httpTimeout: 2_000 });
  const server = await house.reaches(['failed']);
  expect(server).toMatchObject({ generation: 1, failure: { code: 'SPAWN-122' } });
  await settled();
  expect(container).toBeDefined();
  expect(await house.dock.containers()).toEqual([]);
});

test('a hub killed while it stopped a server stops it when it is back, for the reason that was given', async () => {
  await house.startAndWait();
  await house.die();
  await house.killedAt('stop', 'stopping');
  await house.boot();
  const server = await house.reaches(['stopped'], house.alice, 10_000);
  expect(server.stopReason).toMatchObject({ why: 'user', detail: 'stopped by you' });
  expect(await house.dock.containers()).toEqual([]);
});

test('containers and routes of ours that no server claims go; what is not ours stays', async () => {
  const { docker, labels, name } = house.dock;
  const ours = { ...labels, 'org.berth.user': 'nobody', 'org.berth.server': '', 'org.berth.generation': '3' };
  const make = (Labels: Record<string, string>) =>
    docker.createContainer({ Image: IMAGE, Cmd: ['sleep', '100'], Labels, HostConfig: { Init: true } });
  const orphan = await make(ours);
  const foreign = await make({ ...ours, 'org.berth.hub': `${name}-another` });
  const unlabelled = await make({});
  try {
    await house.ports.routes.add({
      path: '/user/nobody/',
      target: 'http://127.0.0.1:9',
      user: 'nobody',
      server: '',
    });
    await house.ports.routes.add({ path: '/', target: 'http://127.0.0.1:9', user: null, server: null });
    const { repairs } = await house.reconcile();
    expect(repairs.toSorted()).toEqual(['remove-container', 'remove-route']);
    await expect(orphan.inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(foreign.inspect()).resolves.toBeDefined();
    await expect(unlabelled.inspect()).resolves.toBeDefined();
    expect((await house.ports.routes.list()).map((route) => route.path)).toEqual(['/']);
  } finally {
    await foreign.remove({ force: true });
    await unlabelled.remove({ force: true });
  }
});

test('a stop that the engine did not answer is finished by the next look', async () => {
  const server = await house.startAndWait();
  await house.die();
  await house.boot({}, '/nowhere/docker.sock');
  await expect(house.stopAsUser()).rejects.toMatchObject({ code: 'SPAWN-150' });
  expect(house.server().state).toBe('stopping');
  await house.die();
  await house.boot();
  await house.reaches(['stopped'], house.alice, 10_000);
  await expect(inspect(server.containerId)).rejects.toMatchObject({ statusCode: 404 });
});

test('who left the userlist is given no route again, and gets it back when back on the list', async () => {
  await house.startAndWait();
  await settled();
  let allowAll = true;
  const settings = { ...NOBODY, userlistGrace: 600 };
  const ports = {
    ...house.ports,
    admission: () => ({ settings: { ...settings, allowAll }, userlist: new Map() }),
  };
  const reconcile = makeReconcile(ports);
  allowAll = false;
  await reconcile();
  expect((await page()).status).toBe(404);
  await reconcile();
  expect((await page()).status).toBe(404);
  expect(house.server().state).toBe('ready');
  allowAll = true;
  house.ports.facts.tell({ kind: 'userlist-changed', added: [house.alice], removed: [] });
  await expect.poll(async () => (await page()).status, { timeout: 5_000 }).toBe(200);
});
