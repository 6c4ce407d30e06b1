import { describe, expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { chooseProfile, profilesOf } from './choose-profile.ts';
import { applyOverrides, type Profile } from './profile.ts';

const profile = (slug: string, more: Partial<Profile> = {}): Profile => ({
  slug,
  name: slug,
  description: '',
  isDefault: false,
  override: {},
  options: [],
  allowedGroups: null,
  allowedUsers: null,
  ...more,
});
const ann = { name: 'ann', groups: ['bio'] };
const version = {
  key: 'version',
  name: 'Version',
  choices: [
    { key: 'old', name: 'Old', isDefault: false, override: { image: 'lab:1' } },
    { key: 'new', name: 'New', isDefault: true, override: { image: 'lab:2', memory: null } },
  ],
  unlisted: {
    name: 'Your own',
    choiceName: 'Other…',
    pattern: 'lab:.+',
    message: 'An image of ours, please.',
    read: (text: string) => (/^lab:.+$/.test(text) ? { image: text } : null),
  },
};
const list = [
  profile('plain'),
  profile('lab', { isDefault: true, override: { image: 'lab:0', memory: 1 }, options: [version] }),
  profile('gpu', { allowedGroups: ['physics'], allowedUsers: ['zoe'], override: { gpus: 1 } }),
];

describe('what is not said is the default', () => {
  test('of profiles, and of the options of each', () => {
    const chosen = chooseProfile(list, ann, {});
    expect(chosen).toMatchObject({ profile: { slug: 'lab' }, options: { profile: 'lab', version: 'new' } });
    expect(applyOverrides(SPAWN_SETTINGS, chosen.overrides ?? [])).toMatchObject({
      image: 'lab:2',
      memory: null,
    });
  });
  test('the first, when none is marked', () => {
    expect(chooseProfile([profile('one'), profile('two')], ann, {}).profile.slug).toBe('one');
  });
  test('and who may use none is told so', () => {
    const detail = 'There is no profile for you here. Ask the administrator for access.';
    expect(() => chooseProfile([profile('x', { allowedUsers: [] })], ann, {})).toThrow(
      expect.objectContaining({ code: 'HTTP-400', facts: { detail } }),
    );
  });
});

test('a text of one’s own goes before a choice, and is kept as it was given', () => {
  const options = { profile: 'lab', version: 'old', 'version--unlisted-choice': 'lab:9', course: 7 };
  const chosen = chooseProfile(list, ann, options);
  expect(chosen.overrides.at(-1)).toEqual({ image: 'lab:9' });
  expect(chosen.options).toEqual(options);
});

test('a form’s empty field is no text', () => {
  expect(chooseProfile(list, ann, { 'version--unlisted-choice': '' }).options).toMatchObject({
    version: 'new',
  });
});

test.each([
  [{ profile: 'nosuch' }, 'There is no profile nosuch for you. Yours: plain, lab.'],
  [{ profile: 'gpu' }, 'There is no profile gpu for you. Yours: plain, lab.'],
  [{ profile: 7 }, 'profile should be a text.'],
  [{ profile: 'lab', version: 'constructor' }, 'Version cannot be constructor. Possible: old, new.'],
  [{ profile: 'lab', version: ['old'] }, 'version should be a text.'],
  [{ profile: 'lab', 'version--unlisted-choice': 'evil:1' }, 'An image of ours, please.'],
])('%j is refused with its reason', (options, detail) => {
  expect(() => chooseProfile(list, ann, options)).toThrow(
    expect.objectContaining({ code: 'HTTP-400', facts: { detail } }),
  );
});

test('a profile is for its groups and its people, and being somebody else’s administrator is none of it', () => {
  const slugs = (name: string, groups: readonly string[]) =>
    profilesOf(list, { name, groups }).map(({ slug }) => slug);
  expect(slugs('ann', ['bio'])).toEqual(['plain', 'lab']);
  expect(slugs('ann', ['bio', 'physics'])).toEqual(['plain', 'lab', 'gpu']);
  expect(slugs('zoe', [])).toEqual(['plain', 'lab', 'gpu']);
});

test('an empty list of groups lets nobody in, it is not the same as none', () => {
  expect(profilesOf([profile('x', { allowedGroups: [] })], ann)).toEqual([]);
});

test('variables are merged, null takes one away, all else is replaced', () => {
  const before = { ...SPAWN_SETTINGS, environment: { A: '1', B: '2' }, args: ['--x'] };
  const after = applyOverrides(before, [{ environment: { B: null, C: '3' } }, { args: ['--y'], uid: 0 }]);
  expect(after).toMatchObject({ environment: { A: '1', C: '3' }, args: ['--y'], uid: 0 });
  expect(after.environment).not.toHaveProperty('B');
});
