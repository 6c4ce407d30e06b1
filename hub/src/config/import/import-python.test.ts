import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfiguration } from '../load-configuration.ts';
import { readYaml } from '../yaml-file.ts';
import { importPython } from './import-python.ts';

const FORMER = join(import.meta.dirname, '../../../../test/setups/python');

function imported(text: string) {
  const { yaml, carried, meaningless, notCarried, missing } = importPython(text, 'jupyterhub_config.py');
  return {
    config: parse(yaml) ?? {},
    yaml,
    carried: carried.map(({ line, name, to }) => `${line} ${name} → ${to}`),
    meaningless: meaningless.map(({ line, name, reason }) => `${line} ${name} ${reason}`),
    notCarried: notCarried.map(({ line, name, reason }) => `${line} ${name} ${reason}`),
    missing,
  };
}

/** The settings that the hub has with the result; `environment` is what `.env` still has to say. */
function settingsOf(yaml: string, environment: Readonly<Record<string, string>> = {}) {
  const read = readYaml(yaml, 'config.yaml');
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const loaded = loadConfiguration({ files: [read.file], environment });
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.settings;
}

test('a trait goes where z2jh has a place for it, and else keeps its name under hub.config', () => {
  const { config, carried } = imported(`c = get_config()
c.DockerSpawner.image = 'lab/notebook:1'
c.Spawner.mem_limit = '2G'
c.Authenticator.admin_users = {'alice', 'bob'}
c.JupyterHub.base_url = '/jhub/'
`);
  expect(config).toEqual({
    hub: { config: { Authenticator: { admin_users: ['alice', 'bob'] } }, baseUrl: '/jhub/' },
    singleuser: { image: 'lab/notebook:1', memory: { limit: '2G' } },
  });
  expect(carried).toEqual([
    '2 DockerSpawner.image → singleuser.image',
    '3 Spawner.mem_limit → singleuser.memory.limit',
    '4 Authenticator.admin_users → hub.config.Authenticator.admin_users',
    '5 JupyterHub.base_url → hub.baseUrl',
  ]);
});

test('what the loader would refuse is taken out and told, and the rest stands', () => {
  const { config, notCarried } = imported(`c.Spawner.mem_limit = 'lots'
c.Spawner.cpu_limit = 2
c.JupyterHub.authenticator_class = 'ldapauthenticator.LDAPAuthenticator'
c.LDAPAuthenticator.server_address = 'ldap.example'
c.GitHubOAuthenticator.oauth_callback_url = 'https://hub.example/wrong'
`);
  expect(config).toEqual({ singleuser: { cpu: { limit: 2 } } });
  expect(notCarried.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '1 Spawner.mem_limit',
    '3 JupyterHub.authenticator_class',
    '4 LDAPAuthenticator.server_address',
    '5 GitHubOAuthenticator.oauth_callback_url',
  ]);
});

test('a secret that only the environment knows stays there, under our name', () => {
  const { carried, notCarried, missing, yaml } = imported(`import os
c.JupyterHub.authenticator_class = 'github'
c.GitHubOAuthenticator.client_id = os.environ['GITHUB_CLIENT_ID']
c.GitHubOAuthenticator.client_secret = os.environ['MY_SECRET']
c.GitHubOAuthenticator.oauth_callback_url = os.environ['OAUTH_CALLBACK_URL']
`);
  expect(carried).toContain('3 GitHubOAuthenticator.client_id → .env');
  expect(notCarried).toEqual([
    `4 GitHubOAuthenticator.client_secret takes its value from \${MY_SECRET}: write it as GITHUB_CLIENT_SECRET into .env`,
  ]);
  expect(missing.length).toBeGreaterThan(0);
  const settings = settingsOf(yaml, {
    GITHUB_CLIENT_ID: 'x',
    GITHUB_CLIENT_SECRET: 'y',
    OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback',
  });
  expect(settings).toMatchObject({ authenticators: ['github'], githubClientId: 'x' });
});

