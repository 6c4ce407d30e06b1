import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readProfileList } from '../src/config/profiles/profile-list.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/how-to/web-applications.md'), 'utf8');
const blocks = [...page.matchAll(/^( *)```yaml\n(.*?)^ *```$/gms)].map(([, indent = '', text = '']) =>
  text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
);

test('the page shows profiles of every kind', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(3);
});

test.each(blocks)('what the page shows is a profile that the hub reads, without a warning: %s', (text) => {
  const list = readProfileList(parse(text).singleuser.profileList, 'singleuser.profileList');
  expect(list).toMatchObject({ warnings: [], profiles: [{ override: { web: expect.anything() } }] });
});
