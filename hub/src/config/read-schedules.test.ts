import { expect, test } from 'vitest';
import { loadConfiguration } from './load-configuration.ts';
import { readYaml } from './yaml-file.ts';

function load(text: string) {
  const read = readYaml(text, 'config.yaml');
  if ('faults' in read) throw new Error('no YAML');
  return loadConfiguration({ files: [read.file], environment: {} });
}

test('schedules of config.yaml, with what may be left out', () => {
  const loaded = load(`
schedules:
  - name: Statistics 101
    start: 45 7 * * mon-fri
    stop: 0 12 * * mon-fri
    timezone: Europe/Berlin
    group: stats101
    profile: small
  - {name: Two, start: 0 8 * * *, users: [ana], server: gpu}
`);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  expect(loaded.settings.schedules).toEqual([
    {
      name: 'Statistics 101',
      start: '45 7 * * mon-fri',
      stop: '0 12 * * mon-fri',
      timezone: 'Europe/Berlin',
      groups: ['stats101'],
      users: [],
      profile: 'small',
      server: '',
    },
    {
      name: 'Two',
      start: '0 8 * * *',
      stop: null,
      timezone: 'UTC',
      groups: [],
      users: ['ana'],
      profile: null,
      server: 'gpu',
    },
  ]);
});

test.each([
  ['a pattern that cannot be', 'start: 61 7 * * *', 'config.yaml:4', /has a minute that cannot be: 61/],
  ['a time zone that is none', 'start: 1 7 * * *\n    timezone: Mars/Phobos', 'config.yaml:5', /time zone/],
  ['a misspelt key', 'start: 1 7 * * *\n    grup: x', 'config.yaml:5', /is not known/],
  ['a stop that is no pattern', 'start: 1 7 * * *\n    stop: noon', 'config.yaml:5', /five fields/],
])('%s is told with its line', (_, words, place, reason) => {
  const loaded = load(`schedules:\n  - name: A\n    group: a\n    ${words}\n`);
  expect('faults' in loaded ? loaded.faults : []).toEqual([
    { name: expect.stringMatching(/^schedules\.0\./), place, reason: expect.stringMatching(reason) },
  ]);
});

test('two of one name, and one for nobody, are faults', () => {
  const loaded = load(
    'schedules:\n  - {name: A, start: 0 8 * * *, group: a}\n  - {name: A, start: 0 9 * * *}\n',
  );
  expect('faults' in loaded ? loaded.faults.map(({ place }) => place) : []).toEqual([
    'config.yaml:3',
    'config.yaml:3',
  ]);
});

test.each([
  ['a group’s key that is misspelt', 'cull:\n  groups:\n    staff:\n      timout: 5\n', 'config.yaml:4'],
  ['a group’s time that is none', 'cull:\n  groups:\n    staff:\n      maxAge: soon\n', 'config.yaml:4'],
  ['sleep that would come after the stop', 'cull:\n  timeout: 600\n  freezeTimeout: 600\n', 'config.yaml:3'],
  ['the same for a group', 'cull:\n  freezeTimeout: 900\n  groups: {a: {timeout: 600}}\n', 'config.yaml:3'],
])('%s is a fault with its line', (_, text, place) => {
  const loaded = load(text);
  expect('faults' in loaded ? loaded.faults.map((fault) => fault.place) : []).toEqual([place]);
});

test('every key of z2jh’s cull is taken, and means what it says', () => {
  const loaded = load(
    'cull: {enabled: true, timeout: 600, every: 60, concurrency: 3, maxAge: 0, users: true, adminUsers: false, removeNamedServers: true}',
  );
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  expect(loaded.warnings).toEqual([]);
  expect(loaded.settings).toMatchObject({
    cullTimeout: 600,
    cullMaxAge: null,
    cullConcurrency: 3,
    cullUsers: true,
    cullAdminUsers: false,
    cullRemoveNamedServers: true,
  });
});
