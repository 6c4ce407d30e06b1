import { isMapping, type Mapping, type YamlFile } from './yaml-file.ts';

/** Several files read as one: mappings are merged, everything else is replaced by the later file, as Helm does it. */
export interface MergedFiles {
  readonly content: Mapping;
  /** `config.d/20-limits.yaml:3`: the last file that says something at this path. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

export function mergeFiles(files: readonly YamlFile[]): MergedFiles {
  return {
    content: files.reduce<Mapping>((merged, { content }) => merge(merged, content), {}),
    placeOf: (path) => {
      const file = files.findLast(({ content }) => has(content, path)) ?? files.at(-1);
      return file === undefined ? '' : `${file.name}:${file.lineOf(path)}`;
    },
  };
}

function merge(under: Mapping, over: Mapping): Mapping {
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key);
    merged.set(key, isMapping(before) && isMapping(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(merged);
}

function has(content: unknown, path: readonly PropertyKey[]): boolean {
  let at = content;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = Reflect.get(at, step);
  }
  return true;
}
