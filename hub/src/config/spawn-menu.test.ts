import { expect, test } from 'vitest';
import { chooseProfile } from '../domain/choose-profile.ts';
import { loadSettings } from './load-settings.ts';
import { rootFaults, spawnMenu } from './spawn-menu.ts';

function settingsOf(environment: Readonly<Record<string, string>>) {
  const loaded = loadSettings({ ALLOW_ALL: 'true', ...environment });
  if ('faults' in loaded) throw new Error(loaded.faults.map(({ reason }) => reason).join('; '));
  return loaded.settings;
}
const menu = (environment: Readonly<Record<string, string>>) => spawnMenu(settingsOf(environment));
const ann = { name: 'ann', groups: [] };

test('unless told, there is nothing to choose', () => {
  expect(menu({}).profiles).toEqual([]);
});

test.each([
  ['a list', 'lab:1 lab:2', { image: 'lab:2' }],
  ['what people read, with its image', '{"Old": "lab:1", "New": "lab:2"}', { image: 'New' }],
])('allowed images as %s are the options of one profile', (_, allowed, options) => {
  const { profiles } = menu({ ALLOWED_IMAGES: allowed, DOCKER_NOTEBOOK_IMAGE: 'lab:1' });
  expect(chooseProfile(profiles, ann, options).overrides.at(-1)).toEqual({ image: 'lab:2' });
  // The hub's own image is what one gets without a word.
  expect(chooseProfile(profiles, ann, {}).overrides.at(-1)).toEqual({ image: 'lab:1' });
  expect(() => chooseProfile(profiles, ann, { image: 'evil:1' })).toThrow(
    expect.objectContaining({ code: 'HTTP-400' }),
  );
});

test('with * any image may be named, and nothing that is none', () => {
  const { profiles } = menu({ ALLOWED_IMAGES: '*', DOCKER_NOTEBOOK_IMAGE: 'lab:1' });
  const named = (text: string) => chooseProfile(profiles, ann, { 'image--unlisted-choice': text });
  expect(named('quay.io/jupyter/scipy-notebook:latest').overrides.at(-1)).toEqual({
    image: 'quay.io/jupyter/scipy-notebook:latest',
  });
  // As scripts written for DockerSpawner say it.
  expect(chooseProfile(profiles, ann, { image: 'lab:7' }).overrides.at(-1)).toEqual({ image: 'lab:7' });
  for (const text of ['--privileged', 'lab:1 lab:2', 'a'.repeat(300), '../x'])
    expect(() => named(text)).toThrow();
});

test('profiles go before allowed images', () => {
  const { profiles } = menu({ PROFILES: '[{"display_name": "One"}]', ALLOWED_IMAGES: 'lab:1' });
  expect(profiles.map(({ slug }) => slug)).toEqual(['one']);
});

test('profiles for root are named, in their choices too, until the settings allow them', () => {
  const PROFILES = JSON.stringify([
    { display_name: 'Safe' },
    { display_name: 'Root', kubespawner_override: { uid: 0 } },
    {
      display_name: 'Sly',
      profile_options: { who: { choices: { root: { kubespawner_override: { uid: 0 } } } } },
    },
  ]);
  expect(rootFaults(settingsOf({ PROFILES })).join()).toMatch(/root.*sly/i);
  expect(rootFaults(settingsOf({ PROFILES, ROOT_SERVERS: 'true' }))).toEqual([]);
});

test('a fault in a profile is told with its place', () => {
  const loaded = loadSettings({
    PROFILES: '[{"display_name": "A", "kubespawner_override": {"mem_limt": 1}}]',
  });
  expect('faults' in loaded && loaded.faults[0]?.reason).toBe(
    'is wrong: [0].kubespawner_override.mem_limt is not known',
  );
});
