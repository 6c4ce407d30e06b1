import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { belongsTo, containerSpec, ownerOf } from './container-spec.ts';
import type { ContainerView } from './containers.ts';
import { newServer } from './server.ts';
import type { SpawnSettings } from './settings.ts';

const server = { ...newServer('ann@uni.edu', 'gpu'), generation: 7 };
const chosen = { token: 'f'.repeat(32), volume: 'files-of-ann', gpus: ['GPU-1'] };

test('all that the engine must know of a notebook container', () => {
  const access = '["access:servers!server=ann@uni.edu/gpu","access:servers!user=ann@uni.edu"]';
  const settings: SpawnSettings = {
    ...SPAWN_SETTINGS,
    args: ['--for={username}'],
    uid: 1000,
    gid: 100,
    groups: [2000],
    environment: { COURSE: 'of {raw_username}', JUPYTERHUB_USER: 'somebody else' },
    mounts: [{ type: 'bind', source: '/srv/{username}/{servername}', path: '/data', readOnly: true }],
    memoryGuarantee: 1024 ** 3,
    cpuGuarantee: 0.5,
    devices: ['/dev/fuse'],
  };
  expect(containerSpec(settings, server, chosen)).toEqual({
    name: 'jupyter-ann-40uni-2eedu--gpu',
    image: 'berth-notebook-minimal:latest',
    command: null,
    args: ['--for=ann-40uni-2eedu'],
    user: { uid: 1000, gid: 100 },
    groups: [2000],
    environment: {
      COURSE: 'of ann@uni.edu',
      JUPYTERHUB_API_TOKEN: 'f'.repeat(32),
      JPY_API_TOKEN: 'f'.repeat(32),
      JUPYTERHUB_CLIENT_ID: 'jupyterhub-user-ann%40uni.edu~gpu',
      JUPYTERHUB_SERVICE_URL: 'http://0.0.0.0:8888/jhub/user/ann@uni.edu/gpu/',
      JUPYTERHUB_SERVICE_PREFIX: '/jhub/user/ann@uni.edu/gpu/',
      JUPYTERHUB_API_URL: 'http://jupyterhub:8081/jhub/hub/api',
      JUPYTERHUB_BASE_URL: '/jhub/',
      JUPYTERHUB_OAUTH_CALLBACK_URL: '/jhub/user/ann@uni.edu/gpu/oauth_callback',
      JUPYTERHUB_OAUTH_ACCESS_SCOPES: access,
      JUPYTERHUB_OAUTH_SCOPES: access,
      JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES: '[]',
      JUPYTERHUB_USER: 'ann@uni.edu',
      JUPYTERHUB_SERVER_NAME: 'gpu',
      JUPYTERHUB_ACTIVITY_URL: 'http://jupyterhub:8081/jhub/hub/api/users/ann@uni.edu/activity',
      JUPYTERHUB_HOST: '',
      JUPYTERHUB_PUBLIC_URL: 'https://lab.example.org/jhub/user/ann@uni.edu/gpu/',
      JUPYTERHUB_PUBLIC_HUB_URL: 'https://lab.example.org/jhub/hub/',
      JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED: '0',
      JUPYTERHUB_ROOT_DIR: '/home/jovyan/work',
      JUPYTERHUB_DEFAULT_URL: '/lab',
      JUPYTER_IMAGE_SPEC: 'berth-notebook-minimal:latest',
      MEM_LIMIT: '2147483648',
      CPU_LIMIT: '2.0',
    },
    labels: {
      'org.berth.hub': 'berth',
      'org.berth.user': 'ann@uni.edu',
      'org.berth.server': 'gpu',
      'org.berth.generation': '7',
    },
    network: 'jupyterhub-network',
    mounts: [
      { type: 'volume', source: 'files-of-ann', path: '/home/jovyan/work', readOnly: false, personal: true },
      { type: 'bind', source: '/srv/ann-40uni-2eedu/gpu', path: '/data', readOnly: true },
    ],
    memory: 2 * 1024 ** 3,
    cpus: 2,
    memoryGuarantee: 1024 ** 3,
    cpuGuarantee: 0.5,
    pids: 1024,
    shmSize: 64 * 1024 ** 2,
    devices: ['/dev/fuse'],
    gpus: ['GPU-1'],
    ulimits: [],
    dns: [],
    extraHosts: [],
  });
});

