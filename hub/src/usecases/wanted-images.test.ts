import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { readProfileList } from '../config/profiles/profile-list.ts';
import { wantedImages } from './wanted-images.ts';

function imagesOf(profiles: unknown, extra: readonly string[] = []) {
  const read = readProfileList(profiles, 'profileList');
  if (typeof read === 'string') throw new Error(read);
  const settings = { ...SPAWN_SETTINGS, image: 'plain:1', pullPolicy: 'ifnotpresent' as const };
  return wantedImages({ settings, profiles: read.profiles, rootAllowed: false }, extra);
}

test('without profiles it is the one image of the settings, and those that are wanted besides', () => {
  expect(imagesOf([], ['more:1', 'plain:1'])).toEqual([
    { image: 'plain:1', usedBy: ['default', 'extra'], policy: 'ifnotpresent' },
    { image: 'more:1', usedBy: ['extra'], policy: 'ifnotpresent' },
  ]);
});

test('images of profiles and of their choices, each once, with who uses it and how it is fetched', () => {
  const profiles = [
    { display_name: 'Plain' },
    { display_name: 'Also plain' },
    {
      display_name: 'Choice',
      kubespawner_override: { image: 'never-started:1' },
      profile_options: {
        version: {
          choices: {
            a: { kubespawner_override: { image: 'a:1' } },
            b: { kubespawner_override: { image: 'b:1', image_pull_policy: 'Never' } },
          },
        },
      },
    },
  ];
  expect(imagesOf(profiles)).toEqual([
    { image: 'plain:1', usedBy: ['Plain', 'Also plain'], policy: 'ifnotpresent' },
    { image: 'a:1', usedBy: ['Choice'], policy: 'ifnotpresent' },
    { image: 'b:1', usedBy: ['Choice'], policy: 'never' },
  ]);
});
