import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunningHub } from './running-hub.ts';

// The whole hub, its profiles as they stand in a z2jh config.yaml, and the genuine jupyterhub-singleuser.
const PROFILES = [
  { display_name: 'Plain', default: true },
  {
    display_name: 'Course',
    kubespawner_override: {
      default_url: '/tree',
      mem_limit: '400M',
      mem_guarantee: '64M',
      cpu_limit: 1.5,
      environment: { COURSE: 'of {username}' },
      uid: 1000,
      gid: 100,
      supplemental_gids: [2000],
      volumes: [
        { name: 'shared', persistentVolumeClaim: { claimName: 'VOLUMES-shared' } },
        { name: 'scratch', emptyDir: {} },
      ],
      volume_mounts: [
        { name: 'shared', mountPath: '/srv/shared', readOnly: true },
        { name: 'scratch', mountPath: '/scratch' },
      ],
      node_selector: { pool: 'large' },
    },
    profile_options: {
      log: {
        choices: { quiet: {}, loud: { kubespawner_override: { args: ['--debug'] } } },
      },
    },
  },
  {
    display_name: 'Root',
    allowed_groups: ['root'],
    kubespawner_override: { uid: 0, args: ['--allow-root'] },
  },
];

let hub: RunningHub;
beforeAll(async () => {
  hub = await RunningHub.open({
    settings: {
      DOCKER_NOTEBOOK_IMAGE: 'berth-notebook-minimal',
      ROOT_SERVERS: 'true',
      CULL_ENABLED: 'false',
    },
  });
  await hub.end();
  await hub.start({ PROFILES: JSON.stringify(PROFILES).replace('VOLUMES', hub.dock.name) });
});
afterAll(() => hub?.close());

const inside = async (command: readonly string[]): Promise<string> => {
  const { Id: id = '' } = (await hub.container()) ?? {};
  const exec = await hub.dock.docker
    .getContainer(id)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text.trim();
};

test('a key that means nothing on one machine is told at the start, with its place', async () => {
  await expect
    .poll(() => hub.log, { timeout: 10_000 })
    .toContain(
      'singleuser.profileList[1].kubespawner_override.node_selector is for many machines and has no effect on one',
    );
});

test('a profile with its options makes the server, and the choice is on the record', async () => {
  await hub.startServer(hub.alice, { profile: 'course', log: 'loud' });
  const container = await hub.container();
  expect(container?.HostConfig).toMatchObject({
    Memory: 400 * 1024 ** 2,
    MemorySwap: 400 * 1024 ** 2,
    MemoryReservation: 64 * 1024 ** 2,
    CpuQuota: 150_000,
    GroupAdd: ['2000'],
  });
  expect(container?.Config.User).toBe('1000:100');
  // The image's own command, with the argument after it.
  expect(container?.Config.Cmd).toEqual(['jupyterhub-singleuser', '--debug']);
  expect(container?.Config.Env).toContain('JUPYTERHUB_DEFAULT_URL=/tree');
  expect(container?.Config.Env?.find((line) => line.startsWith('COURSE='))).toMatch(/^COURSE=of alice-2d/);
  expect(await inside(['sh', '-c', 'touch /srv/shared/x; echo $?; touch /scratch/x; echo $?'])).toMatch(
    /1\s+0$/,
  );
  expect(await inside(['id', '-G'])).toContain('2000');
  expect((await hub.server())?.user_options).toEqual({ profile: 'course', log: 'loud' });
});

test('limits of a running server are changed by an administrator, and by nobody else', async () => {
  const path = `/berth/users/${hub.alice}/server/limits`;
  const change = { mem_limit: 600 * 1024 ** 2, cpu_limit: 0.5 };
  expect((await hub.api('PATCH', path, change, await hub.tokenOf())).status).toBe(403);
  expect(await hub.api('PATCH', path, change)).toEqual({ status: 200, json: change });
  expect((await hub.container())?.HostConfig).toMatchObject({
    Memory: 600 * 1024 ** 2,
    MemorySwap: 600 * 1024 ** 2,
    CpuQuota: 50_000,
  });
  // In force where it counts: the kernel's own number, whichever version of cgroups.
  const files = '/sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max';
  expect(await inside(['sh', '-c', `cat ${files} 2>/dev/null | head -1`])).toBe(String(600 * 1024 ** 2));
  for (const bad of [{}, { mem_limit: 1 }, { mem_limit: '600M' }, { cpu_limit: 0 }, { memory: 1 }]) {
    expect((await hub.api('PATCH', path, bad)).status).toBe(400);
  }
  expect((await hub.api('PATCH', '/berth/users/nobody/server/limits', change)).status).toBe(404);
  expect((await hub.container())?.HostConfig.Memory).toBe(600 * 1024 ** 2);
  await hub.api('DELETE', `/users/${hub.alice}/server`);
});

test('without a word it is what was chosen last', async () => {
  await expect.poll(async () => (await hub.server())?.stopped, { timeout: 30_000 }).toBe(true);
  await hub.startServer(hub.alice, null);
  expect((await hub.container())?.Config.User).toBe('1000:100');
  await hub.api('DELETE', `/users/${hub.alice}/server`);
});

test('a profile of a group is refused to others through the API, and opens with the membership; root works in it', async () => {
  await expect.poll(async () => (await hub.server())?.stopped, { timeout: 30_000 }).toBe(true);
  const wish = () => hub.api('POST', `/users/${hub.alice}/server`, { profile: 'root' });
  expect(await wish()).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining('no profile root for you') },
  });
  await hub.api('POST', '/groups/root', { users: [hub.alice] });
  await hub.startServer(hub.alice, { profile: 'root' });
  expect(await inside(['id', '-u'])).toBe('0');
  // What an administrator of the own container does: give a file away.
  expect(await inside(['sh', '-c', 'touch /tmp/f && chown 1234:1234 /tmp/f && stat -c %u /tmp/f'])).toBe(
    '1234',
  );
  expect((await hub.container())?.HostConfig).toMatchObject({ Privileged: false, CapDrop: ['ALL'] });
  await hub.api('DELETE', `/users/${hub.alice}/server`);
});

test('a profile as root that the settings do not allow is told of at the start, and nobody gets it', async () => {
  await hub.end();
  const before = hub.log.length;
  const profiles = JSON.stringify(PROFILES).replace('VOLUMES', hub.dock.name);
  await hub.start({ PROFILES: profiles, ROOT_SERVERS: 'false' });
  expect(hub.log.slice(before)).toContain(
    'would run root as root (uid: 0): its start is refused unless ROOT_SERVERS=true allows it',
  );
  expect(await hub.api('POST', `/users/${hub.alice}/server`, { profile: 'root' })).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining('no profile root for you') },
  });
});
