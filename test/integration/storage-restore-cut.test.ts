// Issue "Spawning", storage: a hub that is killed while it puts files in place has not lost them. The real hub, proxy and
// engine; with ENGINE_GATE=1 through the gate.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { IMAGE } from './spawn-house.ts';
import { download, inside, openStorageHub, stopped, tokenOfUser, upload, WORK } from './storage-hub.ts';

/** Long enough to copy that the hub is killed on the way. */
const BYTES = 64 * 2 ** 20;
const SOON = { timeout: 120_000, interval: 100 };

let hub: RunningHub;
let volume: string;
let own: string;

beforeAll(async () => {
  hub = await openStorageHub();
  own = await tokenOfUser(hub, hub.alice);
  volume = `${hub.dock.name}-${hub.alice}`;
  // As one of a hub that knew no labels.
  await hub.dock.docker.createVolume({ Name: volume });
});
afterAll(() => hub?.close());

const path = () => `/berth/volumes/${volume}/files`;
const helpers = async () =>
  (await hub.dock.volumes()).filter((name) => name.includes('-restore-')).toSorted();
const doing = async () => {
  const { json } = await hub.api('GET', '/berth/volumes');
  return (json as { name: string; doing: string | null }[]).find(({ name }) => name === volume)?.doing;
};
const look = `cd ${WORK}; sha256sum big | cut -d' ' -f1; stat -c '%U:%g %a' . deep/one; cat deep/one`;

test('a restore that a killed hub leaves half is finished by the next one, and nobody starts before', async () => {
  await hub.startServer();
  const mounts = (await hub.container())?.Mounts.map(({ Name }) => Name);
  expect(mounts).toContain(volume);
  await inside(
    hub,
    `mkdir ${WORK}/deep && echo whole > ${WORK}/deep/one && chmod 2770 ${WORK} && chmod 640 ${WORK}/deep/one`,
  );
  await inside(hub, `head -c ${BYTES} /dev/urandom > ${WORK}/big; sync`);
  const before = await inside(hub, look);
  const archive = await download(hub, path(), own);
  expect(archive.bytes.length).toBeGreaterThan(BYTES);
  await inside(hub, `rm -r ${WORK}/deep; echo later > ${WORK}/big`);
  await stopped(hub);

  const uploading = upload(hub, `${path()}?replace=${volume}`, archive.bytes, own).catch(() => null);
  await expect.poll(helpers, { ...SOON, interval: 5 }).toHaveLength(2);
  await hub.end('SIGKILL');
  await uploading;
  // Not over already: what is kept is there, and so is the word of it.
  expect(await helpers()).toEqual([
    expect.stringMatching(/-restore-[0-9a-f]{8}$/),
    expect.stringMatching(/-restore-[0-9a-f]{8}-whole$/),
  ]);

  // Somebody's container on the volume: the next hub cannot finish, and says so.
  const dock = hub.dock;
  const foreign = await dock.docker.createContainer({
    name: `${dock.name}-foreign`,
    Image: IMAGE,
    Cmd: ['true'],
    Labels: { 'org.berth.test': dock.name },
    HostConfig: { NetworkMode: 'none', Binds: [`${volume}:/v`] },
  });
  try {
    await hub.start();
    await expect.poll(() => hub.log, SOON).toContain('a restore cannot be finished');
    expect(await hub.api('POST', `/users/${hub.alice}/server`)).toMatchObject({
      status: 409,
      json: { code: 'VOLUME-002' },
    });
    expect(await doing()).toBe('restored');
    const [kept = ''] = await helpers();
    expect(await hub.api('DELETE', `/berth/volumes/${kept}?confirm=${kept}`, undefined, own)).toMatchObject({
      status: 409,
      json: { code: 'VOLUME-002' },
    });
    expect((await hub.api('DELETE', `/berth/volumes/${kept}-whole?confirm=${kept}-whole`)).status).toBe(404);
    await hub.end();
  } finally {
    await foreign.remove({ force: true });
  }

  await hub.start();
  await expect.poll(helpers, SOON).toEqual([]);
  await expect.poll(doing, SOON).toBeNull();
  await hub.startServer();
  expect(await inside(hub, look)).toBe(before);
  await stopped(hub);
}, 240_000);

test('what no hub knows to be whole replaces nothing', async () => {
  const { bytes } = await download(hub, path(), own);
  async function* half() {
    yield bytes.subarray(0, 2 ** 20);
    await new Promise(() => {});
  }
  const uploading = upload(hub, `${path()}?replace=${volume}`, half(), own).catch(() => null);
  await expect.poll(helpers, SOON).toHaveLength(1);
  await hub.end('SIGKILL');
  await uploading;
  await hub.start();
  expect(await doing()).toBeNull();
  expect((await download(hub, path(), own)).bytes.length).toBe(bytes.length);
});
