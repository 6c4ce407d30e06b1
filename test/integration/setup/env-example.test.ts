// .env.example is the first page that an administrator reads: everything on it has to be true.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../../hub/src/config/load-settings.ts';
import { SETTINGS } from '../../../hub/src/config/settings.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const example = new Map(
  read('.env.example')
    .split('\n')
    // A default stands there as a remark: a line that says it would take the effect from config.yaml.
    .map((line) => line.replace(/^#(?=[A-Z_]+=)/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

test('every name in .env.example is one that the hub, Compose or set-up reads', () => {
  const ours = read('compose.yaml') + globSync('compose/setup/*.sh', { cwd: ROOT }).map(read).join('');
  const hubs = new Set(Object.values(SETTINGS).map(({ env }) => env as string));
  const unknown = [...example.keys()].filter(
    (name) => !hubs.has(name) && !ours.includes(`\${${name}`) && !ours.includes(`setting ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('the hub understands .env.example as it is', () => {
  expect(loadSettings(Object.fromEntries(example))).not.toHaveProperty('faults');
});

test('what the example sets is what would hold without it, except the limit of cores', () => {
  for (const { env, fallback } of Object.values(SETTINGS)) {
    const told = example.get(env);
    if (told === undefined || told === '' || env === 'CPU_LIMIT') continue;
    expect(`${env}=${told}`).toBe(`${env}=${fallback}`);
  }
});
