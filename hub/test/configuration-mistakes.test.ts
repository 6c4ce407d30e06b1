// Mistakes people make, and the line that each gets before anything starts (issue 7, what it must show, 5).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runConfigCommand } from '../src/cli/config-commands.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-mistakes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `berth config check` with these files, and further words of the command line: its lines, places from the folder on. */
function check(files: Readonly<Record<string, string>>, words: readonly string[] = []) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const envFile = '.env' in files ? ['--env-file', join(folder, '.env')] : [];
  const environment = { CONFIG_FILE: join(folder, 'config.yaml') };
  const { code, out, error } = runConfigCommand(['check', ...envFile, ...words], environment);
  const clean = (text = '') =>
    text.replaceAll(`${folder}/`, '').replaceAll(`${relative(process.cwd(), folder)}/`, '');
  return { code, lines: clean(error ?? out).split('\n') };
}

describe('.env', () => {
  test.each([
    ['MEM_LIMIT=lots', '.env:1: MEM_LIMIT should be a size such as 512M or 2G'],
    ['MEM_LIMIT=-1G', '.env:1: MEM_LIMIT should be a size such as 512M or 2G'],
    ['CPU_LIMIT=two', '.env:1: CPU_LIMIT should be a number from 0.01 to 1024'],
    ['CPU_LIMIT=0', '.env:1: CPU_LIMIT should be a number from 0.01 to 1024'],
    ['# limits\n\nPIDS_LIMIT=3', '.env:3: PIDS_LIMIT should be a number from 64 to 65536'],
    ['SHM_SIZE=64 apples', '.env:1: SHM_SIZE should be a size such as 512M or 2G'],
    ['CULL_TIMEOUT=soon', '.env:1: CULL_TIMEOUT should be a number from 1 to 31536000'],
    ['CULL_EVERY=86400', '.env:1: CULL_EVERY should be a number from 1 to 3600'],
    ['CULL_ENABLED=perhaps', '.env:1: CULL_ENABLED should be true or false'],
    ['ALLOW_ALL=everybody', '.env:1: ALLOW_ALL should be true or false'],
    ['JUPYTERHUB_PORT=80000', '.env:1: JUPYTERHUB_PORT should be a number from 1 to 65535'],
    ['BASE_URL=/a/../b/', '.env:1: BASE_URL should be a path such as /jhub/'],
    ['BASE_URL=/my lab/', '.env:1: BASE_URL should be a path such as /jhub/'],
    ['PUBLIC_URL=hub.example', '.env:1: PUBLIC_URL should be an address such as https://hub.example'],
    ['PUBLIC_URL=ftp://hub.example', '.env:1: PUBLIC_URL should be an address such as https://hub.example'],
    ['PUBLIC_URL=https://hub.example/jhub', '.env:1: PUBLIC_URL has another path than BASE_URL'],
    ['PUBLIC_URL=https://hub.example\nBASE_URL=/jhub/', '.env:1: PUBLIC_URL has another path than BASE_URL'],
    ['DOCKER_VOLUME_DIR=work', '.env:1: DOCKER_VOLUME_DIR should be a path that begins with /'],
    ['HOME_STORAGE=nfs', '.env:1: HOME_STORAGE should be one of volume, dynamic, none'],
    [
      'DOCKER_NOTEBOOK_IMAGE=my image',
      '.env:1: DOCKER_NOTEBOOK_IMAGE should be an image such as quay.io/jupyter/scipy-notebook:latest, or its name and tag',
    ],
    [
      'DOCKER_NOTEBOK_IMAGE=x',
      '.env:1: DOCKER_NOTEBOK_IMAGE is not a setting; did you mean DOCKER_NOTEBOOK_IMAGE?',
    ],
    ['MEMLIMIT=2G', '.env:1: MEMLIMIT is not a setting; did you mean MEM_LIMIT?'],
    ['ALOW_ALL=true', '.env:1: ALOW_ALL is not a setting; did you mean ALLOW_ALL?'],
    ['MEM_LIMIT=1G\nMEM_LIMIT=2G', /^\.env:2: MEM_LIMIT was set before, at .*\.env:1$/],
    ['MEM_LIMIT="2G', '.env:1: MEM_LIMIT has a mark of quotation that is not closed'],
    ['MEM_LIMIT', '.env:1: there is no = in it: a line is NAME=value'],
    ['MEM LIMIT=2G', '.env:1: this is no name before the ='],
    ['export MEM_LIMIT=2G', '.env:1: `export` does not belong here: a line is NAME=value'],
    ['GITHUB_CLIENT_ID=x', 'GITHUB_CLIENT_SECRET is missing, and GITHUB_CLIENT_ID cannot do without it'],
    [
      'OAUTH_CALLBACK_URL=/hub/oauth_callback',
      '.env:1: OAUTH_CALLBACK_URL should be an address such as https://hub.example',
    ],
    [
      'OAUTH_CALLBACK_URL=https://hub.example/callback',
      '.env:1: OAUTH_CALLBACK_URL should end in /hub/oauth_callback',
    ],
    [
      'OAUTH_CALLBACK_URL=https://hub.example/hub/oauth_callback\nBASE_URL=/jhub/',
      '.env:1: OAUTH_CALLBACK_URL should end in /jhub/hub/oauth_callback',
    ],
    ['OAUTH2_ISSUER=https://sso.example', 'OAUTH_CLIENT_ID is missing'],
    ['AUTHENTICATOR_CLASS=githob', /^\.env:1: AUTHENTICATOR_CLASS knows no “githob”: did you mean github\?/],
    ['BIND_URL=:8000/jhub', '.env:1: BIND_URL should be an address such as http://:8000/jhub/'],
    ['HUB_API_BIND=8081', '.env:1: HUB_API_BIND should be an address such as http://127.0.0.1:8081'],
    ['LOAD_ROLES={', '.env:1: LOAD_ROLES should be a mapping by name'],
    ['MEM_LIMIT: 2G', '.env:1: there is no = in it: a line is NAME=value'],
    ['set MEM_LIMIT=2G', '.env:1: this is no name before the ='],
    ['=8000', '.env:1: this is no name before the ='],
    ['ALLOW_ALL=“true”', '.env:1: ALLOW_ALL has the marks of quotation of a text program: write " or none'],
    ['\uFEFFMEM_LIMIT=lots\r', '.env:1: MEM_LIMIT should be a size such as 512M or 2G'],
    ['CPU_LIMIT=1,5', '.env:1: CPU_LIMIT should be a number from 0.01 to 1024'],
    ['CULL_TIMEOUT=1h', '.env:1: CULL_TIMEOUT should be a number from 1 to 31536000'],
    ['JUPYTERHUB_PORT=8000:8000', '.env:1: JUPYTERHUB_PORT should be a number from 1 to 65535'],
    ['JUPYTERHUB_ADMIN="alice', '.env:1: JUPYTERHUB_ADMIN has a mark of quotation that is not closed'],
    ['PUBLIC_URL=https//hub.example', '.env:1: PUBLIC_URL should be an address such as https://hub.example'],
    [
      'GITHUB_CLIENT_ID=x\nOAUTH_CLIENT_SECRET=y\nOAUTH_CALLBACK_URL=https://hub.example/hub/oauth_callback',
      'GITHUB_CLIENT_SECRET is missing, and GITHUB_CLIENT_ID and OAUTH_CALLBACK_URL cannot do without it',
    ],
    ['PULL_POLICY=sometimes', '.env:1: PULL_POLICY should be one of ifnotpresent, always, never'],
    [
      'TRUSTED_PROXIES=nginx',
      '.env:1: TRUSTED_PROXIES should be addresses or ranges such as 10.0.0.2 or 10.0.0.0/24',
    ],
    ['ACTIVE_SERVER_LIMIT=-1', '.env:1: ACTIVE_SERVER_LIMIT should be a number from 0 to 100000'],
    [
      'DELETE_INVALID_USERS=true',
      '.env:1: DELETE_INVALID_USERS is refused: remove people on the page Administration',
    ],
    ['PAM_SERVICE=../../etc/passwd', '.env:1: PAM_SERVICE should be the name of a file in /etc/pam.d'],
  ])('%s', (text, line) => {
    const { code, lines } = check({ '.env': `${text}\n` });
    expect(code).toBe(2);
    if (typeof line === 'string') expect(lines).toContain(line);
    else expect(lines).toContainEqual(expect.stringMatching(line));
  });
});

