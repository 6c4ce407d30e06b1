import { readFileSync } from 'node:fs';
import { commentedFile, describeSettings, settingRows } from '../config/document-settings.ts';
import { type EnvFile, readEnvFile } from '../config/env-file.ts';
import type { Loaded } from '../config/load-configuration.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { SETTINGS, type Settings } from '../config/settings.ts';
import { tellFault } from '../config/source.ts';
import { CONFIG_USAGE } from './config-usage.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `berth config check|show|docs|generate`: what can be said of the configuration without a running hub. Words of
 * `berth serve` may follow; `--env-file FILE` reads a `.env` in the environment's place, so that faults tell its lines.
 */
export function runConfigCommand(words: readonly string[], environment: Environment): Outcome {
  const json = words.includes('--json');
  const [verb, ...rest] = words.filter((word) => word !== '--json');
  if (verb === 'generate') return generate(json);
  if (verb === 'docs') return docs(rest[0], json);
  if (verb === 'check') return check(load(rest, environment), json);
  if (verb === 'show') return show(load(rest, environment), json);
  if (verb === 'compose') return forCompose(load(rest, environment), json);
  return { code: 2, error: CONFIG_USAGE };
}

function load(words: readonly string[], environment: Environment): Loaded {
  const files: EnvFile[] = [];
  const rest = [...words];
  const serve: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--env-file') {
      const path = rest.shift() ?? '.env';
      files.push(readEnvFile(readFileSync(path, 'utf8'), path));
    } else serve.push(word);
  }
  const faults = files.flatMap((file) => file.faults);
  const loaded = readConfiguration({
    environment: { ...environment, ...Object.fromEntries(files.flatMap(({ values }) => [...values])) },
    words: serve,
    placeOf: (name) => files.map(({ placeOf }) => placeOf(name)).findLast((place) => place !== null) ?? null,
  });
  const warnings = [...files.flatMap((file) => file.warnings), ...loaded.warnings];
  if ('faults' in loaded) return { faults: [...faults, ...loaded.faults], warnings };
  return faults.length > 0 ? { faults, warnings } : { ...loaded, warnings };
}

/** Exit code 2 when something is wrong; warnings alone are in order. */
function check(loaded: Loaded, json: boolean): Outcome {
  const faults = 'faults' in loaded ? loaded.faults : [];
  const { warnings } = loaded;
  const code = faults.length > 0 ? 2 : 0;
  if (json) return { code, out: JSON.stringify({ faults, warnings }, null, 2) };
  const told = [...faults.map(tellFault), ...warnings.map((warning) => `(${tellFault(warning)})`)];
  if (code === 2) return { code, error: told.join('\n') };
  return { code, out: [...told, 'The configuration is in order.'].join('\n') };
}

/** Settings of which Compose has to know: what config.yaml says of them, as `NAME=value` for set-up. */
const OF_COMPOSE = ['publicIp', 'publicPort', 'network', 'acmeHosts', 'acmeEmail', 'acmeServer'] as const;

function forCompose(loaded: Loaded, json: boolean): Outcome {
  if ('faults' in loaded) return check(loaded, json);
  const pairs = OF_COMPOSE.filter((name) => loaded.origins.get(name)?.name !== SETTINGS[name].env)
    .filter((name) => loaded.origins.has(name))
    .map((name) => [SETTINGS[name].env, String(loaded.settings[name])] as const)
    .concat(overlaysOf(loaded.settings, loaded.origins.has('publicPort')));
  if (json) return { code: 0, out: JSON.stringify(Object.fromEntries(pairs), null, 2) };
  return { code: 0, out: pairs.map(([name, value]) => `${name}=${value}`).join('\n') };
}

/** z2jh's `proxy.https` as overlays of Compose, where `.env` names none itself. */
function overlaysOf({ httpsEnabled, httpsType }: Settings, hasPort: boolean): (readonly [string, string])[] {
  if (!httpsEnabled || httpsType === 'offload') return [];
  const overlays = ['compose/tls.yaml', ...(httpsType === 'letsencrypt' ? ['compose/acme.yaml'] : [])];
  return [
    ['COMPOSE_FILE', ['compose.yaml', ...overlays].join(':')],
    ...(hasPort ? [] : [['JUPYTERHUB_PORT', '443'] as const]),
  ];
}

const MASK = '********';

function show(loaded: Loaded, json: boolean): Outcome {
  if ('faults' in loaded) return check(loaded, json);
  const rows = Object.entries(SETTINGS).map(([name, described]) => {
    const given = loaded.origins.get(name);
    const value: unknown = Reflect.get(loaded.settings, name);
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    const secret = 'secret' in described && described.secret === true;
    return {
      name: described.env,
      value: secret && !empty ? MASK : value,
      from:
        given === undefined ? 'default' : [given.place, given.name].filter((part) => part !== null).join(' '),
    };
  });
  if (json) return { code: 0, out: JSON.stringify(rows, null, 2) };
  const lines = rows.map(({ name, value, from }) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
    from,
  ]);
  return { code: 0, out: table(['NAME', 'VALUE', 'FROM'], lines) };
}

function generate(json: boolean): Outcome {
  const text = commentedFile().trimEnd();
  return { code: 0, out: json ? JSON.stringify({ yaml: text }, null, 2) : text };
}

function docs(word: string | undefined, json: boolean): Outcome {
  const found = json ? settingRows(word) : describeSettings(word);
  if (found === null || found.length === 0) {
    return { code: 1, error: `No setting has “${word}” in its name.` };
  }
  return { code: 0, out: typeof found === 'string' ? found : JSON.stringify(found, null, 2) };
}
