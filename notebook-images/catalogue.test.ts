import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readProfileList } from '../hub/src/config/profiles/profile-list.ts';
import { catalogue, readCatalogue } from './catalogue.ts';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const images = await readCatalogue();
const ids = images.map(({ id }) => id);

test('an image has one folder with a Dockerfile and a profile, and no folder is without a word in the catalogue', async () => {
  for (const id of ids) {
    for (const file of ['Dockerfile', 'profile.yaml']) {
      expect(existsSync(join(HERE, id, file)), `${id}/${file}`).toBe(true);
    }
  }
  const folders = (await readdir(HERE, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...ids, 'shared'].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('an image stands after the one it is built on, and needs what that needs', () => {
  for (const [place, { id, from, build, needs }] of images.entries()) {
    if (build === 'registry') expect(from, id).toMatch(/^[a-z.]+\/[a-z0-9/-]+:[\w.-]+$/);
    else if (from !== undefined) expect(ids.slice(0, place), id).toContain(from);
    expect(needs, id).toBe(build === 'debian' ? undefined : build);
  }
});

test('what `make up` builds needs nothing but Debian', () => {
  expect(images.filter((image) => image.default).map(({ id }) => id)).toEqual(['minimal']);
  expect(images.find(({ id }) => id === 'minimal')?.needs).toBeUndefined();
});

test('set-up reads the same of the catalogue as a YAML parser', async () => {
  const script = `. compose/setup/settings.sh; . compose/setup/catalogue.sh
    for id in $(catalogue_ids); do echo "$id|$(catalogue_says "$id" from)|$(catalogue_says "$id" needs)|$(catalogue_says "$id" default)"; done`;
  const { stdout } = await run('bash', ['-c', script, 'compose/setup/test'], { cwd: join(HERE, '..') });
  expect(stdout.trim().split('\n')).toEqual(
    images.map((image) => [image.id, image.from, image.needs, image.default].join('|')),
  );
});

test.each(ids)('the profile of %s is one that the hub reads, and offers that image', async (id) => {
  const text = await readFile(join(HERE, id, 'profile.yaml'), 'utf8');
  const list = readProfileList(parse(text), '');
  if (typeof list === 'string') throw new Error(list);
  expect(list.warnings).toEqual([]);
  expect(list.profiles).toMatchObject([{ slug: id, override: { image: `berth-notebook-${id}` } }]);
  const [profile] = list.profiles;
  const { icon, title, serves } = images.find((image) => image.id === id) ?? {};
  expect(profile?.name).toBe(`${title} ${icon}`);
  expect(profile?.override.web === undefined, 'guarded by the proxy').toBe(serves === 'hub');
  // A web application asks for the proxy's secret: neighbours can reach its port.
  if (serves === 'web')
    expect(profile?.override.web?.tokenHeader).toEqual({ name: 'X-Door-Token', variable: 'DOOR_TOKEN' });
});

test.each([
  ['an unknown key', { colour: 'red' }],
  ['an id that is no image name', { id: 'My Image' }],
  ['a size without a unit', { size: '3' }],
  ['a word that is no emoji', { icon: 'X!' }],
  ['a way of building that nobody knows', { build: 'magic' }],
])('the schema refuses %s', (_, wrong) => {
  expect(catalogue.safeParse({ images: [images[0]] }).success).toBe(true);
  expect(catalogue.safeParse({ images: [{ ...images[0], ...wrong }] }).success).toBe(false);
});