describe('config.yaml', () => {
  test.each([
    ['cull: {timeout: soon}', 'config.yaml:1: cull.timeout should be a number from 1 to 31536000'],
    ['cull: {timout: 10}', 'config.yaml:1: cull.timout is not a setting; did you mean cull.timeout?'],
    ['cull: 600', 'config.yaml:1: cull should be a mapping of names and values'],
    [
      'singleuser:\n  memory:\n    limit: [1]',
      'config.yaml:3: singleuser.memory.limit should be a size such as 512M or 2G',
    ],
    ['singleuser:\n  image: {tag: latest}', /^config\.yaml:2: singleuser\.image should be an image/],
    [
      'singleuser: {image: {name: x, tga: latest}}',
      /^config\.yaml:1: singleuser\.image should be an image .* or its name and tag$/,
    ],
    ['singeluser: {cpu: {limit: 1}}', /^config\.yaml:1: singeluser is not a setting/],
    [
      'hub:\n  config:\n    Spawner: {mem_limt: 2G}',
      'config.yaml:3: Spawner.mem_limt is not a setting; did you mean Spawner.mem_limit?',
    ],
    [
      'hub:\n  config:\n    Authenticator:\n      allowed_user: [a]',
      'config.yaml:4: Authenticator.allowed_user is not a setting; did you mean Authenticator.allowed_users?',
    ],
    [
      'hub: {config: {Authenticator: {admin_users: {alice: true}}}}',
      'config.yaml:1: Authenticator.admin_users should be a list of words',
    ],
    ['hub: {config: {Spawner: 2G}}', 'config.yaml:1: hub.config.Spawner should be a mapping of traits'],
    ['hub: {config: [Spawner]}', 'config.yaml:1: hub.config should be a mapping of classes'],
    [
      'hub:\n  config:\n    Spawner: {mem_limit: 1G}\n    KubeSpawner: {start_timeout: never}',
      'config.yaml:4: KubeSpawner.start_timeout should be a number from 1 to 3600',
    ],
    [
      'hub: {config: {JupyterHub: {bind_url: "http://:8000/a/", base_url: /b/}}}',
      'config.yaml:1: JupyterHub.base_url says something else than JupyterHub.bind_url, which includes it',
    ],
    [
      'hub: {config: {KubeSpawner: {mem_limit: 1G}, DockerSpawner: {mem_limit: 2G}}}',
      'config.yaml:1: DockerSpawner.mem_limit says something else than KubeSpawner.mem_limit, which is the same setting',
    ],
    [
      'hub: {extraConfig: {my: "c.x = 1"}}',
      /^config\.yaml:1: hub\.extraConfig is Python, which this hub does not run/,
    ],
    [
      'hub:\n  loadRoles:\n    grader: {scopes: [read:everything]}',
      'config.yaml:2: hub.loadRoles cannot be: role grader: there is no scope read:everything',
    ],
    [
      'hub:\n  loadRoles:\n    grader:\n      scopes: self',
      /^config\.yaml:4: hub\.loadRoles\.grader\.scopes /,
    ],
    ['hub:\n  services:\n    x:\n      apiToken: short', /^config\.yaml:4: hub\.services\.x\.apiToken /],
    ['hub:\n  services:\n    x:\n      command: [rm]', /^config\.yaml:3: hub\.services\.x /],
    ['singleuser:\n  memory: 2G', 'config.yaml:2: singleuser.memory should be a mapping of names and values'],
    ['singleuser:\n  memory:\n  limit: 1G', /^config\.yaml:3: singleuser\.limit is not a setting/],
    ['hub:\nconfig:\n  Authenticator: {}', 'config.yaml:2: config is not a setting'],
    ['cull:\n  enabled: "yes please"', 'config.yaml:2: cull.enabled should be true or false'],
    [
      'hub:\n  config:\n    authenticator: {admin_users: [a]}',
      'config.yaml:3: authenticator.admin_users is not a setting; did you mean Authenticator.admin_users?',
    ],
    ['cull: {timeout: 10m}', 'config.yaml:1: cull.timeout should be a number from 1 to 31536000'],
    ['cull:\n  timeout: 10\n  timeout: 20', 'config.yaml:3: this is not YAML: Map keys must be unique'],
    ['“cull”: {timeout: 1}', 'config.yaml:1: “cull” is not a setting'],
    [
      'singleuser:\n  profileList:\n    - display_name: A\n      kubespawner_override: {mem_limits: 1G}',
      /^config\.yaml:\d: singleuser\.profileList.*\[0\]\.kubespawner_override\.mem_limits is not known$/,
    ],
    [
      'singleuser:\n  profileList:\n    - description: x',
      /^config\.yaml:\d: singleuser\.profileList.*display_name/,
    ],
    [
      'hub:\n  config:\n    Spawner: {pre_spawn_hook: hook.py}',
      /^config\.yaml:3: Spawner\.pre_spawn_hook is a function of Python, which this hub does not run/,
    ],
    ['singleuser:\n  storage: {type: nfs}', /^config\.yaml:2: singleuser\.storage\.type should be one of /],
    ['cull: {timeout: 1}\ncull: {every: 1}', 'config.yaml:2: this is not YAML: Map keys must be unique'],
    ['cull:\n  timeout: 1\n every: 2', /^config\.yaml:\d: this is not YAML/],
    ['cull:\n\ttimeout: 1', /^config\.yaml:2: this is not YAML/],
    ['- cull', 'config.yaml:1: should hold names with values, such as hub: and singleuser:'],
    [
      'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]',
      /refers to itself/,
    ],
  ])('%s', (text, line) => {
    const { code, lines } = check({ 'config.yaml': `${text}\n` });
    expect(code).toBe(2);
    if (typeof line === 'string') expect(lines).toContain(line);
    else expect(lines).toContainEqual(expect.stringMatching(line));
  });

  test('a fault in config.d is told with its own file and line', () => {
    const { lines } = check({
      'config.yaml': 'cull: {timeout: 10}\n',
      'config.d/10-good.yaml': 'cull: {every: 10}\n',
      'config.d/20-bad.yaml': '# a remark\ncull:\n  timeout: x\n',
    });
    expect(lines).toEqual(['config.d/20-bad.yaml:3: cull.timeout should be a number from 1 to 31536000']);
  });
});

