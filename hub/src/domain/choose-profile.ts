import { Problem } from './problem.ts';
import { mayUse, type Override, type Profile, type ProfileOption } from './profile.ts';
import type { UserOptions } from './server.ts';

export interface Owner {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What somebody chose, checked. */
export interface Chosen {
  readonly profile: Profile;
  /** KubeSpawner's `user_options`: all of it said aloud, so that it means the same when a default changes. */
  readonly options: UserOptions;
  /** In the order in which they are made. */
  readonly overrides: readonly Override[];
}

/** Of the choice `Other…` in a form and in the API: `<option>--unlisted-choice`. */
export const UNLISTED = '--unlisted-choice';

/** The profiles that an owner may use, in their order. */
export function profilesOf(profiles: readonly Profile[], owner: Owner): readonly Profile[] {
  return profiles.filter((profile) => mayUse(profile, owner));
}

/** The one that is marked, or the first. */
export function defaultOf<T extends { readonly isDefault: boolean }>(things: readonly T[]): T | undefined {
  return things.find((thing) => thing.isDefault) ?? things[0];
}

/**
 * Reads `user_options`: `profile` is a slug, each option of the profile a key of its choices, or its text under
 * `<option>--unlisted-choice`. What is absent is the default. Other keys belong to somebody else and are kept.
 *
 * @throws Problem HTTP-400 for a profile or choice that is not there, or not for this owner: the two look alike.
 */
export function chooseProfile(profiles: readonly Profile[], owner: Owner, options: UserOptions): Chosen {
  const open = profilesOf(profiles, owner);
  const wanted = wordOf(options, 'profile');
  const profile = wanted === null ? defaultOf(open) : open.find(({ slug }) => slug === wanted);
  if (profile === undefined) {
    if (open.length === 0)
      throw refused('There is no profile for you here. Ask the administrator for access.');
    throw refused(
      `There is no profile ${wanted} for you. Yours: ${open.map(({ slug }) => slug).join(', ')}.`,
    );
  }
  const made = profile.options.map((option) => chooseOption(option, options));
  return {
    profile,
    options: Object.assign({}, options, { profile: profile.slug }, ...made.map(({ said }) => said)),
    overrides: [profile.override, ...made.map(({ override }) => override)],
  };
}

interface Made {
  readonly said: UserOptions;
  readonly override: Override;
}

function chooseOption(option: ProfileOption, options: UserOptions): Made {
  const { key, choices, unlisted } = option;
  const text = wordOf(options, `${key}${UNLISTED}`);
  if (text !== null && text !== '') {
    const override = unlisted?.read(text) ?? null;
    if (override !== null) return { said: { [`${key}${UNLISTED}`]: text }, override };
    throw refused(unlisted === null ? `${option.name} takes no text of your own.` : unlisted.message);
  }
  const wanted = wordOf(options, key);
  const choice = wanted === null ? defaultOf(choices) : choices.find((one) => one.key === wanted);
  if (choice === undefined && wanted === null) return { said: {}, override: {} };
  if (choice === undefined) {
    // DockerSpawner's scripts name an image where KubeSpawner's would say that it is none of the choices.
    const named =
      wanted === null || unlisted === null || unlisted.pattern === null ? null : unlisted.read(wanted);
    if (named !== null) return { said: { [`${key}${UNLISTED}`]: wanted }, override: named };
    throw refused(
      `${option.name} cannot be ${wanted}. Possible: ${choices.map((one) => one.key).join(', ')}.`,
    );
  }
  return { said: { [key]: choice.key }, override: choice.override };
}

/** @throws Problem HTTP-400 when it is there and no text. */
function wordOf(options: UserOptions, key: string): string | null {
  const value = Object.hasOwn(options, key) ? options[key] : null;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  throw refused(`${key} should be a text.`);
}

function refused(detail: string): Problem {
  return new Problem('HTTP-400', { detail });
}
