import type { Choice, Override, Profile, ProfileOption, UnlistedChoice } from '../../domain/profile.ts';
import { readPolicy } from '../read-policy.ts';
import { type WholeMatch, wholeMatch } from '../whole-match.ts';
import { readOverride } from './override.ts';
import { type Path, Reading } from './reading.ts';
import { readKind, WEB_KEYS } from './web.ts';

/** Profiles, and what in them has no effect here. */
export interface ProfileList {
  readonly profiles: readonly Profile[];
  readonly warnings: readonly string[];
  /** Warnings where servers run on one machine. */
  readonly ofCluster: readonly string[];
  /** Faults where they run on many. */
  readonly clusterFaults: readonly string[];
}

const PROFILE_KEYS = new Set([
  'display_name',
  'slug',
  'description',
  'default',
  'kubespawner_override',
  'spawner_override',
  'profile_options',
  'cull',
  'allowed_groups',
  'allowed_users',
  'kind',
  ...WEB_KEYS,
]);

/**
 * Reads `singleuser.profileList` as it stands in a z2jh `config.yaml`: a list, or a mapping by slug.
 *
 * @returns the first fault as a sentence when there is one.
 */
export function readProfileList(value: unknown, path: Path): ProfileList | string {
  const reading = new Reading();
  const profiles = reading
    .items(value, path)
    .map(({ at, key, value: one }) => readProfile(one, at, key, reading));
  const slugs = profiles.map(({ slug }) => slug);
  const twice = slugs.find((slug, index) => slugs.indexOf(slug) !== index);
  if (twice !== undefined) reading.fault(path, `names two profiles ${twice}: give one of them another slug`);
  const { warnings, ofCluster, clusterFaults } = reading;
  return reading.faults[0] ?? { profiles, warnings, ofCluster, clusterFaults };
}

function readProfile(value: unknown, at: Path, key: string | null, reading: Reading): Profile {
  const given = reading.mapping(value, at) ?? {};
  for (const word of Object.keys(given))
    if (!PROFILE_KEYS.has(word)) reading.fault(`${at}.${word}`, 'is not known');
  const name = reading.text(given.display_name, `${at}.display_name`) ?? key ?? '';
  if (name === '') reading.fault(`${at}.display_name`, 'should say what people choose');
  const slug = reading.text(given.slug, `${at}.slug`) ?? key ?? slugOf(name);
  return {
    slug,
    name,
    description: plain(reading.text(given.description ?? '', `${at}.description`) ?? ''),
    isDefault: reading.flag(given.default, `${at}.default`),
    override: { ...readKind(given, at, reading), ...overrideOf(given, at, reading) },
    options: reading
      .items(given.profile_options, `${at}.profile_options`)
      .map((item) => readOption(item.value, item.at, item.key ?? '', reading)),
    allowedGroups: reading.texts(given.allowed_groups, `${at}.allowed_groups`) ?? null,
    allowedUsers: reading.texts(given.allowed_users, `${at}.allowed_users`) ?? null,
  };
}

function readOption(value: unknown, at: Path, key: string, reading: Reading): ProfileOption {
  const given = reading.mapping(value, at) ?? {};
  const choices = reading.items(given.choices, `${at}.choices`).map((item): Choice => {
    const choice = reading.mapping(item.value, item.at) ?? {};
    return {
      key: item.key ?? '',
      name: reading.text(choice.display_name, `${item.at}.display_name`) ?? item.key ?? '',
      isDefault: reading.flag(choice.default, `${item.at}.default`),
      override: overrideOf(choice, item.at, reading),
    };
  });
  const unlisted = readUnlisted(given.unlisted_choice, `${at}.unlisted_choice`, reading);
  if (choices.length === 0 && unlisted === null) reading.fault(at, 'gives nothing to choose from');
  return { key, name: reading.text(given.display_name, `${at}.display_name`) ?? key, choices, unlisted };
}

function readUnlisted(value: unknown, at: Path, reading: Reading): UnlistedChoice | null {
  const given = reading.mapping(value, at);
  if (given === undefined || !reading.flag(given.enabled, `${at}.enabled`)) return null;
  const pattern = reading.text(given.validation_regex, `${at}.validation_regex`) ?? null;
  const matches = pattern === null ? null : compile(pattern, `${at}.validation_regex`, reading);
  const raw = { ...given };
  // Read once with a stand-in, so that a misspelt key is told at the start.
  overrideOf(filled(raw, 'value') as Record<string, unknown>, at, reading, true);
  return {
    name: reading.text(given.display_name, `${at}.display_name`) ?? 'Your own',
    choiceName: reading.text(given.display_name_in_choices, `${at}.display_name_in_choices`) ?? 'Other…',
    pattern,
    message:
      reading.text(given.validation_message, `${at}.validation_message`) ?? 'This is not possible here.',
    read: (text) => {
      // The browser's pattern is for comfort. Whole match, where KubeSpawner's `re.match` takes any beginning.
      if (text.length > 1000 || matches?.(text) === false) return null;
      const once = new Reading();
      const override = overrideOf(filled(raw, text) as Record<string, unknown>, at, once);
      return once.faults.length === 0 ? override : null;
    },
  };
}

function overrideOf(
  given: Readonly<Record<string, unknown>>,
  at: Path,
  reading: Reading,
  keysOnly = false,
): Override {
  const into = keysOnly ? new Reading() : reading;
  const override = {
    ...readOverride(given.kubespawner_override, `${at}.kubespawner_override`, into),
    ...readOverride(given.spawner_override, `${at}.spawner_override`, into),
    ...readCull(given.cull, `${at}.cull`, into),
  };
  if (keysOnly) {
    reading.warnings.push(...into.warnings);
    reading.ofCluster.push(...into.ofCluster);
    reading.faults.push(...into.faults.filter((fault) => fault.endsWith('is not known')));
  }
  return override;
}

/** What a profile says of idleness: `cull: {timeout: 600, freezeTimeout: never}`. */
function readCull(value: unknown, at: Path, reading: Reading): Override {
  if (value === undefined || value === null) return {};
  const { policy, faults } = readPolicy(value);
  for (const { path, message } of faults) reading.fault([at, ...path].join('.'), message);
  return { cull: policy };
}

/** `{value}` in every text of it. */
function filled(thing: unknown, text: string): unknown {
  if (typeof thing === 'string') return thing.replaceAll('{value}', text);
  if (Array.isArray(thing)) return thing.map((one) => filled(one, text));
  if (typeof thing !== 'object' || thing === null) return thing;
  return Object.fromEntries(Object.entries(thing).map(([key, one]) => [key, filled(one, text)]));
}

function compile(pattern: string, at: Path, reading: Reading): WholeMatch | null {
  try {
    return wholeMatch(pattern);
  } catch {
    reading.fault(at, 'is no pattern that can be tested in a time in proportion to the text');
    return null;
  }
}

/** KubeSpawner's: `Large (8 GB)` is `large-8-gb`. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** KubeSpawner shows descriptions as HTML. Here they are text: tags go, their words stay. */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