describe('the command line', () => {
  test.each([
    ['--Spawner.mem_limt=2G', '--Spawner.mem_limt is not a setting; did you mean Spawner.mem_limit?'],
    ['--Spawner.mem_limit=lots', '--Spawner.mem_limit should be a size such as 512M or 2G'],
    ['--prot=8000', '--prot is not an option; did you mean --port?'],
    ['--port=http', '--JupyterHub.port should be a number from 1 to 65535'],
    ['--ip', '--ip lacks its value'],
    ['hub.py', 'word 1 of the command line is not understood: a setting is --Class.trait=value'],
    ['--config=nowhere.yaml', 'nowhere.yaml cannot be read: there is no such file'],
    [
      '--config=jupyterhub_config.py',
      'jupyterhub_config.py is Python, which this hub does not run: write config.yaml, with the same names under hub.config',
    ],
  ])('%s', (word, line) => {
    const { code, lines } = check({}, [word]);
    expect(code).toBe(2);
    expect(lines).toEqual([line]);
  });
});

test('all mistakes of all sources are told at once', () => {
  const { lines } = check({ '.env': 'MEM_LIMIT=x\nALLOW_ALL=y\n', 'config.yaml': 'cull: {timeout: z}\n' }, [
    '--port=w',
  ]);
  expect(lines).toHaveLength(4);
});

