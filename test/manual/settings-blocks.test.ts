// What the manual tells to write into .env, config.yaml or the access file is read by the hub's own reader.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runConfigCommand } from '../../hub/src/cli/config-commands.ts';
import { roles, services } from '../../hub/src/config/access-file.ts';
import { SETTINGS } from '../../hub/src/config/settings.ts';
import { PAGES, ROOT } from './pages.ts';
import { readBlocks } from './shell-blocks.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const blocks = PAGES.flatMap((page) =>
  readBlocks(read(page)).map((block) => [`${page}:${block.line}`, block] as const),
);
const of = (language: string) => blocks.filter(([, block]) => block.language === language);
const overlays = of('yaml').filter(([, { file }]) => file.startsWith('compose/'));
const documents = of('yaml').filter(([, { file }]) => !file.startsWith('compose/'));

/** What a page says around a block of which the block alone is no whole: told here, by the block's own words. */
const AROUND: readonly (readonly [pattern: RegExp, environment: Readonly<Record<string, string>>])[] = [
  [/^OTP_PROMPT=/m, { AUTHENTICATOR_CLASS: 'pam', ALLOW_ALL: 'true' }],
  [/hostPath:/, { SHARED_ROOTS: '/srv/data' }],
  [/uid: 0\b/, { ROOT_SERVERS: 'true' }],
  [/^VOLUME_DRIVER=|nodeSelector:/m, { SPAWNER: 'swarm' }],
];

/** `berth config check`: every fault and every warning, with its line. */
function checked(text: string, kind: 'env' | 'yaml'): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'berth-manual-'));
  try {
    writeFileSync(join(folder, kind === 'env' ? '.env' : 'config.yaml'), text);
    const around = AROUND.filter(([pattern]) => pattern.test(text)).map(([, environment]) => environment);
    const words = kind === 'env' ? ['--env-file', join(folder, '.env')] : [];
    const environment = { ...Object.assign({}, ...around), CONFIG_FILE: join(folder, 'config.yaml') };
    const { out = '', error = '' } = runConfigCommand(['check', ...words], environment);
    return `${out}${error}`.replaceAll(`${folder}/`, '').split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('there are blocks of each kind', () => {
  expect(of('dotenv').length).toBeGreaterThan(10);
  expect(documents.length).toBeGreaterThan(10);
  expect(overlays).toHaveLength(1);
  expect(of('json')).toHaveLength(1);
});

describe('.env', () => {
  const compose = globSync(['compose.yaml', 'compose/**/*.{yaml,sh}'], { cwd: ROOT }).map(read).join('\n');
  const known = new Set(Object.values(SETTINGS).map(({ env }) => env as string));

  test.each(of('dotenv'))('%s is in order', (_, { text }) => {
    expect(checked(text, 'env')).toEqual(['The configuration is in order.']);
  });
  test.each(of('dotenv'))('%s names only settings that somebody reads', (_, { text }) => {
    const names = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(0);
    const reads = (name: string) =>
      known.has(name) || name === 'COMPOSE_FILE' || compose.includes(`\${${name}`);
    expect(names.filter((name) => !reads(name))).toEqual([]);
  });
  test.each(of('dotenv').filter(([, { text }]) => /^COMPOSE_FILE=/m.test(text)))(
    '%s names files of Compose that are there',
    (_, { text }) => {
      const files = /^COMPOSE_FILE=(.*)$/m.exec(text)?.[1]?.split(':') ?? [];
      for (const file of files) expect(read(file)).toContain('services:');
    },
  );
});

test.each(documents)('config.yaml at %s is in order, and nothing in it is without effect', (_, { text }) => {
  expect(checked(text, 'yaml')).toEqual(['The configuration is in order.']);
});

test.each(overlays)('the overlay of Compose at %s changes services that are there', (_, { text }) => {
  const whole = parse(read('compose.yaml')) as { services: object };
  const { services: changed, ...rest } = parse(text) as { services: object };
  expect(rest).toEqual({});
  expect(Object.keys(whole.services)).toEqual(expect.arrayContaining(Object.keys(changed)));
});

test.each(of('json'))('the access file at %s is one', (_, { text }) => {
  const { loadRoles, services: named, ...rest } = JSON.parse(text);
  expect(rest).toEqual({});
  expect(roles.parse(loadRoles)).not.toHaveLength(0);
  expect(services.parse(named)).not.toHaveLength(0);
});
