import { foreignName } from '../foreign-names.ts';
import { nearestName } from '../nearest-name.ts';
import type { Assigned } from '../python/python-configuration.ts';
import type { Mention } from '../python/value.ts';
import type { Setting } from '../setting.ts';
import { indexNames, isTrait, namesOf, ownPath, settingsOfTrait } from '../setting-names.ts';
import { SETTINGS } from '../settings.ts';
import type { Step } from './outcome.ts';

const TABLE: Readonly<Record<string, Setting<unknown>>> = SETTINGS;
export const NAMES = indexNames(TABLE);

/** Where a setting goes in the layout of z2jh; a setting that only JupyterHub has a name for keeps that name. */
export function pathOf(setting: string, trait?: string): readonly string[] {
  const described = TABLE[setting];
  const names = described === undefined ? [] : namesOf(described);
  const place = names.find((name) => !isTrait(name));
  if (place !== undefined) return place.split('.');
  const [owner = '', own = ''] = (trait ?? names[0] ?? '').split('.');
  return owner === '' ? ownPath(setting).split('.') : ['hub', 'config', owner, own];
}

/** Whether a setting may have this value, and if not, why. */
export function complaintAbout(setting: string, value: unknown): string | null {
  const read = TABLE[setting]?.type.safeParse(value);
  return read === undefined || read.success ? null : (read.error.issues[0]?.message ?? 'cannot be');
}

/** A trait that is one setting, a name that means nothing here, or one that nobody knows. */
export function placeTrait({ trait, line, found }: Assigned, inForce: readonly string[]): Step {
  const of = { line, name: trait };
  const [setting, ...others] = settingsOfTrait(NAMES, trait, inForce);
  if (setting === undefined) return unknownTrait(of);
  if (others.length > 0) {
    return {
      kind: 'left',
      ...of,
      reason: 'could mean several: say which with JupyterHub.authenticator_class',
    };
  }
  const env = TABLE[setting]?.env ?? setting;
  const open = found.mentions.filter(({ hasDefault }) => !hasDefault);
  if (open.length > 0) return fromEnvironment(of, env, open, found.value);
  const complaint = complaintAbout(setting, found.value);
  if (complaint !== null) return { kind: 'left', ...of, reason: complaint };
  const note = noteOf(env, found.mentions);
  const placed = { ...of, path: pathOf(setting, trait), value: found.value };
  return { kind: 'placed', ...placed, ...(note === null ? {} : { note }) };
}

function unknownTrait(of: { readonly line: number; readonly name: string }): Step {
  const foreign = foreignName(of.name);
  if (foreign !== null) {
    return { kind: foreign.refused === true ? 'left' : 'meaningless', ...of, reason: foreign.words };
  }
  const near = nearestName(of.name, NAMES.traits.keys());
  const hint = near === null ? '' : `; the nearest is ${near}`;
  return { kind: 'left', ...of, reason: `is no setting here${hint}` };
}

/** What only the environment says stays there. */
function fromEnvironment(
  of: { readonly line: number; readonly name: string },
  env: string,
  open: readonly Mention[],
  value: unknown,
): Step {
  const [only, ...more] = open;
  if (only?.variable === env && more.length === 0 && value === `\${${env}}`) {
    return { kind: 'carried', ...of, to: '.env', note: `${env} is read from there, as before` };
  }
  const variables = open.map(({ variable }) => `\${${variable}}`).join(' and ');
  return { kind: 'left', ...of, reason: `takes its value from ${variables}: write it as ${env} into .env` };
}

function noteOf(env: string, mentions: readonly Mention[]): string | null {
  const [first] = mentions;
  if (first === undefined) return null;
  return mentions.length === 1 && first.variable === env
    ? `${env} in .env wins over it, as before`
    : `the default of ${mentions.map(({ variable }) => variable).join(', ')}; .env wins over it as ${env}`;
}
