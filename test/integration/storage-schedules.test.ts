// A class that starts by itself, and files that are being restored at that moment. The real hub, proxy and engine.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { download, openStorageHub, stopped, tokenOfUser, upload, WORK } from './storage-hub.ts';

const GROUP = 'pupils';
/** Every minute: one tick falls into the restoring, wherever the test stands in its minute. */
const SCHEDULES = JSON.stringify([{ name: 'class', start: '* * * * *', timezone: 'UTC', group: GROUP }]);
const TICK_MS = 150_000;

let hub: RunningHub;
beforeAll(async () => {
  hub = await openStorageHub({ settings: { SCHEDULES } });
});
afterAll(() => hub?.close());

test('a schedule starts nobody upon files that are being restored', {
  timeout: TICK_MS + 120_000,
}, async () => {
  await hub.startServer();
  const mount = (await hub.container())?.Mounts.find(({ Destination }) => Destination === WORK);
  const path = `/berth/volumes/${mount?.Name}/files`;
  await stopped(hub);
  const own = await tokenOfUser(hub, hub.alice);
  const { bytes } = await download(hub, path, own);
  const go = Promise.withResolvers<void>();
  async function* slow() {
    yield bytes.subarray(0, 1500);
    await go.promise;
    yield bytes.subarray(1500);
  }
  const restoring = upload(hub, `${path}?replace=${mount?.Name}`, slow(), own);
  const doing = async () => {
    const { json } = await hub.api('GET', '/berth/volumes');
    return (json as { name: string; doing: string | null }[]).find(({ name }) => name === mount?.Name)?.doing;
  };
  await expect.poll(doing, { timeout: 30_000 }).toBe('restored');
  await hub.api('POST', `/groups/${GROUP}`, { users: [hub.alice] });

  await expect.poll(() => hub.log, { timeout: TICK_MS }).toContain('1 failed');
  expect(await hub.container()).toBeNull();

  go.resolve();
  expect((await restoring).status).toBe(204);
});
