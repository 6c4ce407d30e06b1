import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../hub/src/cli/commands.ts';
import { readEnvFile } from '../../../hub/src/config/env-file.ts';
import { importPython } from '../../../hub/src/config/import/import-python.ts';
import { type Loaded, loadConfiguration } from '../../../hub/src/config/load-configuration.ts';
import { readPython } from '../../../hub/src/config/python/read-python.ts';
import { SETTINGS } from '../../../hub/src/config/settings.ts';
import { readYaml } from '../../../hub/src/config/yaml-file.ts';
import { must, type ReaderTarget } from '../reader-target.ts';

const ROOT = join(import.meta.dirname, '../../..');
const file = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Stands where a secret would. Faults go to the log, so none may hold it. */
export const SECRET = 'fz0secret0word';

const ENV_NAMES = Object.values(SETTINGS).map(({ env }) => env);
const SECRET_NAMES = Object.values(SETTINGS).flatMap((one) =>
  'secret' in one && one.secret === true ? [one.env] : [],
);
const TRAITS = Object.values(SETTINGS).flatMap((one) =>
  'trait' in one && one.trait !== undefined ? [one.trait].flat() : [],
);

const yaml: ReaderTarget = {
  name: 'config.yaml',
  seeds: [
    file('test/setups/z2jh/config.yaml'),
    `hub:\n  config:\n    GitHubOAuthenticator: {client_id: a, client_secret: "${SECRET}", oauth_callback_url: https://h.example/hub/oauth_callback}\n`,
    'singleuser:\n  memory: {limit: 1G}\n  extraEnv: {A: b}\ncull: {enabled: true, timeout: 600}\n',
    'hub:\n  loadRoles: {r: {scopes: ["self"], users: [a]}}\n  services: {s: {apiToken: "0123456789abcdef"}}\nberth: {}\n',
  ],
  words: [
    ...TRAITS.filter((name) => !name.includes('.')),
    'hub:',
    '  config:',
    '    Spawner:',
    'singleuser:',
    '&a',
    '*a',
    '<<:',
    '!!binary',
    '? ',
  ],
  read(input) {
    const read = readYaml(input, 'config.yaml');
    checkLoaded(
      'faults' in read ? { faults: read.faults, warnings: [] } : loadConfiguration({ files: [read.file] }),
    );
  },
};

/** A setting that is secret, with a value that is nearly right: whatever is wrong with it, it is not told. */
const secretSettings: ReaderTarget = {
  name: 'secret settings',
  seeds: SECRET_NAMES.map((name) => `${name}\n${SECRET}`),
  words: ['{', '[', '"', ':', ';', '*', ...ENV_NAMES.slice(0, 5)],
  read(input) {
    const [name = '', ...rest] = input.split('\n');
    const value = `${rest.join('\n')}${SECRET}`;
    const [known] = SECRET_NAMES.filter((each) => name.includes(each));
    if (known === undefined) return;
    checkLoaded(loadConfiguration({ environment: { [known]: value } }), SECRET);
    const line = readEnvFile(`${known}=${value.replaceAll('\n', ' ')}`, '.env');
    must(!JSON.stringify([line.faults, line.warnings]).includes(SECRET), 'a fault of .env tells a secret');
    const read = readYaml(
      `hub:\n  config:\n    GitHubOAuthenticator:\n      client_secret: ${value}`,
      'config.yaml',
    );
    const told =
      'faults' in read ? { faults: read.faults, warnings: [] } : loadConfiguration({ files: [read.file] });
    // Behind a line's end it is no value any more but a name, and names are told.
    checkLoaded(told, /[\n:,{?]/.test(value) ? undefined : SECRET);
  },
};

const env: ReaderTarget = {
  name: '.env',
  seeds: [
    file('.env.example'),
    file('test/setups/deploy-docker-2018/.env'),
    ...ENV_NAMES.map((name) => `${name}=1\nMEM_LIMIT=2G`),
  ],
  words: ENV_NAMES.map((name) => `${name}=`),
  read(input) {
    const { values, faults, warnings } = readEnvFile(input, '.env');
    checkLoaded({ faults, warnings });
    checkLoaded(loadConfiguration({ environment: Object.fromEntries(values) }));
  },
};

const commandLine: ReaderTarget = {
  name: 'berth serve',
  seeds: [
    '--Spawner.mem_limit=2G\n--ip=127.0.0.1',
    '-f\nconfig.yaml\n--debug',
    '--Authenticator.admin_users={"a","b"}',
  ],
  words: [...TRAITS.filter((name) => name.includes('.')).map((name) => `--${name}=`), '--port', '--help-all'],
  read: (input) => checkLoaded(loadConfiguration({ words: input.split('\n') })),
};

const python: ReaderTarget = {
  name: 'jupyterhub_config.py',
  seeds: [
    ...['deploy-docker-2018', 'deploy-docker-now', 'one-server'].map((name) =>
      file(`test/setups/python/${name}.py`),
    ),
    `c.GitHubOAuthenticator.client_secret = '${SECRET}'\nc.Authenticator.allowed_users = {'a'} | set()\n`,
  ],
  words: [
    'c.',
    'c.Spawner.',
    ' = ',
    'f"{a}"',
    'os.environ["A"]',
    '.format(',
    ' % ',
    'if ',
    'for ',
    'lambda',
    '[x for x in y]',
    '{**a}',
    ...TRAITS,
  ],
  read(input) {
    const { assigned, leftOut } = readPython(input);
    must(Array.isArray(assigned) && leftOut.every(({ line }) => line >= 0), 'what was left out has a line');
    const { yaml: written } = importPython(input, 'jupyterhub_config.py');
    must(!('faults' in readYaml(written, 'config.yaml')), 'what an import writes is YAML');
  },
};

const counter: ReaderTarget = {
  name: 'berth',
  seeds: [
    'users',
    'token\nana',
    'invite\nben',
    'logs\nana\n--lines\n5',
    'audit\n--user\nana',
    'cull\n--dry-run',
    'images\npull\nx',
    'status\n--json',
    'groups\nclass',
  ],
  words: [
    'servers',
    'shares',
    'volumes',
    'doctor',
    'health',
    'setup-link',
    'backup-made',
    'config',
    'reload',
    '--json',
    '--since',
    '--all',
  ],
  async read(input) {
    const asked: string[] = [];
    const { code } = await runCommand((_, path) => {
      asked.push(path);
      return Promise.resolve({ status: 404, body: { message: 'nothing' } });
    }, input.split('\n'));
    must([0, 1, 2, 3, 4, 5].includes(code), `exit code ${code}`);
    for (const path of asked) must(!/[\s\0#]/.test(path), `asks for ${JSON.stringify(path)}`);
  },
};

function checkLoaded(
  loaded: Loaded | Pick<Extract<Loaded, { faults: unknown }>, 'faults' | 'warnings'>,
  secret?: string,
): void {
  const faults = 'faults' in loaded ? loaded.faults : [];
  for (const { reason } of [...faults, ...loaded.warnings]) {
    must(reason.length > 0 && reason.length < 2000, `a fault's words are ${reason.length} letters`);
    must(secret === undefined || !reason.includes(secret), `a fault tells a secret: ${reason}`);
  }
}

export const CONFIGURATION_READERS: readonly ReaderTarget[] = [
  yaml,
  secretSettings,
  env,
  commandLine,
  python,
  counter,
];
