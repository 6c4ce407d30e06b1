import { parseDocument } from 'yaml';
import { readEnvFile } from './env-file.ts';
import { SETTINGS } from './settings.ts';

const TELLING = /secret|token|passw|_key$|^keys?$|apikey|cryptkeeper|credential/i;
const SECRET_NAMES = new Set(
  Object.values(SETTINGS).flatMap((described) =>
    'secret' in described && described.secret === true ? [described.env as string] : [],
  ),
);

/** Values in a `.env` that are secret by their setting, or by the sound of their name. */
export function secretsOfEnv(text: string): readonly string[] {
  const { values } = readEnvFile(text, '.env');
  return [...values].flatMap(([name, value]) =>
    SECRET_NAMES.has(name) || TELLING.test(name) ? [value, ...value.split(';')] : [],
  );
}

/** Every text in a YAML file that stands under a name which sounds like a secret. */
export function secretsOfYaml(text: string): readonly string[] {
  const found: string[] = [];
  collect(parseDocument(text).toJS({ maxAliasCount: 100 }), false, found);
  return found;
}

function collect(value: unknown, secret: boolean, found: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    if (secret) found.push(String(value));
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, secret, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) collect(each, secret || TELLING.test(name), found);
  }
}
