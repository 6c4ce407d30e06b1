// Issue "Spawning", storage: volumes are listed, backed up, restored and deleted, by whom they belong to, and never
// while a server has them. The real hub, proxy and engine.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { IMAGE } from './spawn-house.ts';
import { download, inside, openStorageHub, stopped, tokenOfUser, upload, WORK } from './storage-hub.ts';

const run = promisify(execFile);

let hub: RunningHub;
let volume: string;
let own: string;
let bob: string;
let others: string;
let admin: string;

beforeAll(async () => {
  hub = await openStorageHub();
  bob = `bob-${hub.dock.word}`;
  await hub.api('POST', `/users/${bob}`);
  const boss = `boss-${hub.dock.word}`;
  await hub.api('POST', '/users', { usernames: [boss], admin: true });
  own = await tokenOfUser(hub, hub.alice);
  others = await tokenOfUser(hub, bob);
  admin = await tokenOfUser(hub, boss);
  await hub.startServer();
  const mount = (await hub.container())?.Mounts.find(({ Destination }) => Destination === WORK);
  volume = mount?.Name ?? '';
});
afterAll(() => hub?.close());

type Row = Readonly<Record<string, unknown>>;
const list = async (token?: string): Promise<readonly Row[]> =>
  (await hub.api('GET', '/berth/volumes', undefined, token)).json as Row[];
/** Runs a script as root of the machine's, in the volume. */
async function outside(script: string): Promise<string> {
  const words = [
    'run',
    '--rm',
    '--network',
    'none',
    '-v',
    `${volume}:/v`,
    '-w',
    '/v',
    IMAGE,
    'sh',
    '-c',
    script,
  ];
  return (await run('docker', words)).stdout;
}
const named = async (name: string, token?: string) => (await list(token)).find((row) => row.name === name);

test('the list says whose a volume is, who has it, and what it holds; what is nobody’s here is not in it', async () => {
  await hub.dock.docker.createVolume({ Name: `${hub.dock.name}-foreign` });
  await inside(hub, `head -c 300000 /dev/urandom > ${WORK}/data; sync`);
  expect(await named(volume)).toMatchObject({
    kind: 'user',
    user: hub.alice,
    account: true,
    servers: [''],
    containers: [expect.stringContaining('jupyter-alice')],
    doing: null,
  });
  expect((await list()).map(({ name }) => name)).not.toContain(`${hub.dock.name}-foreign`);
  expect(
    await hub.api('DELETE', `/berth/volumes/${hub.dock.name}-foreign?confirm=${hub.dock.name}-foreign`),
  ).toMatchObject({ status: 404 });
  expect(await hub.dock.volumes()).toContain(`${hub.dock.name}-foreign`);
});

test('people see and touch their own volumes only, a server’s token none, administrators all', async () => {
  expect(await named(volume, own)).toMatchObject({ user: hub.alice });
  expect(await list(others)).toEqual([]);
  expect(await named(volume, admin)).toMatchObject({ user: hub.alice });
  const server = await hub.tokenOf();
  expect((await hub.api('GET', '/berth/volumes', undefined, server)).status).toBe(403);
  const path = `/berth/volumes/${volume}`;
  expect((await download(hub, `${path}/files`, others)).status).toBe(404);
  expect((await upload(hub, `${path}/files?replace=${volume}`, Buffer.alloc(1024), others)).status).toBe(404);
  expect((await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, others)).status).toBe(404);
  expect((await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, server)).status).toBe(403);
});

test('who may only start and stop servers does not change anybody’s files', async () => {
  const { json } = await hub.api('POST', `/users/${bob}/tokens`, {
    note: 'narrow',
    scopes: ['servers!user'],
  });
  const narrow = (json as { token: string }).token;
  expect(await list(narrow)).toEqual([]);
  expect(
    (await hub.api('DELETE', `/berth/volumes/${volume}?confirm=${volume}`, undefined, narrow)).status,
  ).toBe(404);
});

test('while its server runs a volume can be backed up, and neither restored nor deleted', async () => {
  const path = `/berth/volumes/${volume}`;
  const backup = await download(hub, `${path}/files`, own);
  expect(backup.status).toBe(200);
  expect((await upload(hub, `${path}/files?replace=${volume}`, backup.bytes, own)).status).toBe(409);
  expect(await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, own)).toMatchObject({
    status: 409,
    json: { code: 'VOLUME-001' },
  });
  expect(await inside(hub, `stat -c %s ${WORK}/data`)).toBe('300000');
});

