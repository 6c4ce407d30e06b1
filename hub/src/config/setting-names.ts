import { familyOf, lineage } from './class-tree.ts';
import type { Setting } from './setting.ts';

type Table = Readonly<Record<string, Setting<unknown>>>;

/** Every name that a setting goes by. */
export interface SettingNames {
  /** Settings by `Class.trait` as the table has it. */
  readonly traits: ReadonlyMap<string, readonly string[]>;
  /** Settings by their place in a z2jh `config.yaml`. */
  readonly paths: ReadonlyMap<string, string>;
}

export function namesOf(setting: Setting<unknown>): readonly string[] {
  const { trait = [] } = setting;
  return typeof trait === 'string' ? [trait] : trait;
}

/** The place in `config.yaml` of what nobody else has a name for. */
export function ownPath(setting: string): string {
  return `berth.${setting}`;
}

/** `Class.trait` begins with a capital, a place in `config.yaml` does not. */
export function isTrait(name: string): boolean {
  return /^[A-Z]/.test(name);
}

export function indexNames(table: Table): SettingNames {
  const traits = new Map<string, readonly string[]>();
  const paths = new Map<string, string>();
  for (const [setting, described] of Object.entries(table)) {
    const names = namesOf(described);
    for (const name of names.length === 0 ? [ownPath(setting)] : names) {
      if (isTrait(name)) traits.set(name, [...(traits.get(name) ?? []), setting]);
      else paths.set(name, setting);
    }
  }
  return { traits, paths };
}

/**
 * Which settings `Class.trait` speaks of: its own, or its nearest parent class's; among spawners and among proxies,
 * of which there is one kind here, any class's. `OAuthenticator.client_id` means the classes below it that are in
 * force, when those are known.
 *
 * Several answers: the name alone does not tell which is meant.
 */
export function settingsOfTrait(
  names: SettingNames,
  name: string,
  inForce: readonly string[],
): readonly string[] {
  const [owner = '', trait = ''] = name.split('.', 2);
  const chosen = below(names, owner, trait).filter(({ cousin }) =>
    inForce.some((each) => lineage(each).includes(cousin)),
  );
  if (chosen.length > 0) return unique(chosen);
  for (const ancestor of lineage(owner)) {
    const found = names.traits.get(`${ancestor}.${trait}`)?.filter((setting) => {
      // What a sibling class claims under its own name is the sibling's: GitHub's scopes are not Keycloak's.
      const claims = below(names, ancestor, trait).filter((each) => each.settings.includes(setting));
      return (
        claims.length === 0 ||
        ancestor === owner ||
        claims.some(({ cousin }) => lineage(owner).includes(cousin))
      );
    });
    if (found !== undefined && found.length > 0) return found;
  }
  const family = familyOf(owner);
  const cousins = family === 'Spawner' || family === 'Proxy' ? below(names, family, trait) : [];
  return unique([...cousins, ...below(names, owner, trait)]);
}

interface Claim {
  readonly cousin: string;
  readonly settings: readonly string[];
}

/** The classes strictly below one that have a trait of that name. */
function below({ traits }: SettingNames, owner: string, trait: string): readonly Claim[] {
  return [...traits]
    .map(([full, settings]) => ({ cousin: full.split('.')[0] ?? '', its: full.split('.')[1], settings }))
    .filter(({ cousin, its }) => its === trait && cousin !== owner && lineage(cousin).includes(owner));
}

function unique(claims: readonly Claim[]): readonly string[] {
  return [...new Set(claims.flatMap(({ settings }) => settings))];
}
