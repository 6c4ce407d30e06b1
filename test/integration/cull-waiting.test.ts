import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askHub } from '../../hub/src/cli/ask-hub.ts';
import { runCommand } from '../../hub/src/cli/commands.ts';
import { makeKernel } from './jupyter-kernel.ts';
import { RunningHub } from './running-hub.ts';
import { EXECUTES, GENUINE, waitWronglyIdle } from './waiting-cell.ts';

// The whole hub with the genuine notebook, and cells that wait without computing while Jupyter calls their kernels idle.
describe('where idle servers are stopped', () => {
  const TIMEOUT = 4;
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.open({ settings: { ...GENUINE, CULL_TIMEOUT: `${TIMEOUT}`, CULL_EVERY: '1' } });
  });
  afterAll(() => hub?.close());

  async function verdict(): Promise<string | undefined> {
    const ask = (method: string, path: string) => askHub(hub.adminSocket, method, path);
    const { out } = await runCommand(ask, ['cull', '--dry-run', '--json']);
    const { servers } = JSON.parse(out ?? '') as { servers: { user: string; verdict: string }[] };
    return servers.find(({ user }) => user === hub.alice)?.verdict;
  }

  test('a cell that only waits keeps its server; when it ends the server stops', {
    timeout: 300_000,
  }, async () => {
    await hub.startServer(hub.alice, {}, 120_000);
    const address = (await hub.container())?.NetworkSettings.Networks[hub.dock.name]?.IPAddress;
    const kernel = await makeKernel(`http://${address}:8888/user/${hub.alice}/`, await hub.tokenOf());
    await waitWronglyIdle(kernel);
    await expect.poll(() => hub.log, { timeout: 60_000 }).toContain(`kept: ${EXECUTES}`);
    await expect.poll(verdict, { timeout: 60_000 }).toBe(`keep: ${EXECUTES}`);
    const until = Date.now() + 4 * TIMEOUT * 1000;
    while (Date.now() < until) {
      expect(await hub.server()).toMatchObject({ ready: true });
      await sleep(500);
    }
    expect(await kernel.word()).toBe('idle');

    await kernel.interrupt();
    await expect.poll(() => hub.container(), { timeout: 60_000, interval: 500 }).toBeNull();
    expect(hub.log).toContain('idle for');
  });
});