test('what was backed up comes back, with its owners, modes, links and odd names, plain and compressed', async () => {
  const made =
    'chmod 2777 . && chown 1000:100 . && mkdir -p x/deep x/empty && chown 1000:100 x && chmod 2770 x && echo hello > "x/deep/ein Ünding" && ln -s deep/none x/link && chmod 600 "x/deep/ein Ünding" && chown 1234:1235 "x/deep/ein Ünding"';
  await outside(made);
  const look = "find . -printf '%P %y %m %U:%G %s %l\\n' | sort";
  const before = await outside(look);
  expect(before).toContain('1234:1235');
  const path = `/berth/volumes/${volume}/files`;
  const backup = await download(hub, path, own);
  await stopped(hub);
  for (const bytes of [backup.bytes, gzipSync(backup.bytes)]) {
    expect(await upload(hub, path, bytes, own)).toMatchObject({ status: 409, json: { code: 'VOLUME-003' } });
    expect((await upload(hub, `${path}?replace=yes`, bytes, own)).status).toBe(400);
    expect((await upload(hub, `${path}?replace=${volume}`, bytes, own)).status).toBe(204);
  }
  await hub.startServer();
  expect((await hub.container())?.Mounts.some(({ Name }) => Name === volume)).toBe(true);
  expect(await outside(look)).toBe(before);
  expect((await hub.dock.volumes()).filter((name) => name.includes('restore'))).toEqual([]);
});

test('an upload that breaks off, is no archive or holds a device changes nothing', async () => {
  await stopped(hub);
  const path = `/berth/volumes/${volume}/files`;
  const before = await download(hub, path, own);
  const bad = [
    Buffer.from('hello'),
    before.bytes.subarray(0, before.bytes.length - 3000),
    gzipSync(before.bytes).subarray(0, 900),
  ];
  for (const bytes of bad) {
    const answer = await upload(hub, `${path}?replace=${volume}`, bytes, own);
    expect(answer).toMatchObject({ status: 400, json: { code: 'VOLUME-004' } });
  }
  async function* broken() {
    yield before.bytes.subarray(0, 2000);
    await sleep(300);
    throw new Error('the line is cut');
  }
  await expect(upload(hub, `${path}?replace=${volume}`, broken(), own)).rejects.toThrow();
  await expect
    .poll(async () => (await hub.dock.volumes()).filter((name) => name.includes('restore')), {
      timeout: 30_000,
    })
    .toEqual([]);
  await expect.poll(async () => (await named(volume))?.doing, { timeout: 30_000 }).toBeNull();
  expect((await download(hub, path, own)).bytes.length).toBe(before.bytes.length);
});

test('a start that comes while files are restored is refused, and works when they are there', async () => {
  const path = `/berth/volumes/${volume}/files`;
  const { bytes } = await download(hub, path, own);
  const go = Promise.withResolvers<void>();
  async function* slow() {
    yield bytes.subarray(0, 1500);
    await go.promise;
    yield bytes.subarray(1500);
  }
  const restoring = upload(hub, `${path}?replace=${volume}`, slow(), own);
  await expect.poll(async () => (await named(volume))?.doing, { timeout: 30_000 }).toBe('restored');
  expect(await hub.api('POST', `/users/${hub.alice}/server`)).toMatchObject({
    status: 409,
    json: { code: 'VOLUME-002' },
  });
  expect(await hub.api('DELETE', `/berth/volumes/${volume}?confirm=${volume}`, undefined, own)).toMatchObject(
    { status: 409, json: { code: 'VOLUME-002' } },
  );
  go.resolve();
  expect((await restoring).status).toBe(204);
  await hub.startServer();
});

