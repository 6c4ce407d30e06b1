import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKernel } from './jupyter-kernel.ts';
import { RunningHub } from './running-hub.ts';

// The whole hub with the genuine jupyterhub-singleuser of Debian.
const TIMEOUT = 5;

let hub: RunningHub;
beforeAll(async () => {
  hub = await RunningHub.open({
    settings: {
      DOCKER_NOTEBOOK_IMAGE: 'berth-notebook-minimal',
      CULL_TIMEOUT: `${TIMEOUT}`,
      CULL_EVERY: '2',
    },
  });
});
afterAll(() => hub?.close());

test('a cell that computes keeps its server, also when a question over the control channel made Jupyter call the kernel idle', async () => {
  await hub.startServer();
  const address = (await hub.container())?.NetworkSettings.Networks[hub.dock.name]?.IPAddress;
  const kernel = await makeKernel(`http://${address}:8888/user/${hub.alice}/`, await hub.tokenOf());
  await kernel.executeUnwatched('while True: pass');
  await expect.poll(() => kernel.word()).toBe('busy');
  await kernel.askOverControl();
  // The gap itself: were this not so, the test would show nothing.
  await expect.poll(() => kernel.word()).toBe('idle');

  const until = Date.now() + 4 * TIMEOUT * 1000;
  while (Date.now() < until) {
    expect(await hub.server()).toMatchObject({ ready: true });
    await sleep(500);
  }
  expect(await kernel.word()).toBe('idle');

  await kernel.interrupt();
  await expect.poll(() => hub.container(), { timeout: 60_000, interval: 500 }).toBeNull();
  await expect.poll(() => hub.log).toContain('idle for');
});
