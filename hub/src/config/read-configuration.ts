import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readServeWords } from './command-line.ts';
import { type Loaded, loadConfiguration } from './load-configuration.ts';
import type { Fault } from './source.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

const STANDARD_FILE = 'config.yaml';

export interface Outside {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What follows `berth serve`. */
  readonly words?: readonly string[];
  readonly placeOf?: (name: string) => string | null;
}

/**
 * Reads the whole configuration: `config.yaml` (or the files after `-f`, or `CONFIG_FILE`), `config.d/*.yaml` beside
 * the first of them in the order of their names, the environment, the command line. Later ones win. A file that was
 * named must be there; `config.yaml` may be missing.
 */
export function readConfiguration(outside: Outside): Loaded {
  const { environment, words = [], placeOf } = outside;
  const { paths, named } = filesOf(environment, words);
  const read = paths.map((path) => readOne(path, named));
  const first = paths[0] ?? STANDARD_FILE;
  const folder = join(dirname(first), 'config.d');
  const names = namesIn(folder);
  const further =
    names === null
      ? [{ faults: [{ name: folder, place: null, reason: 'cannot be read: this user may not enter it' }] }]
      : names.map((name) => readOne(join(folder, name), true));
  const all: readonly Reading[] = [...read, ...further];
  const faults = all.flatMap((each) => ('faults' in each ? each.faults : []));
  if (faults.length > 0) return { faults, warnings: [] };
  const files = all.flatMap((each) => ('file' in each && each.file !== null ? [each.file] : []));
  return loadConfiguration({ files, environment, words, ...(placeOf === undefined ? {} : { placeOf }) });
}

/** The files that make up the configuration, whether they are there or not: to be watched. */
export function watchedPlaces({ environment, words = [] }: Outside): readonly string[] {
  const { paths } = filesOf(environment, words);
  return [...paths, join(dirname(paths[0] ?? STANDARD_FILE), 'config.d')];
}

function filesOf(
  environment: Outside['environment'],
  words: readonly string[],
): { readonly paths: readonly string[]; readonly named: boolean } {
  const { files } = readServeWords(words);
  if (files.length > 0) return { paths: files, named: true };
  const { CONFIG_FILE } = environment;
  // Compose names the place whether or not somebody has put a file there.
  return { paths: [CONFIG_FILE?.trim() || STANDARD_FILE], named: false };
}

type Reading = { readonly file: YamlFile | null } | { readonly faults: readonly Fault[] };

function readOne(path: string, named: boolean): Reading {
  const name = relative(process.cwd(), path).startsWith('..') ? path : relative(process.cwd(), path);
  if (path.endsWith('.py')) {
    const reason =
      'is Python, which this hub does not run: write config.yaml, with the same names under hub.config';
    return { faults: [{ name, place: null, reason }] };
  }
  try {
    return readYaml(readFileSync(path, 'utf8'), name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' && !named) return { file: null };
    return { faults: [{ name, place: null, reason: `cannot be read: ${REASONS[code] ?? code}` }] };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Null: there is such a folder, and it cannot be entered. */
function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
      .sort();
  } catch (error) {
    // Most have no such folder.
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : null;
  }
}