test('without limits and public address, nothing is promised to the notebook', () => {
  const settings = { ...SPAWN_SETTINGS, memory: null, cpus: null, publicOrigin: '' };
  const { environment } = containerSpec(settings, server, chosen);
  expect(environment).not.toHaveProperty('MEM_LIMIT');
  expect(environment).not.toHaveProperty('CPU_LIMIT');
  expect(environment).toMatchObject({ JUPYTERHUB_PUBLIC_URL: '', JUPYTERHUB_PUBLIC_HUB_URL: '' });
});

const view = (labels: Record<string, string>): ContainerView => ({
  id: 'c1',
  name: 'jupyter-ann-40uni-2eedu--gpu',
  labels,
  image: SPAWN_SETTINGS.image,
  running: true,
  paused: false,
  removing: false,
  exitCode: null,
  outOfMemory: false,
  address: '172.18.0.5',
  created: 0,
});

test("a container is known by its labels, never by its name, and another hub's is nobody's", () => {
  const { labels } = containerSpec(SPAWN_SETTINGS, server, chosen);
  expect(ownerOf(view(labels), 'berth')).toEqual({ user: 'ann@uni.edu', server: 'gpu', generation: 7 });
  expect(ownerOf(view(labels), 'another')).toBeNull();
  expect(ownerOf(view({}), 'berth')).toBeNull();
  expect(ownerOf(view({ ...labels, 'org.berth.generation': 'x' }), 'berth')).toBeNull();
});

test('a container of an earlier start does not belong to this one', () => {
  const { labels } = containerSpec(SPAWN_SETTINGS, server, chosen);
  expect(belongsTo(view(labels), server, 'berth')).toBe(true);
  expect(belongsTo(view(labels), { ...server, generation: 8 }, 'berth')).toBe(false);
});

test('a volume that is named after its person is theirs; one that many mount is nobody’s', () => {
  const mounts = ['scratch-{username}', 'datasets'].map(
    (source) => ({ type: 'volume', source, path: '/x', readOnly: false }) as const,
  );
  const made = containerSpec({ ...SPAWN_SETTINGS, volumeDir: null, mounts }, server, chosen);
  expect(made.mounts.map(({ personal }) => personal)).toEqual([true, undefined]);
});

test('a web application is told where it is and its secret, and gets no word of the hub’s', () => {
  const web = {
    port: 8787,
    healthPath: '/',
    stripPrefix: true,
    tokenHeader: { name: 'X-Door-Token', variable: 'DOOR_TOKEN' },
  };
  const settings: SpawnSettings = {
    ...SPAWN_SETTINGS,
    web,
    command: ['serve', '--root={prefix}'],
    args: ['{username}'],
    environment: { ROOT: '{prefix}', JUPYTERHUB_USER: 'somebody else' },
  };
  const secrets = { doorToken: 'secret', visitKey: 'key' };
  const spec = containerSpec(settings, server, { ...chosen, web: secrets });
  expect(spec.command).toEqual(['serve', '--root=/jhub/user/ann@uni.edu/gpu/']);
  expect(spec.args).toEqual(['ann-40uni-2eedu']);
  expect(spec.environment).toEqual({
    ROOT: '/jhub/user/ann@uni.edu/gpu/',
    JUPYTERHUB_USER: 'ann@uni.edu',
    JUPYTERHUB_SERVER_NAME: 'gpu',
    JUPYTERHUB_BASE_URL: '/jhub/',
    JUPYTERHUB_SERVICE_PREFIX: '/jhub/user/ann@uni.edu/gpu/',
    JUPYTERHUB_PUBLIC_URL: expect.any(String),
    BERTH_PORT: '8787',
    BERTH_VISIT_AUDIENCE: '/jhub/user/ann@uni.edu/gpu/',
    BERTH_VISIT_KEY: 'key',
    DOOR_TOKEN: 'secret',
  });
});
