import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { KERNEL_EXECUTES, SILENT_LOOKS } from '../../hub/src/domain/cull-policy.ts';
import type { CullSettings } from '../../hub/src/domain/cull-settings.ts';
import { serverPath } from '../../hub/src/domain/server.ts';
import { makeCullIdle } from '../../hub/src/usecases/cull-idle.ts';
import { IN_USE_MS, makeEndClass } from '../../hub/src/usecases/end-class.ts';
import { makeFreezeServer } from '../../hub/src/usecases/freeze-server.ts';
import { KernelBook } from '../../hub/src/usecases/kernel-book.ts';
import { makeRemoveServer } from '../../hub/src/usecases/remove-server.ts';
import { makeWakeServer } from '../../hub/src/usecases/wake-server.ts';
import { CULL_SETTINGS } from '../support/idle-verbs.ts';
import { type Kernel, makeKernel } from './jupyter-kernel.ts';
import { House, shell } from './spawn-house.ts';

// Debian's real Jupyter Server, with the token and the prefix that the hub gives to every notebook.
const IMAGE = 'berth-notebook-minimal:latest';
const JUPYTER = shell(
  'exec jupyter-server --ip=0.0.0.0 --port=8888 --ServerApp.base_url="$JUPYTERHUB_SERVICE_PREFIX" --IdentityProvider.token="$JUPYTERHUB_API_TOKEN"',
);
const TIMEOUT = 4;

let house: House;
beforeAll(async () => {
  house = await House.open({
    settings: { image: IMAGE, command: JUPYTER, memory: 512 * 1024 ** 2, httpTimeout: 60_000 },
  });
});
afterEach(async () => {
  culler = undefined;
  await house.stopAsUser();
});
afterAll(() => house.close());

const SETTINGS: CullSettings = { ...CULL_SETTINGS, timeout: TIMEOUT, every: 1 };
let culler: ReturnType<typeof makeCullIdle> | undefined;
/** One culler a test: it compares each look with the one before. */
const look = () => {
  culler ??= makeCullIdle(
    house.ports,
    {
      stop: house.stop,
      freeze: makeFreezeServer(house.ports),
      wake: makeWakeServer(house.ports),
      removeServer: makeRemoveServer(house.ports),
    },
    SETTINGS,
    new KernelBook(),
  );
  return culler();
};
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function startJupyter(): Promise<void> {
  const server = await house.startAndWait();
  expect(server.failure?.log ?? []).toEqual([]);
  expect(server.state).toBe('ready');
}

async function kernelOf(): Promise<Kernel> {
  const server = house.server();
  const token = await house.ports.containers.readVariable(server.containerId ?? '', 'JUPYTERHUB_API_TOKEN');
  return makeKernel(`${server.target}${serverPath('/', server.user, '')}`, token ?? '');
}

test('an idle server stops, although it is looked at all the time, and says why', async () => {
  await startJupyter();
  const first = await look();
  expect(first).toMatchObject({ looked: 1, asked: 0, stopped: [] });
  for (let second = 0; second < 30 && house.server().state === 'ready'; second += 1) {
    await pause(1);
    await look();
  }
  expect(house.server()).toMatchObject({
    state: 'stopped',
    stopReason: { why: 'idle', detail: expect.stringMatching(/^idle for \d+ seconds$/) },
  });
  expect(await house.dock.containers()).toEqual([]);
});

test('one that runs a long silent cell, watched by nobody, is kept; when the cell ends it stops', async () => {
  await startJupyter();
  const kernel = await kernelOf();
  await kernel.executeUnwatched('import time; time.sleep(600)');
  await pause(TIMEOUT + 2);
  for (let second = 0; second < 3; second += 1) {
    expect(await look()).toEqual({ looked: 1, asked: 1, stopped: [], frozen: [] });
    await pause(1);
  }
  expect(house.server().state).toBe('ready');

  await kernel.interrupt();
  const culled = async () => (await look()).stopped;
  await expect.poll(culled, { interval: 1_000, timeout: 30_000 }).toEqual([`${house.alice}/`]);
  expect(house.server().state).toBe('stopped');
});

