import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeKernel } from './jupyter-kernel.ts';
import { executeRequest, speakOver } from './kernel-channel.ts';
import { RunningHub } from './running-hub.ts';
import { EXECUTES, GENUINE, waitWronglyIdle } from './waiting-cell.ts';

// As cull-waiting.test.ts, where idle servers sleep before they are stopped: minutes of waiting for clocks.
describe('where idle servers sleep first', () => {
  const FREEZE = 8;
  const TIMEOUT = 30;
  let hub: RunningHub;
  let base: string;
  beforeAll(async () => {
    hub = await RunningHub.open({
      settings: { ...GENUINE, FREEZE_TIMEOUT: `${FREEZE}`, CULL_TIMEOUT: `${TIMEOUT}`, CULL_EVERY: '1' },
    });
    base = `${hub.proxy.url}/user/${hub.alice}/`;
  });
  afterEach(async () => {
    await hub.api('DELETE', `/users/${hub.alice}/server`);
    const stopped = async () => (await hub.server())?.stopped ?? true;
    await expect.poll(stopped, { timeout: 60_000, interval: 200 }).toBe(true);
    await expect.poll(() => hub.container(), { timeout: 60_000 }).toBeNull();
  });
  afterAll(() => hub?.close());

  const paused = async () => (await hub.container())?.State.Paused;
  const falls = (asleep: boolean) => expect.poll(paused, { timeout: 90_000, interval: 100 }).toBe(asleep);

  async function token(): Promise<string> {
    const { json } = await hub.api('POST', `/users/${hub.alice}/tokens`, {});
    return (json as { token: string }).token;
  }

  test('a cell that only waits keeps its server awake; when it ends the server sleeps, and stops', {
    timeout: 300_000,
  }, async () => {
    await hub.startServer(hub.alice, {}, 120_000);
    const kernel = await makeKernel(base, await token());
    await waitWronglyIdle(kernel);
    const until = Date.now() + (TIMEOUT + 3 * FREEZE) * 1000;
    while (Date.now() < until) {
      expect(await paused()).toBe(false);
      await sleep(500);
    }
    expect(hub.log).toContain(`kept: ${EXECUTES}`);
    await kernel.interrupt();
    await falls(true);
    await expect.poll(() => hub.container(), { timeout: 60_000, interval: 500 }).toBeNull();
    // It was asked before it fell asleep.
    expect(hub.log).not.toContain('woken instead of stopped');
  });

  test('what a cell printed for a page that lost its line is there after sleep: the hub did not ask its kernel', {
    timeout: 300_000,
  }, async () => {
    await hub.startServer(hub.alice, {}, 120_000);
    const entry = await token();
    const kernel = await makeKernel(base, entry);
    const session = randomUUID();
    const page = await pageOf(kernel.id, session, entry);
    await speakOver(page).execute('print(1)');
    // The output comes when the proxy has long not seen a byte.
    page.send(
      JSON.stringify(executeRequest(randomUUID(), 'import time; time.sleep(4); print("an hour’s work")')),
    );
    await sleep(500);
    page.terminate();
    await falls(true);
    const heard: string[] = [];
    // Who comes back wakes it, and the page takes up its line again.
    const headers = { authorization: `token ${entry}`, 'sec-fetch-mode': 'navigate' };
    const lab = await request(`${base}lab`, { headers });
    expect(lab.statusCode).toBe(200);
    await lab.body.dump();
    const again = await pageOf(kernel.id, session, entry, heard);
    await expect.poll(() => heard.join(''), { timeout: 60_000 }).toContain('an hour’s work');
    again.terminate();
  });

  test('one that fell asleep unasked is not stopped asleep: it is woken, asked, and then stopped', {
    timeout: 300_000,
  }, async () => {
    await hub.startServer(hub.alice, {}, 120_000);
    const entry = await token();
    const kernel = await makeKernel(base, entry);
    const page = await pageOf(kernel.id, randomUUID(), entry);
    await speakOver(page).execute('print(1)');
    page.send(JSON.stringify(executeRequest(randomUUID(), 'import time; time.sleep(4); print(2)')));
    await sleep(500);
    page.terminate();
    await falls(true);
    await expect.poll(() => hub.log, { timeout: 60_000 }).toContain('woken instead of stopped');
    expect(await hub.container()).not.toBeNull();
    await falls(true);
    await expect.poll(() => hub.container(), { timeout: 60_000, interval: 500 }).toBeNull();
  });

  async function pageOf(kernel: string, session: string, entry: string, heard: string[] = []) {
    const headers = { authorization: `token ${entry}` };
    const url = `${base.replace('http', 'ws')}api/kernels/${kernel}/channels?session_id=${session}`;
    const page = new WebSocket(url, { headers });
    page.on('message', (data) => {
      const { msg_type: type, content } = JSON.parse(String(data));
      if (type === 'stream') heard.push(content.text);
    });
    await once(page, 'open');
    return page;
  }
});
