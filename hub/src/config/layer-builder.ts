import { isDeepStrictEqual } from 'node:util';
import { lineage } from './class-tree.ts';
import { foreignName } from './foreign-names.ts';
import { nearestName } from './nearest-name.ts';
import { type SettingNames, settingsOfTrait } from './setting-names.ts';
import type { Fault, Given, Layer } from './source.ts';

/** Collects what one source says, with its faults: all of them, for they are told at once. */
export class LayerBuilder {
  readonly #names: SettingNames;
  readonly #given = new Map<string, Given & { readonly rank: number }>();
  readonly #faults: Fault[] = [];
  readonly #warnings: Fault[] = [];

  constructor(names: SettingNames) {
    this.#names = names;
  }

  /**
   * One value. Of two names for one setting the one with the smaller `rank` wins; two of the same rank have to say
   * the same.
   */
  add(setting: string, given: Given, rank = 0): void {
    const before = this.#given.get(setting);
    if (before !== undefined && before.rank === rank && !isDeepStrictEqual(before.value, given.value)) {
      this.fault({ ...given, reason: `says something else than ${before.name}, which is the same setting` });
    }
    if (before === undefined || rank < before.rank) this.#given.set(setting, { ...given, rank });
  }

  /** A value under `Class.trait`. `inForce` names the authenticators that were chosen. */
  addTrait(trait: string, given: Given, inForce: readonly string[]): void {
    const settings = settingsOfTrait(this.#names, trait, inForce);
    const [only, ...others] = settings;
    if (only !== undefined && others.length === 0) {
      this.add(only, given, rankOf(this.#names, trait, only));
    } else if (only === undefined) {
      this.unknown(trait, given, [...this.#names.traits.keys()]);
    } else {
      const own = [...this.#names.traits].filter(([, its]) => its.some((each) => settings.includes(each)));
      const choices = own.map(([name]) => name).filter((name) => name.endsWith(`.${trait.split('.')[1]}`));
      this.fault({
        ...given,
        reason: `could mean ${choices.join(' or ')}: write which, or set JupyterHub.authenticator_class`,
      });
    }
  }

  /** A name that is no setting: without use on one machine, or misspelt. */
  unknown(name: string, given: Given, known: readonly string[]): void {
    const foreign = foreignName(name);
    if (foreign?.refused === true) this.fault({ ...given, reason: foreign.words });
    else if (foreign !== null) this.warn({ ...given, name: given.name, reason: foreign.words });
    else {
      const near = nearestName(name, known);
      this.fault({ ...given, reason: `is not a setting${near === null ? '' : `; did you mean ${near}?`}` });
    }
  }

  fault({ name, place, reason }: Fault): void {
    this.#faults.push({ name, place, reason });
  }

  warn({ name, place, reason }: Fault): void {
    this.#warnings.push({ name, place, reason });
  }

  build(): Layer {
    return { given: this.#given, faults: this.#faults, warnings: this.#warnings };
  }
}

/** How far up the classes the setting's own name stands: `DockerSpawner.mem_limit` beats `Spawner.mem_limit`. */
function rankOf({ traits }: SettingNames, name: string, setting: string): number {
  const [owner = '', trait = ''] = name.split('.', 2);
  const line = lineage(owner);
  const at = line.findIndex((each) => traits.get(`${each}.${trait}`)?.includes(setting) === true);
  // The nearer to the root the class that was written, the later its turn.
  return 10 - line.length + (at === -1 ? 10 : 0);
}