test('a delete that comes with a start, a stop or a backup: one of them wins, and no server runs without its files', async () => {
  await stopped(hub);
  const path = `/berth/volumes/${volume}`;
  for (let round = 0; round < 2; round += 1) {
    const [started, deleted] = await Promise.all([
      hub.api('POST', `/users/${hub.alice}/server`),
      hub.api('DELETE', `${path}?confirm=${volume}`, undefined, own),
    ]);
    // The volume is gone before the start, or the start was first; never both, never neither.
    expect([started.status < 300 ? 'started' : 'refused', deleted.status]).toEqual(
      deleted.status === 204 ? [expect.any(String), 204] : ['started', 409],
    );
    if (started.status < 300) {
      await expect.poll(async () => (await hub.server())?.ready, { timeout: 60_000 }).toBe(true);
      expect(await inside(hub, `touch ${WORK}/alive && echo yes`)).toBe('yes');
    }
    const stopping = hub.api('DELETE', `/users/${hub.alice}/server`);
    const during = await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, own);
    expect([204, 404, 409]).toContain(during.status);
    await stopping;
    await stopped(hub);
    // There is one again for the next round.
    await hub.startServer();
    await stopped(hub);
  }
  const reading = download(hub, `${path}/files`, own);
  await sleep(randomBytes(1).readUInt8() / 10);
  const deleting = await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, own);
  expect([204, 409]).toContain(deleting.status);
  expect([200, 404, 409]).toContain((await reading.catch(() => ({ status: 404 }))).status);
});

test('a volume is deleted by whoever says its name once more, and its owner gets a fresh one', async () => {
  await hub.startServer();
  await inside(hub, `echo precious > ${WORK}/precious`);
  await stopped(hub);
  const path = `/berth/volumes/${volume}`;
  expect((await hub.api('DELETE', path, undefined, own)).status).toBe(400);
  expect((await hub.api('DELETE', `${path}?confirm=${hub.alice}`, undefined, own)).status).toBe(400);
  expect(await hub.dock.volumes()).toContain(volume);
  expect((await hub.api('DELETE', `${path}?confirm=${volume}`, undefined, own)).status).toBe(204);
  expect(await hub.dock.volumes()).not.toContain(volume);
  await hub.startServer();
  expect(await inside(hub, `ls ${WORK} | wc -l`)).toBe('0');
  await stopped(hub);
});

test('files outlive their account, and are found in the list, until somebody says that they shall go', async () => {
  await hub.startServer(bob, {});
  const theirs = (await list()).find((row) => row.user === bob)?.name;
  await hub.api('DELETE', `/users/${bob}`);
  expect(await named(String(theirs))).toMatchObject({ user: bob, account: false });
  expect(
    (await hub.api('DELETE', `/berth/volumes/${theirs}?confirm=${theirs}`, undefined, admin)).status,
  ).toBe(204);
  expect(await hub.dock.volumes()).not.toContain(theirs);
});

test('who was renamed and left has the old files again when back, and no newcomer of the old name has them', async () => {
  const [carol, caroline] = [`carol${hub.dock.word}`, `caroline${hub.dock.word}`];
  const mounted = async (user: string) =>
    (await hub.container(user))?.Mounts.find(({ Destination }) => Destination === WORK)?.Name;
  await hub.api('POST', `/users/${carol}`);
  await hub.startServer(carol, {});
  await inside(hub, `echo precious > ${WORK}/paper`, carol);
  const first = await mounted(carol);
  await stopped(hub, carol);
  expect((await hub.api('PATCH', `/users/${carol}`, { name: caroline })).status).toBe(200);
  expect((await hub.api('DELETE', `/users/${caroline}`)).status).toBe(204);

  await hub.api('POST', `/users/${carol}`);
  await hub.startServer(carol, {});
  expect(await mounted(carol)).toBe(`${first}.N2`);
  expect(await inside(hub, `ls ${WORK} | wc -l`, carol)).toBe('0');
  await stopped(hub, carol);

  await hub.api('POST', `/users/${caroline}`);
  expect(await named(String(first))).toMatchObject({ user: caroline, account: true });
  await hub.startServer(caroline, {});
  expect(await mounted(caroline)).toBe(first);
  expect(await inside(hub, `cat ${WORK}/paper`, caroline)).toBe('precious');
  await stopped(hub, caroline);
});

test('no container for reading is left behind', async () => {
  const left = await hub.dock.docker.listContainers({
    all: true,
    filters: { label: [`org.berth.keeper=${hub.dock.name}`] },
  });
  expect(left).toEqual([]);
});
