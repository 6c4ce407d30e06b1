// Issue "Spawning", storage: folders that groups share, and how much a person's files may take. The real hub and engine.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { IMAGE } from './spawn-house.ts';
import { inside, openStorageHub, SMALL, stopped } from './storage-hub.ts';

// As the Jupyter images have it: nobody's servers run as root.
const PERSON = {
  ...SMALL,
  kubespawner_override: { ...SMALL.kubespawner_override, uid: 1000, gid: 1000 },
};

let hub: RunningHub;
let bob: string;

const folders = (name: string) => [
  { name: 'course', writers: ['teachers'], readers: ['students'], volume: `${name}-course` },
  { name: '{group}', writers: ['teachers', 'students'], volume: `${name}-of-{group}` },
];

beforeAll(async () => {
  hub = await openStorageHub({ settings: { PROFILES: JSON.stringify([PERSON]) } });
  await hub.end();
  await hub.start({ SHARED_FOLDERS: JSON.stringify(folders(hub.dock.name)) });
  bob = `bob-${hub.dock.word}`;
  await hub.api('POST', `/users/${bob}`);
  await hub.api('POST', '/groups/teachers', { users: [hub.alice] });
  await hub.api('POST', '/groups/students', { users: [bob] });
});
afterAll(() => hub?.close());

const SHARED = '/home/jovyan/shared';
const wrote = (user: string, path: string) =>
  inside(hub, `(echo ${user} > ${path}) 2>/dev/null && echo yes || echo no`, user);

test('writers write from the first moment, whatever the image knows of the folder; readers read', async () => {
  await Promise.all([hub.startServer(hub.alice), hub.startServer(bob)]);
  expect(await wrote(hub.alice, `${SHARED}/course/task.ipynb`)).toBe('yes');
  expect(await inside(hub, `cat ${SHARED}/course/task.ipynb`, bob)).toBe(hub.alice);
  expect(await wrote(bob, `${SHARED}/course/task.ipynb`)).toBe('no');
  expect(await wrote(bob, `${SHARED}/course/mine`)).toBe('no');
  expect(await inside(hub, `stat -c '%a %u:%g' ${SHARED}/course`)).toBe('2775 0:100');
  expect(await inside(hub, `stat -c %g ${SHARED}/course/task.ipynb`)).toBe('100');
});

test('each group has its own folder, and nobody has another group’s', async () => {
  expect(await wrote(bob, `${SHARED}/students/x`)).toBe('yes');
  expect(await inside(hub, `ls ${SHARED} | xargs`)).toBe('course teachers');
  expect(await inside(hub, `ls ${SHARED} | xargs`, bob)).toBe('course students');
});

test('who leaves a group has its folders no more at the next start, and nobody chooses them as a profile', async () => {
  await hub.api('DELETE', '/groups/students/users', { users: [bob] });
  await stopped(hub, bob);
  await hub.startServer(bob);
  expect(await inside(hub, `ls ${SHARED} 2>/dev/null | wc -l`, bob)).toBe('0');
  expect((await hub.container(bob))?.HostConfig.GroupAdd ?? []).toEqual([]);
});

test('a shared volume is in the administrator’s list as shared, and survives its members', async () => {
  const { json } = await hub.api('GET', '/berth/volumes');
  const shared = (json as { name: string; kind: string }[]).filter(({ kind }) => kind === 'shared');
  expect(shared.map(({ name }) => name)).toEqual([
    `${hub.dock.name}-course`,
    `${hub.dock.name}-of-students`,
    `${hub.dock.name}-of-teachers`,
  ]);
});

test('a volume that was there before keeps the rights that its administrator gave it', async () => {
  const before = `${hub.dock.name}-before`;
  await hub.dock.docker.createVolume({ Name: before });
  await hub.end();
  const more = [{ name: 'old', writers: ['*'], volume: before }];
  await hub.start({ SHARED_FOLDERS: JSON.stringify(more) });
  await stopped(hub, bob);
  await hub.startServer(bob);
  expect(await inside(hub, `stat -c '%a %u:%g' ${SHARED}/old`, bob)).toBe('755 0:0');
});

test('a path of the machine is shared only beneath a root that the settings open', async () => {
  await hub.end();
  const bind = [{ name: 'data', readers: ['*'], hostPath: '/usr/share/perl' }];
  await expect(hub.start({ SHARED_FOLDERS: JSON.stringify(bind) })).rejects.toThrow(
    /\/usr\/share\/perl, which is not beneath a folder of SHARED_ROOTS/,
  );
  await hub.start({ SHARED_FOLDERS: JSON.stringify(bind), SHARED_ROOTS: '/usr/share' });
  await stopped(hub, bob);
  await hub.startServer(bob);
  expect(await wrote(bob, `${SHARED}/data/x`)).toBe('no');
  expect((await hub.container(bob))?.Mounts).toContainEqual(
    expect.objectContaining({ Type: 'bind', Source: '/usr/share/perl', RW: false }),
  );
});

test('too many files: it is told, and where the setting says so no server starts until there are fewer', async () => {
  await hub.end();
  const small = { PROFILES: JSON.stringify([SMALL]) };
  await hub.start({ ...small, STORAGE_QUOTA: '100K', STORAGE_QUOTA_ACTION: 'refuse' });
  await stopped(hub);
  await hub.startServer();
  const volume = String(
    (await hub.container())?.Mounts.find(({ Destination }) => Destination.endsWith('/work'))?.Name,
  );
  await inside(hub, 'head -c 300000 /dev/urandom > /home/jovyan/work/big');
  await stopped(hub);
  await hub.end();
  await hub.start({ ...small, STORAGE_QUOTA: '100K', STORAGE_QUOTA_ACTION: 'refuse' });
  await expect
    .poll(async () => (await hub.api('POST', `/users/${hub.alice}/server`)).json, { timeout: 60_000 })
    .toMatchObject({ code: 'STORAGE-001', message: expect.stringContaining('293 KB') });
  expect(await hub.container()).toBeNull();
  await hub.dock.docker.run(IMAGE, ['rm', '/v/big'], process.stderr, {
    HostConfig: { Binds: [`${volume}:/v`], AutoRemove: true, NetworkMode: 'none' },
  });
  await expect
    .poll(async () => (await hub.api('POST', `/users/${hub.alice}/server`)).status, {
      timeout: 60_000,
      interval: 3000,
    })
    .toBeLessThan(300);
});

test('a limit that this engine cannot keep is refused at the start, in its own words', async () => {
  const info = (await hub.dock.docker.info()) as { DriverStatus?: [string, string][] };
  const backing = info.DriverStatus?.find(([key]) => key === 'Backing Filesystem')?.[1];
  // Says so if ever this runs where the limit can be kept.
  expect(backing).not.toBe('xfs');
  await hub.end();
  await expect(hub.start({ STORAGE_QUOTA: '1G', STORAGE_QUOTA_ACTION: 'hard' })).rejects.toThrow(
    /STORAGE_QUOTA_ACTION=hard cannot be: the engine says .*no quota support.*XFS mounted with pquota/,
  );
  await expect(hub.start({ CONTAINER_DISK_LIMIT: '1G' })).rejects.toThrow(
    /CONTAINER_DISK_LIMIT cannot be: the engine says .*pquota/,
  );
  const left = await hub.dock.docker.listVolumes({
    filters: { label: [`org.berth.keeper=${hub.dock.name}`] },
  });
  expect(left.Volumes).toEqual([]);
});