test('a kernel that has nothing to do does not keep its server', async () => {
  await startJupyter();
  const kernel = await kernelOf();
  await kernel.executeUnwatched('6 * 7');
  const culled = async () => (await look()).stopped;
  await expect.poll(culled, { interval: 1_000, timeout: 30_000 }).toEqual([`${house.alice}/`]);
});

test('the end of a class leaves alone what executes, whatever Jupyter says of it, and stops it when the cell has ended', {
  timeout: 240_000,
}, async () => {
  await startJupyter();
  const server = house.server();
  await house.store.change((drafts) => drafts.servers.put({ ...server, schedule: 'Statistics' }));
  const kernel = await kernelOf();
  // A class whose people left a while ago, by the hub's clock.
  const clock = { ...house.ports.clock, now: () => Date.now() + IN_USE_MS + 60_000 };
  const end = makeEndClass(
    { ...house.ports, clock },
    {
      stopServer: house.stop,
      settings: CULL_SETTINGS,
      book: new KernelBook(),
      undisturbed: () => Number.POSITIVE_INFINITY,
    },
  );
  const goesOn = (why: string) => ({ stopped: 0, left: new Map([[why, 1]]) });
  await kernel.executeUnwatched('import time; time.sleep(600)');
  // It may compute for a moment after it was started.
  await expect.poll(() => end('Statistics'), { timeout: 60_000 }).toEqual(goesOn('a kernel executes'));
  await kernel.askOverControl();
  await expect.poll(() => kernel.word()).toBe('idle');
  await expect.poll(() => end('Statistics'), { timeout: 60_000 }).toEqual(goesOn(KERNEL_EXECUTES));
  expect(house.server().state).toBe('ready');

  await kernel.interrupt();
  await expect
    .poll(() => end('Statistics'), { timeout: 60_000 })
    .toEqual({ stopped: 1, left: new Map<string, number>() });
  expect(house.server()).toMatchObject({
    state: 'stopped',
    stopReason: { why: 'schedule', detail: 'Statistics' },
  });
});

test('traffic through the proxy keeps it, also where the hub has heard of nothing else', async () => {
  await startJupyter();
  for (let second = 0; second < TIMEOUT + 2; second += 1) {
    await pause(1);
    const response = await fetch(`${house.proxy.url}/user/${house.alice}/api`);
    expect(response.status).toBe(200);
    expect(await look()).toMatchObject({ looked: 1, stopped: [] });
  }
});

test('while the proxy does not tell of its traffic nobody is stopped', async () => {
  await startJupyter();
  const { routes } = house.ports;
  house.ports = { ...house.ports, routes: { ...routes, list: () => Promise.reject(new Error('away')) } };
  await pause(TIMEOUT + 1);
  expect(await look()).toEqual({ looked: 0, asked: 0, stopped: [], frozen: [] });
  house.ports = { ...house.ports, routes };
  expect(house.server().state).toBe('ready');
});

test('a server that is no Jupyter is asked several times before it counts as idle', async () => {
  await house.die();
  const deaf = `use IO::Socket::INET; $d = IO::Socket::INET->new(LocalPort => 8888, Listen => 9);
    while ($g = $d->accept) { while (<$g>) { last if /^\\r?\\n$/ } print $g "HTTP/1.1 404 No\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"; close $g }`;
  await house.boot({ image: 'debian:trixie-slim', command: ['perl', '-e', deaf] });
  await startJupyter();
  await pause(TIMEOUT + 1);
  // The first look only reads the counter of its processor time.
  for (let asked = 1; asked < SILENT_LOOKS; asked += 1) expect((await look()).stopped).toEqual([]);
  await pause(1);
  expect((await look()).stopped).toEqual([`${house.alice}/`]);
});