describe('traits that come to several settings, or to none', () => {
  test('the volume of a person, and folders beside it', () => {
    const { config, notCarried } = imported(
      `c.DockerSpawner.volumes = {'lab-{username}': {'bind': '/home/jovyan', 'mode': 'rw'}, '/srv/data': '/data'}\n`,
    );
    const settings = settingsOf(
      imported(`c.DockerSpawner.volumes = {'lab-{username}': '/home/jovyan'}\n`).yaml,
    );
    expect(settings).toMatchObject({ volumeTemplate: 'lab-{username}', volumeDir: '/home/jovyan' });
    expect(config).toHaveProperty('singleuser.storage.homeMountPath', '/home/jovyan');
    expect(notCarried).toEqual([expect.stringMatching(/^1 DockerSpawner\.volumes has further volumes/)]);
  });

  test('the idle culler is part of this hub, with its options', () => {
    const { config, meaningless, notCarried } = imported(`import sys
c.JupyterHub.services = [
    {'name': 'cull', 'command': [sys.executable, '-m', 'jupyterhub_idle_culler', '--timeout=1800', '--cull-every', '300']},
    {'name': 'grader', 'api_token': 'a-token-of-sixteen', 'url': 'http://grader:9999'},
    {'name': 'other', 'command': ['other']},
]
c.JupyterHub.load_roles = [
    {'name': 'cull-role', 'scopes': ['list:users', 'read:users:activity', 'delete:servers'], 'services': ['cull']},
    {'name': 'grading', 'scopes': ['list:users'], 'services': ['grader']},
]
`);
    expect(config).toEqual({
      cull: { enabled: true, timeout: 1800, every: 300 },
      hub: {
        services: { grader: { api_token: 'a-token-of-sixteen', url: 'http://grader:9999' } },
        loadRoles: [{ name: 'grading', scopes: ['list:users'], services: ['grader'] }],
      },
    });
    expect(meaningless).toEqual([
      '7 JupyterHub.load_roles has no effect for the culler, which is part of this hub',
    ]);
    expect(notCarried).toEqual([
      expect.stringMatching(/^2 JupyterHub\.services other is started by JupyterHub/),
    ]);
  });

  test('what goes straight to the engine', () => {
    const { config, meaningless, notCarried } = imported(`c.DockerSpawner.extra_host_config = {
    'network_mode': 'jupyterhub-network', 'shm_size': '1g', 'runtime': 'nvidia'}
c.DockerSpawner.extra_create_kwargs.update({'command': 'start-singleuser.sh'})
`);
    expect(config).toEqual({ berth: { shmSize: '1g' }, singleuser: { cmd: 'start-singleuser.sh' } });
    expect(meaningless).toEqual([
      expect.stringMatching(/^1 DockerSpawner\.extra_host_config\.network_mode /),
    ]);
    expect(notCarried).toEqual([expect.stringMatching(/^1 DockerSpawner\.extra_host_config\.runtime /)]);
  });

  test('the more specific class has the word', () => {
    const { config, meaningless } = imported(
      `c.DockerSpawner.mem_limit = '1G'\nc.Spawner.mem_limit = '2G'\n`,
    );
    expect(config).toEqual({ singleuser: { memory: { limit: '1G' } } });
    expect(meaningless).toEqual(['2 Spawner.mem_limit has no effect: DockerSpawner.mem_limit has the word']);
  });

  test('a misspelt trait is told with the nearest name', () => {
    expect(imported(`c.Authenticator.allowed_user = {'a'}\n`).notCarried).toEqual([
      '1 Authenticator.allowed_user is no setting here; the nearest is Authenticator.allowed_users',
    ]);
  });
});

describe('configurations as people have them: each line is accounted for, and the result is in force', () => {
  test.each([
    [
      'deploy-docker-now.py',
      { JUPYTERHUB_ADMIN: 'admin' },
      {
        image: 'quay.io/jupyter/base-notebook:latest',
        network: 'jupyterhub-network',
        notebookDir: '/home/jovyan/work',
        volumeTemplate: 'jupyterhub-user-{username}',
        volumeDir: '/home/jovyan/work',
        openSignup: true,
        allowAll: true,
        adminUsers: ['admin'],
      },
      [],
    ],
    [
      'deploy-docker-2018.py',
      {
        DOCKER_NOTEBOOK_IMAGE: 'jupyter/scipy-notebook:latest',
        GITHUB_CLIENT_ID: 'x',
        GITHUB_CLIENT_SECRET: 'y',
        OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback',
      },
      {
        image: 'jupyter/scipy-notebook:latest',
        spawnCommand: ['start-singleuser.sh'],
        volumeTemplate: 'jupyterhub-user-{username}',
        authenticators: ['github'],
      },
      ['c.Authenticator.whitelist', 'c.Authenticator.admin_users', 'with'],
    ],
    [
      'one-server.py',
      { GOOGLE_CLIENT_ID: '' },
      {
        baseUrl: '/jhub/',
        publicPort: 8000,
        defaultUrl: '/lab',
        cullTimeout: 600,
        memory: 2 ** 30,
        cpus: 2,
        authenticators: ['pam'],
        adminUsers: ['ada'],
        allowedUsers: ['grace', 'linus'],
      },
      ['c.Spawner.pre_spawn_hook', 'def'],
    ],
  ])('%s', (name, environment, expected, lost) => {
    const text = readFileSync(join(FORMER, name), 'utf8');
    const { yaml, carried, meaningless, notCarried } = imported(text);
    expect(settingsOf(yaml, environment)).toMatchObject(expected);
    const told = [...carried, ...meaningless, ...notCarried].map((line) => Number.parseInt(line, 10));
    for (const [at, line] of text.split('\n').entries()) {
      if (/^c\.[A-Z]/.test(line)) expect(told, `line ${at + 1} of ${name}: ${line}`).toContain(at + 1);
    }
    for (const what of lost) expect(notCarried.join('\n')).toContain(` ${what} `);
  });
});

test.each(['', 'c', '\0', 'c.A', 'c.JupyterHub.services = [[[', 'c.Spawner.environment = {"a": [1]}\n'])(
  'whatever the text, the result is one that the loader takes: %j',
  (text) => {
    expect(() => settingsOf(imported(text).yaml)).not.toThrow();
  },
);
