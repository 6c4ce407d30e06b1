import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvFile } from '../src/config/env-file.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const OVERLAYS = ['acme', 'apache', 'nginx', 'pam', 'socket-gate', 'tls'].map(
  (name) => `compose/${name}.yaml`,
);
/** Filled in by set-up itself. */
const NOT_FOR_ENV = ['BERTH_CONFIG_INPUTS'];

test('every name that Compose and set-up read in .env may stand there', () => {
  const scripts = globSync('compose/setup/*.sh', { cwd: ROOT })
    .map(read)
    .join('\n')
    .replaceAll(/^\s*#.*$/gm, '');
  const names = new Set([
    ...[...scripts.matchAll(/\bsetting ([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name),
    ...['compose.yaml', ...OVERLAYS].flatMap((path) =>
      [...read(path).matchAll(/\$\{([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name),
    ),
  ]);
  for (const name of NOT_FOR_ENV) names.delete(name);
  expect(names.size).toBeGreaterThan(40);
  const refused = [...names].filter((name) => readEnvFile(`${name}=1\n`, '.env').faults.length > 0);
  expect(refused).toEqual([]);
});
