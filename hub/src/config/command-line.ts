import { parse } from 'yaml';
import { authenticatorClasses } from './class-tree.ts';
import { LayerBuilder } from './layer-builder.ts';
import { nearestName } from './nearest-name.ts';
import type { SettingNames } from './setting-names.ts';
import type { Fault, Layer } from './source.ts';
import { isMapping } from './yaml-file.ts';

/** The words of `berth serve`, taken apart but not yet understood. */
export interface ServeWords {
  readonly files: readonly string[];
  /** `Class.trait` → all that was written for it, in order. */
  readonly traits: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly faults: readonly Fault[];
}

/** Short words of `jupyterhub`, and what they stand for. */
const SHORT: Readonly<Record<string, string>> = {
  ip: 'JupyterHub.ip',
  port: 'JupyterHub.port',
  url: 'JupyterHub.bind_url',
  'base-url': 'JupyterHub.base_url',
  'log-level': 'Application.log_level',
  'ssl-key': 'JupyterHub.ssl_key',
  'ssl-cert': 'JupyterHub.ssl_cert',
};
const FLAGS = ['debug', 'generate-config', 'help', 'help-all', 'version'];

/** Takes apart `-f FILE --Spawner.mem_limit=2G --ip 127.0.0.1 --debug`. */
export function readServeWords(words: readonly string[]): ServeWords {
  const files: string[] = [];
  const traits = new Map<string, string[]>();
  const flags = new Set<string>();
  const faults: Fault[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = '', attached] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (!word.startsWith('-') || name === '') {
      const name = `word ${words.length - rest.length} of the command line`;
      // Not the word itself: it may be the secret that a blank after the = has cut off.
      faults.push({ name, place: null, reason: 'is not understood: a setting is --Class.trait=value' });
    } else if (['h', ...FLAGS].includes(name)) flags.add(name === 'h' ? 'help' : name);
    else {
      const value = attached ?? (rest[0]?.startsWith('-') === false ? rest.shift() : undefined);
      const trait = SHORT[name] ?? name;
      if (value === undefined) faults.push({ name: `--${name}`, place: null, reason: 'lacks its value' });
      else if (name === 'f' || name === 'config') files.push(value);
      else if (!/^[A-Z]\w*\.\w+$/.test(trait))
        faults.push({ name: `--${name}`, place: null, reason: unknownWord(name) });
      else traits.set(trait, [...(traits.get(trait) ?? []), value]);
    }
  }
  return { files, traits, flags, faults };
}

function unknownWord(name: string): string {
  const near = nearestName(name, ['config', ...Object.keys(SHORT), ...FLAGS]);
  return `is not an option${near === null ? '; a setting is --Class.trait=value' : `; did you mean --${near}?`}`;
}

/** What the command line says of settings. */
export function commandLineLayer(words: ServeWords, names: SettingNames): Layer {
  const builder = new LayerBuilder(names);
  for (const fault of words.faults) builder.fault(fault);
  const inForce = authenticatorClasses(words.traits.get('JupyterHub.authenticator_class'));
  for (const [trait, written] of words.traits) {
    const values = written.map(pythonValue);
    // Said more than once is a list, as JupyterHub has it.
    const value = values.length === 1 ? values[0] : values;
    const given = { value, name: `--${trait}`, place: null };
    builder.addTrait(trait, given, inForce);
  }
  if (words.flags.has('debug')) builder.add('logLevel', { value: 'debug', name: '--debug', place: null });
  return builder.build();
}

/** Lists, sets and mappings as Python writes them are YAML as well, but for a set's lack of values. */
function pythonValue(written: string): unknown {
  if (!/^[[{(]/.test(written)) return written;
  try {
    const read: unknown = parse(written.replace(/^\((.*)\)$/s, '[$1]'), { logLevel: 'silent' });
    const isSet = isMapping(read) && Object.values(read).every((value) => value === null);
    return isSet ? Object.keys(read) : read;
  } catch {
    return written;
  }
}
