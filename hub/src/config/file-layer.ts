import { authenticatorClasses } from './class-tree.ts';
import { FOREIGN_NAMES, foreignName } from './foreign-names.ts';
import { LayerBuilder } from './layer-builder.ts';
import type { MergedFiles } from './merged-files.ts';
import type { SettingNames } from './setting-names.ts';
import type { Given, Layer } from './source.ts';
import { isMapping, type Mapping } from './yaml-file.ts';

/** As in z2jh: what stands under `hub.config` wins over the chart's own name for the same. */
const BEHIND_TRAITS = 100;

type Path = readonly string[];

/** What `config.yaml` and `config.d/*.yaml` say, in the layout of z2jh, with JupyterHub's own names under `hub.config`. */
export function fileLayer(files: MergedFiles, names: SettingNames): Layer {
  const builder = new LayerBuilder(names);
  const known = [
    ...names.paths.keys(),
    ...FOREIGN_NAMES.map(({ name }) => name).filter((name) => /^[a-z]/.test(name)),
    'hub.config',
  ];
  const walk = (content: Mapping, path: Path): void => {
    for (const [key, value] of Object.entries(content)) visit([...path, key], value);
  };
  const visit = (path: Path, value: unknown): void => {
    const name = path.join('.');
    const setting = names.paths.get(name);
    if (name === 'hub.config') readClasses(builder, files, value);
    else if (setting !== undefined) {
      const [own, others] = divided(names, name, value);
      builder.add(setting, givenAt(files, path, own), BEHIND_TRAITS);
      for (const [key, other] of others) visit([...path, key], other);
    } else if (!known.some((each) => each.startsWith(`${name}.`))) {
      builder.unknown(name, givenAt(files, path, value), known);
    } else if (isMapping(value)) walk(value, path);
    else if (value !== null) {
      builder.fault({ ...givenAt(files, path, value), reason: 'should be a mapping of names and values' });
    }
  };
  walk(files.content, []);
  return builder.build();
}

/** A mapping that is one setting may hold places of others: `singleuser.image` has name and tag, and the pull policy. */
function divided(names: SettingNames, name: string, value: unknown): [unknown, [string, unknown][]] {
  if (!isMapping(value)) return [value, []];
  const isOther = ([key]: [string, unknown]) => {
    const full = `${name}.${key}`;
    return names.paths.has(full) || foreignName(full) !== null;
  };
  const entries = Object.entries(value);
  const own = Object.fromEntries(entries.filter((entry) => !isOther(entry)));
  return [own, entries.filter(isOther)];
}

/** `hub.config`: class → trait → value. */
function readClasses(builder: LayerBuilder, files: MergedFiles, classes: unknown): void {
  const top = ['hub', 'config'];
  if (classes === null) return;
  if (!isMapping(classes)) {
    builder.fault({ ...givenAt(files, top, null), reason: 'should be a mapping of classes' });
    return;
  }
  const inForce = chosenAuthenticators(classes);
  for (const [owner, traits] of Object.entries(classes)) {
    if (!isMapping(traits)) {
      if (traits !== null) {
        builder.fault({ ...givenAt(files, [...top, owner], null), reason: 'should be a mapping of traits' });
      }
      continue;
    }
    for (const [trait, value] of Object.entries(traits)) {
      const given = givenAt(files, [...top, owner, trait], value);
      builder.addTrait(`${owner}.${trait}`, { ...given, name: `${owner}.${trait}` }, inForce);
    }
  }
}

function chosenAuthenticators(classes: Mapping): readonly string[] {
  const hub = classes.JupyterHub;
  const chosen = isMapping(hub) ? hub.authenticator_class : undefined;
  return authenticatorClasses(chosen);
}

function givenAt(files: MergedFiles, path: Path, value: unknown): Given {
  return {
    value,
    name: path.join('.'),
    place: files.placeOf(path),
    placeOf: (inside) => files.placeOf([...path, ...inside]),
  };
}
