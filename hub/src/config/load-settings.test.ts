import { describe, expect, test } from 'vitest';
import { loadSettings } from './load-settings.ts';
import { SETTINGS } from './settings.ts';
import { tellFault } from './source.ts';

function load(environment: Record<string, string>) {
  const loaded = loadSettings(environment);
  if ('faults' in loaded) throw new Error(loaded.faults.map(tellFault).join('; '));
  return loaded.settings;
}

function faults(environment: Record<string, string>): readonly string[] {
  const loaded = loadSettings(environment);
  return 'faults' in loaded ? loaded.faults.map(tellFault) : [];
}

test('with nothing set every default is good', () => {
  const settings = load({});
  expect(settings).toMatchObject({
    memory: 2 * 2 ** 30,
    cpus: null,
    baseUrl: '/',
    cullTimeout: 3600,
    allowAll: false,
  });
});

test('the old deploy-docker names are read as they are', () => {
  const settings = load({
    JUPYTERHUB_VERSION: '0.9.2',
    DOCKER_NETWORK_NAME: 'jupyterhub-network',
    DOCKER_NOTEBOOK_IMAGE: 'jupyter/scipy-notebook:latest',
    DOCKER_NOTEBOOK_DIR: '/home/jovyan/work',
    DOCKER_SPAWN_CMD: 'start-singleuser.sh',
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 'secret',
    OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback',
  });
  expect(settings).toMatchObject({
    image: 'jupyter/scipy-notebook:latest',
    spawnCommand: ['start-singleuser.sh'],
    githubClientId: 'id',
  });
});

test('sizes are read as JupyterHub reads them, and nonsense is told without its value', () => {
  expect(load({ MEM_LIMIT: '512M' }).memory).toBe(512 * 2 ** 20);
  expect(load({ MEM_LIMIT: '1.5g' }).memory).toBe(1.5 * 2 ** 30);
  expect(load({ MEM_LIMIT: 'none' }).memory).toBeNull();
  expect(load({ MEM_LIMIT: '' }).memory).toBe(2 ** 31);
  for (const size of ['2 apples', '-1G', '0', '1e9', '1GG']) {
    expect(faults({ MEM_LIMIT: size })).toEqual(['MEM_LIMIT should be a size such as 512M or 2G']);
  }
});

test('all faults are told at once', () => {
  expect(
    faults({ MEM_LIMIT: 'x', CULL_TIMEOUT: 'soon', ALLOW_ALL: 'perhaps', BASE_URL: '/a/../b' }),
  ).toHaveLength(4);
});

test('a GitHub id without secret or callback is told with what is missing', () => {
  expect(faults({ GITHUB_CLIENT_ID: 'id' })).toEqual([
    'GITHUB_CLIENT_SECRET is missing, and GITHUB_CLIENT_ID cannot do without it',
    'OAUTH_CALLBACK_URL is missing, and GITHUB_CLIENT_ID cannot do without it',
  ]);
});

test('a relative callback address is refused: it would follow the Host header', () => {
  const github = {
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 's',
    OAUTH_CALLBACK_URL: '/hub/oauth_callback',
  };
  expect(faults(github)).toEqual(['OAUTH_CALLBACK_URL should be an address such as https://hub.example']);
});

test('a callback that would end in nothing is told at the start', () => {
  const github = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 's', BASE_URL: '/jhub/' };
  expect(faults({ ...github, OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback' })).toEqual([
    'OAUTH_CALLBACK_URL should end in /jhub/hub/oauth_callback',
  ]);
});

test('a base path is the same however its slashes are written', () => {
  for (const path of ['jhub', '/jhub', 'jhub/', '/jhub/'])
    expect(load({ BASE_URL: path }).baseUrl).toBe('/jhub/');
  expect(load({ BASE_URL: '/a/b' }).baseUrl).toBe('/a/b/');
});

test('no two settings share a name', () => {
  const names = Object.values(SETTINGS).map(({ env }) => env);
  expect(new Set(names).size).toBe(names.length);
});

describe('the generic provider', () => {
  const client = {
    OAUTH_CLIENT_ID: 'hub',
    OAUTH_CLIENT_SECRET: 's',
    OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback',
  };
  const realm = 'https://sso.example/auth/realms/lab/protocol/openid-connect';

  test('is an issuer, or the addresses of a realm, or three addresses', () => {
    expect(faults({ ...client, OAUTH2_ISSUER: 'https://sso.example' })).toEqual([]);
    const addresses = { OAUTH2_AUTHORIZE_URL: `${realm}/auth`, OAUTH2_TOKEN_URL: `${realm}/token` };
    expect(faults({ ...client, ...addresses })).toEqual([]);
    const plain = {
      OAUTH2_AUTHORIZE_URL: 'https://git.example/authorize',
      OAUTH2_TOKEN_URL: 'https://git.example/token',
    };
    expect(faults({ ...client, ...plain })).toEqual(['OAUTH2_USERDATA_URL is missing']);
    expect(faults({ ...client, ...plain, OAUTH2_USERDATA_URL: 'https://git.example/me' })).toEqual([]);
  });

  test('is told what it lacks', () => {
    expect(faults({ OAUTH2_ISSUER: 'https://sso.example' })).toEqual([
      'OAUTH_CLIENT_ID is missing',
      'OAUTH_CALLBACK_URL is missing',
    ]);
    expect(faults(client)).toEqual([
      'OAUTH2_AUTHORIZE_URL is missing, and OAUTH_CLIENT_ID and OAUTH_CALLBACK_URL cannot do without it',
      'OAUTH2_TOKEN_URL is missing, and OAUTH_CLIENT_ID and OAUTH_CALLBACK_URL cannot do without it',
    ]);
  });

  test('never takes names from an identity token whose signature nobody can check', () => {
    const plain = {
      ...client,
      OAUTH2_AUTHORIZE_URL: 'https://git.example/authorize',
      OAUTH2_TOKEN_URL: 'https://git.example/token',
      OAUTH2_USERDATA_FROM_ID_TOKEN: 'true',
    };
    expect(faults(plain)).toEqual([
      'OAUTH2_ISSUER is missing: without it no signature of an identity token can be checked',
    ]);
    expect(faults({ ...plain, OAUTH2_USERDATA_URL: 'https://git.example/me' })).toEqual([
      'OAUTH2_USERDATA_FROM_ID_TOKEN does not go together with OAUTH2_USERDATA_URL',
    ]);
  });
});
