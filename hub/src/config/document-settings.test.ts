import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commentedFile, configSchema, describeSettings } from './document-settings.ts';
import { loadConfiguration } from './load-configuration.ts';
import { SETTINGS } from './settings.ts';
import { readYaml } from './yaml-file.ts';

const Z2JH = join(import.meta.dirname, '../../../test/setups/z2jh/config.yaml');
const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(configSchema())));

test('the schema for editors takes a z2jh config.yaml', () => {
  expect(schema.safeParse(parse(readFileSync(Z2JH, 'utf8'))).error?.issues).toBeUndefined();
});

test.each([
  { cull: { timeout: [] } },
  { cull: { timeout: 0 } },
  { hub: { config: { Authenticator: { admin_users: { alice: true } } } } },
  { singleuser: { memory: { limit: true } } },
  { hub: 'x' },
])('the schema for editors refuses %j', (content) => {
  expect(schema.safeParse(content).success).toBe(false);
});

test('the generated file without its first comment marks is a configuration that says nothing but defaults', () => {
  // The first lines are prose.
  const read = readYaml(commentedFile().replace(/^# /gm, '').split('\n').slice(4).join('\n'), 'config.yaml');
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const plain = loadConfiguration({});
  const loaded = loadConfiguration({ files: [read.file] });
  if ('faults' in loaded || 'faults' in plain) throw new Error(JSON.stringify(loaded));
  expect(loaded.settings).toEqual(plain.settings);
  expect(loaded.origins.size).toBe(Object.keys(SETTINGS).length);
});

test('docs answers to any name of a setting, and to none with nothing', () => {
  for (const word of ['MEM_LIMIT', 'singleuser.memory.limit', 'Spawner.mem_limit', 'mem_lim']) {
    expect(describeSettings(word)).toContain('Memory of one server');
  }
  expect(describeSettings('no such word')).toBeNull();
});
