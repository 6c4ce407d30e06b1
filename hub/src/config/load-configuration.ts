import { checkTogether, warnTogether } from './check-together.ts';
import { commandLineLayer, readServeWords } from './command-line.ts';
import { environmentLayer } from './environment-layer.ts';
import { expandBindUrl } from './expand-bind-url.ts';
import { fileLayer } from './file-layer.ts';
import { mergeFiles } from './merged-files.ts';
import { partsGiveWay } from './parts-give-way.ts';
import type { Setting } from './setting.ts';
import { indexNames } from './setting-names.ts';
import { SETTINGS, type Settings } from './settings.ts';
import type { Fault, Given, Layer } from './source.ts';
import type { YamlFile } from './yaml-file.ts';

/** All that may say something of settings; later ones win over earlier ones. */
export interface Sources {
  /** `config.yaml`, then `config.d/*.yaml` in the order of their names. */
  readonly files?: readonly YamlFile[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where a name of the environment stands: `.env:12`. */
  readonly placeOf?: (name: string) => string | null;
  /** The words of `berth serve`. */
  readonly words?: readonly string[];
}

export interface Configuration {
  readonly settings: Settings;
  /** Who said it; a setting that is not in here has its default. */
  readonly origins: ReadonlyMap<string, Given>;
  readonly warnings: readonly Fault[];
}

export type Loaded =
  | Configuration
  | { readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

const TABLE: Readonly<Record<string, Setting<unknown>>> = SETTINGS;
const NAMES = indexNames(TABLE);

/** Reads every setting from every source; tells all faults at once. */
export function loadConfiguration(sources: Sources): Loaded {
  const layers = partsGiveWay(
    [
      fileLayer(mergeFiles(sources.files ?? []), NAMES),
      environmentLayer(sources.environment ?? {}, TABLE, NAMES, sources.placeOf),
      commandLineLayer(readServeWords(sources.words ?? []), NAMES),
    ].map(expandBindUrl),
  );
  const origins = new Map(layers.flatMap(({ given }) => [...given]));
  const faults = layers.flatMap((layer) => layer.faults);
  const warnings = [...layers.flatMap((layer) => layer.warnings), ...overruled(layers)];
  const found: Record<string, unknown> = {};
  for (const [name, described] of Object.entries(TABLE)) {
    const read = readSetting(described, origins.get(name));
    if ('faults' in read) faults.push(...read.faults);
    else found[name] = read.value;
  }
  if (faults.length > 0) return { faults, warnings };
  const settings = found as Settings;
  const together = checkTogether(settings, (env) => calledOf(env, origins));
  if (together.length > 0) return { faults: together, warnings };
  const told = warnTogether(settings, (env) => calledOf(env, origins));
  return { settings, origins, warnings: [...warnings, ...told] };
}

type Read = { readonly value: unknown } | { readonly faults: readonly Fault[] };

function readSetting({ type, env, fallback }: Setting<unknown>, given: Given | undefined): Read {
  const read = type.safeParse(given === undefined ? fallback : given.value);
  if (read.success) return { value: read.data };
  // YAML's null unsets, as it does for Helm.
  if (given?.value === null) return readSetting({ type, env, doc: '', ...fallbackOf(fallback) }, undefined);
  const { name, place, placeOf } = given ?? { name: env, place: null };
  return {
    faults: read.error.issues.map(({ path, message }) => ({
      name: [name, ...path.map(String)].join('.'),
      place: path.length > 0 && placeOf !== undefined ? placeOf(path) : place,
      reason: message,
    })),
  };
}

function fallbackOf(fallback: string | undefined): { readonly fallback?: string } {
  return fallback === undefined ? {} : { fallback };
}

/** What a setting is called where it was said, or in `.env` where it was not. */
function calledOf(env: string, origins: ReadonlyMap<string, Given>): Omit<Fault, 'reason'> {
  const setting = Object.keys(TABLE).find((each) => TABLE[each]?.env === env) ?? env;
  const { name, place } = origins.get(setting) ?? { name: env, place: null };
  return { name, place };
}

/** Lines of a file that the environment has taken the effect from: else one would wonder for long. */
function overruled([files, ...over]: readonly Layer[]): readonly Fault[] {
  return [...(files?.given ?? [])].flatMap(([setting, { name, place }]) => {
    const winner = over.map(({ given }) => given.get(setting)).findLast((given) => given !== undefined);
    if (winner === undefined) return [];
    return [
      {
        name,
        place,
        reason: `has no effect: ${winner.name}${winner.place === null ? '' : ` (${winner.place})`} says it too, and wins`,
      },
    ];
  });
}