test('no fault and no warning shows a value, which may be a secret', () => {
  const secret = 'h0rse-battery-staple';
  const { lines } = check(
    {
      '.env': `GITHUB_CLIENT_SECRET=${secret}\nOAUTH_CALLBACK_URL=${secret}\nMEM_LIMIT=${secret}\n`,
      'config.yaml': `hub: {config: {GitHubOAuthenticator: {client_secrt: ${secret}}}, services: {x: {apiToken: [${secret}]}}}\n`,
    },
    [`--Spawner.cpu_limit=${secret}`, '--GenericOAuthenticator.client_secret', `=${secret}`, secret],
  );
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.join('\n')).not.toContain(secret);
});

test('who was overruled is told: a line of config.yaml that .env takes the effect from', () => {
  const { code, lines } = check({ '.env': 'CULL_TIMEOUT=5\n', 'config.yaml': 'cull: {timeout: 10}\n' });
  expect(code).toBe(0);
  expect(lines[0]).toBe(
    '(config.yaml:1: cull.timeout has no effect: CULL_TIMEOUT (.env:1) says it too, and wins)',
  );
});

test('a part of an address gives way to the whole one of a later source, and that is told', () => {
  const { code, lines } = check({
    '.env': 'HUB_API_BIND=http://jupyterhub:8081\n',
    'config.yaml': 'hub: {config: {JupyterHub: {hub_port: 8080}}}\n',
  });
  expect(code).toBe(0);
  expect(lines[0]).toBe(
    '(config.yaml:1: JupyterHub.hub_port has no effect: HUB_API_BIND says the whole address, and wins)',
  );
});
