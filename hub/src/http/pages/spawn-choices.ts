import { chooseProfile, defaultOf, UNLISTED } from '../../domain/choose-profile.ts';
import { Problem } from '../../domain/problem.ts';
import type { Profile, ProfileOption } from '../../domain/profile.ts';
import type { UserOptions } from '../../domain/server.ts';
import type { ProfileCardProps, ProfileOptionProps } from '../views/spawn-props.ts';

/** Value of the choice "Other…" in a select. No key of a choice begins like this by accident. */
const OTHER = '--other';

/** KubeSpawner's names for the fields of its form. */
function fieldOf(profile: string, option: string): string {
  return `profile-option-${profile}--${option}`;
}

/** Whether there is anything to ask, or to tell: one profile without options is no choice, none at all is a wall. */
export function asksSomething(profiles: readonly Profile[] | null): boolean {
  if (profiles === null) return false;
  return profiles.length === 0 || profiles.length > 1 || profiles.some(({ options }) => options.length > 0);
}

/** The image that a profile starts with when nothing else is chosen. */
export function imageOf({ override, options }: Profile, image: string): string {
  const chosen = options.map(({ choices }) => defaultOf(choices)?.override.image);
  return chosen.findLast((one) => one !== undefined) ?? override.image ?? image;
}

/** The profiles as cards, with `chosen` (the last choice, or what a link says) filled in. */
export function presentProfiles(
  profiles: readonly Profile[],
  chosen: UserOptions,
  isHere: (profile: Profile) => boolean | null = () => null,
): readonly ProfileCardProps[] {
  const wanted = profiles.find(({ slug }) => slug === chosen.profile) ?? defaultOf(profiles);
  return profiles.map((profile) => ({
    slug: profile.slug,
    name: profile.name,
    description: profile.description,
    checked: profile === wanted,
    here: isHere(profile),
    options: profile.options.map((option) =>
      presentOption(profile, option, profile === wanted ? chosen : {}),
    ),
  }));
}

function presentOption({ slug }: Profile, option: ProfileOption, chosen: UserOptions): ProfileOptionProps {
  const { key, choices, unlisted } = option;
  const text = unlisted === null ? undefined : chosen[`${key}${UNLISTED}`];
  const selected = choices.find((choice) => choice.key === chosen[key]) ?? defaultOf(choices);
  const other = typeof text === 'string' || choices.length === 0;
  return {
    field: fieldOf(slug, key),
    name: option.name,
    choices: choices.map((choice) => ({
      key: choice.key,
      name: choice.name,
      selected: !other && choice === selected,
    })),
    unlisted:
      unlisted === null
        ? null
        : {
            field: `${fieldOf(slug, key)}${UNLISTED}`,
            value: OTHER,
            name: unlisted.name,
            choiceName: unlisted.choiceName,
            pattern: unlisted.pattern,
            message: unlisted.message,
            text: typeof text === 'string' ? text : '',
            selected: other,
          },
  };
}

/** `user_options` of a form that was sent, or null when it is none of ours: a plain Start button. */
export function optionsOfForm(profiles: readonly Profile[], form: URLSearchParams): UserOptions | null {
  const slug = form.get('profile');
  if (slug === null) return null;
  const options: Record<string, string> = { profile: slug };
  for (const { key, choices } of profiles.find((one) => one.slug === slug)?.options ?? []) {
    const choice = form.get(fieldOf(slug, key));
    const text = form.get(`${fieldOf(slug, key)}${UNLISTED}`) ?? '';
    if (choice === OTHER || choices.length === 0) options[`${key}${UNLISTED}`] = text.trim();
    else if (choice !== null) options[key] = choice;
  }
  return options;
}

/** `user_options` of a link, `?profile=gpu&size=large`; null when it says nothing about profiles. */
export function optionsOfQuery(
  query: Readonly<Record<string, string | string[] | undefined>>,
): UserOptions | null {
  if (typeof query.profile !== 'string') return null;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => typeof value === 'string'));
}

/** What is wrong with a choice, in a sentence; null when nothing is. */
export function complaintOf(
  profiles: readonly Profile[],
  owner: { readonly name: string; readonly groups: readonly string[] },
  options: UserOptions,
): string | null {
  try {
    chooseProfile(profiles, owner, options);
    return emptyText(profiles, options);
  } catch (error) {
    if (error instanceof Problem && error.code === 'HTTP-400') return String(error.facts.detail);
    throw error;
  }
}

/** "Other…" with nothing written would silently be the default. */
function emptyText(profiles: readonly Profile[], options: UserOptions): string | null {
  const { options: asked = [] } = profiles.find(({ slug }) => slug === options.profile) ?? {};
  const empty = asked.find(({ key }) => options[`${key}${UNLISTED}`] === '');
  return empty?.unlisted?.message ?? null;
}
