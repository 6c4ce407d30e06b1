import { expect, test } from 'vitest';
import { type Configuration, loadConfiguration, type Sources } from './load-configuration.ts';
import { tellFault } from './source.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

function file(text: string, name = 'config.yaml'): YamlFile {
  const read = readYaml(text, name);
  if ('faults' in read) throw new Error(read.faults.map(tellFault).join('\n'));
  return read.file;
}

function load(sources: Sources): Configuration {
  const loaded = loadConfiguration(sources);
  if ('faults' in loaded) throw new Error(loaded.faults.map(tellFault).join('\n'));
  return loaded;
}

const yaml = (text: string) => load({ files: [file(text)] });

test('later sources win: default, config.yaml, config.d, environment, command line', () => {
  const files = [
    file('cull: {timeout: 1, every: 1}\nberth: {pids: 100}'),
    file('cull: {every: 2}', 'config.d/a.yaml'),
  ];
  const environment = { PIDS_LIMIT: '200' };
  const { settings, origins } = load({ files, environment, words: ['--Spawner.start_timeout=9'] });
  expect(settings).toMatchObject({
    cullTimeout: 1,
    cullEvery: 2,
    pids: 200,
    startTimeout: 9,
    httpTimeout: 60,
  });
  expect(origins.get('cullTimeout')?.place).toBe('config.yaml:1');
  expect(origins.get('cullEvery')?.place).toBe('config.d/a.yaml:1');
  expect(origins.get('httpTimeout')).toBeUndefined();
});

test('mappings of several files are merged, lists are replaced', () => {
  const lists = (users: string) => `hub: {config: {Authenticator: {allowed_users: [${users}]}}}`;
  const { settings } = load({ files: [file(`${lists('a, b')}\ncull: {timeout: 5}`), file(lists('c'))] });
  expect(settings).toMatchObject({ allowedUsers: ['c'], cullTimeout: 5 });
});

test('a trait of a parent class may be written with the child’s name, and the more specific one wins', () => {
  expect(
    yaml('hub: {config: {DockerSpawner: {mem_limit: 1G}, Spawner: {mem_limit: 3G}}}').settings.memory,
  ).toBe(2 ** 30);
  expect(yaml('hub: {config: {KubeSpawner: {image: "a:1"}}}').settings.image).toBe('a:1');
});

test('what a sibling class claims under its own name stays the sibling’s', () => {
  const asked = loadConfiguration({
    files: [
      file(
        'hub: {config: {LocalGenericOAuthenticator: {scope: [openid]}, GitHubOAuthenticator: {username_key: x}}}',
      ),
    ],
  });
  expect('faults' in asked && asked.faults.map(({ name }) => name)).toEqual([
    'GitHubOAuthenticator.username_key',
  ]);
});

test('OAuthenticator means the class that is in force', () => {
  const github = yaml(
    'hub: {config: {JupyterHub: {authenticator_class: github}, OAuthenticator: {client_id: x, client_secret: y, oauth_callback_url: "https://h.example/hub/oauth_callback"}}}',
  );
  expect(github.settings).toMatchObject({
    githubClientId: 'x',
    githubClientSecret: 'y',
    oauthClientId: null,
  });
});

test('under hub.config wins over the chart’s own name', () => {
  const text = 'singleuser: {memory: {limit: 1G}}\nhub: {config: {KubeSpawner: {mem_limit: 2G}}}';
  expect(yaml(text).settings.memory).toBe(2 ** 31);
});

test('an image as name and tag, with the pull policy beside them', () => {
  const { settings } = yaml('singleuser: {image: {name: q/a, tag: 1, pullPolicy: Always}}');
  expect(settings).toMatchObject({ image: 'q/a:1', pullPolicy: 'always' });
});

test('null is "none" where there can be none, else it unsets', () => {
  const { settings } = yaml('singleuser: {memory: {limit: null}}\ncull: {timeout: null}');
  expect(settings).toMatchObject({ memory: null, cullTimeout: 3600 });
});

test.each([
  [['--Authenticator.admin_users=alice'], ['alice']],
  [
    ['--Authenticator.admin_users=alice', '--Authenticator.admin_users=bob'],
    ['alice', 'bob'],
  ],
  [["--Authenticator.admin_users={'alice', 'bob'}"], ['alice', 'bob']],
  [["--Authenticator.admin_users=['alice', 'bob']"], ['alice', 'bob']],
  [
    ['--Authenticator.admin_users', "('alice', 'bob')"],
    ['alice', 'bob'],
  ],
])('%j on the command line is read as JupyterHub reads it', (words, users) => {
  expect(load({ words }).settings.adminUsers).toEqual(users);
});

test('bind_url is address, port and path in one, wherever it is said', () => {
  for (const sources of [
    { files: [file('hub: {config: {JupyterHub: {bind_url: "http://10.0.0.1:8443/a/b"}}}')] },
    { environment: { BIND_URL: 'http://10.0.0.1:8443/a/b' } },
    { words: ['--JupyterHub.bind_url=http://10.0.0.1:8443/a/b'] },
  ]) {
    expect(load(sources).settings).toMatchObject({
      publicIp: '10.0.0.1',
      publicPort: 8443,
      baseUrl: '/a/b/',
    });
  }
  const over = load({
    files: [file('hub: {baseUrl: /x/}')],
    words: ['--JupyterHub.bind_url=http://:8000/y/'],
  });
  expect(over.settings.baseUrl).toBe('/y/');
});

test('extraConfig and extraFiles stop the start; what is Kubernetes’ own is told once', () => {
  const { warnings } = yaml('scheduling: {userScheduler: {enabled: true}, podPriority: {enabled: true}}');
  expect(warnings.map(tellFault)).toEqual([
    'config.yaml:1: scheduling is for Kubernetes and has no effect on one machine',
  ]);
  expect(loadConfiguration({ files: [file('hub: {extraFiles: {a: {}}}')] })).toHaveProperty('faults');
});
