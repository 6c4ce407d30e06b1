import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvFile } from '../src/config/env-file.ts';
import { type Configuration, loadConfiguration } from '../src/config/load-configuration.ts';
import { readConfiguration } from '../src/config/read-configuration.ts';
import { spawnSettings } from '../src/config/rooms.ts';
import { tellFault } from '../src/config/source.ts';
import { readUserlist } from '../src/domain/userlist.ts';

const SETUPS = join(import.meta.dirname, '../../test/setups');

function whole(loaded: ReturnType<typeof loadConfiguration>): Configuration {
  if ('faults' in loaded) throw new Error(loaded.faults.map(tellFault).join('\n'));
  return loaded;
}

function readSetup(...files: readonly string[]) {
  const read = files.map((file) => readEnvFile(readFileSync(join(SETUPS, file), 'utf8'), file));
  expect(read.flatMap(({ faults }) => faults)).toEqual([]);
  const environment = Object.fromEntries(read.flatMap(({ values }) => [...values]));
  return { ...whole(loadConfiguration({ environment })), told: read.flatMap(({ warnings }) => warnings) };
}

test("deploy-docker's old .env, oauth.env and userlist load, and what they said is in force", () => {
  const { settings, told } = readSetup('deploy-docker-2018/.env', 'deploy-docker-2018/oauth.env');
  expect(spawnSettings(settings)).toMatchObject({
    image: 'jupyter/scipy-notebook:latest',
    command: ['start-singleuser.sh'],
    notebookDir: '/home/jovyan/work',
    volumeDir: '/home/jovyan/work',
    network: 'jupyterhub-network',
  });
  expect(settings).toMatchObject({
    githubClientId: 'Iv1.0123456789abcdef',
    oauthCallbackUrl: 'https://hub.example/hub/oauth_callback',
  });
  expect(told.map(({ name }) => name)).toEqual([
    'JUPYTERHUB_VERSION',
    'DOCKER_MACHINE_NAME',
    'LOCAL_NOTEBOOK_IMAGE',
  ]);
  const { list, faults } = readUserlist(readFileSync(join(SETUPS, 'deploy-docker-2018/userlist'), 'utf8'));
  expect(faults).toEqual([]);
  expect(list).toEqual(
    new Map([
      ['alice', true],
      ['bob', false],
      ['foo-bar', false],
    ]),
  );
});

test("deploy-docker's current .env loads", () => {
  const { settings, told } = readSetup('deploy-docker-now/.env');
  expect(settings).toMatchObject({ adminUsers: ['admin'], image: 'quay.io/jupyter/base-notebook:latest' });
  expect(told).toEqual([]);
});

test('the z2jh config.yaml loads, and each thing without effect is told with its line', () => {
  const { settings, warnings } = whole(
    readConfiguration({ environment: {}, words: ['-f', join(SETUPS, 'z2jh/config.yaml')] }),
  );
  expect(settings).toMatchObject({
    authenticators: ['generic-oauth'],
    adminUsers: ['admin', 'user1'],
    allowedUsers: ['user3', 'user4'],
    oauthClientId: 'hub',
    oauthClientSecret: 'not-a-secret',
    oauthUsernameClaim: 'preferred_username',
    oauthUserdataParams: { state: 'state' },
    oauthLoginService: 'keycloak',
    cullEnabled: true,
    cullTimeout: 120,
    cullEvery: 10,
  });
  expect(spawnSettings(settings)).toMatchObject({
    image: 'quay.io/jupyter/minimal-notebook:latest',
    volumeDir: null,
    cpus: 0.5,
    memory: 2 ** 30,
  });
  expect(settings.profileList.profiles.map(({ name }) => name)).toEqual([
    'Minimal environment',
    'Data science',
    'Custom image, as root',
    'Lab',
    'VS Code',
  ]);
  const told = warnings.map(tellFault);
  expect(told).toContainEqual(
    expect.stringMatching(/config\.yaml:6: JupyterHub\.admin_access has no effect/),
  );
  for (const line of told)
    expect(line).toMatch(
      /config\.yaml:\d+: \S+ (has no effect|is for Kubernetes|would run custom-image-as-root as root)/,
    );
});

test('bind_url behind Apache: the base path of the virtual host is the base path of everything', () => {
  const part = readFileSync(join(SETUPS, 'apache-subpath/httpd.conf.part'), 'utf8');
  const bind = /bind_url is (\S+)/.exec(part)?.[1] ?? '';
  const { settings } = whole(
    loadConfiguration({ words: [`--JupyterHub.bind_url=${bind}`, '--JupyterHub.hub_connect_ip=jupyterhub'] }),
  );
  expect(settings).toMatchObject({ baseUrl: '/jhub/', publicPort: 8000 });
  expect(spawnSettings(settings)).toMatchObject({
    baseUrl: '/jhub/',
    hubApiUrl: 'http://jupyterhub:8081/jhub/hub/api',
  });
  expect(part).toContain(`ProxyPass        ${settings.baseUrl}`);
});
