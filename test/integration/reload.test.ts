// What may change while the hub runs follows config.yaml; a bad file changes nothing (issue 7).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningHub } from './running-hub.ts';

let hub: RunningHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-reload-'));
  await writeFile(join(folder, 'config.yaml'), 'berth: {pids: 200}\n');
  hub = await RunningHub.open({ settings: { CONFIG_FILE: join(folder, 'config.yaml') } });
});

afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true });
});

async function said(words: RegExp): Promise<void> {
  for (let look = 0; look < 100; look++) {
    if (words.test(hub.log)) return;
    await sleep(100);
  }
  throw new Error(`the hub did not say ${words}: ${hub.log.slice(-2000)}`);
}

test('a limit that is changed in config.yaml holds for the next start, and a bad file does not undo it', async () => {
  await writeFile(join(folder, 'config.yaml'), 'berth: {pids: 300}\nhub: {baseUrl: /x/}\n');
  await said(/"changed":\["PIDS_LIMIT"\],"afterRestart":\["BASE_URL"\]/);
  await writeFile(join(folder, 'config.yaml'), 'berth: {pids: 400}\ncull: {timeout: soon}\n');
  await said(/config\.yaml:2: cull\.timeout should be a number.*the one in force stays/);
  await hub.startServer();
  expect((await hub.container())?.HostConfig.PidsLimit).toBe(300);
});
