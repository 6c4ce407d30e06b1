import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Fault } from './source.ts';

export type Mapping = Readonly<Record<string, unknown>>;

export interface YamlFile {
  /** As it is told to people: `config.yaml`, `config.d/profiles.yaml`. */
  readonly name: string;
  readonly content: Mapping;
  /** The line of the key, or of the last part of the path that is there; from 1. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export type YamlReading = { readonly file: YamlFile } | { readonly faults: readonly Fault[] };

/** Aliases that one file may resolve: more is a bomb, not a configuration. */
const MOST_ALIASES = 100;

/** Reads a mapping of YAML 1.2 and keeps where everything stood. An empty file is an empty mapping. */
export function readYaml(text: string, name: string): YamlReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map(({ message, pos }) => ({
        name: '',
        place: `${name}:${lines.linePos(pos[0]).line}`,
        reason: `this is not YAML: ${message.split('\n')[0]}`,
      })),
    };
  }
  const whole = (reason: string): YamlReading => ({ faults: [{ name: '', place: `${name}:1`, reason }] });
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {};
  } catch {
    return whole('refers to itself (&, *) more often than can be right');
  }
  if (!isMapping(content)) return whole('should hold names with values, such as hub: and singleuser:');
  const top = document.contents;
  const lineOf = (path: readonly PropertyKey[]) =>
    lines.linePos(offsetOf(top, path, (node) => (isAlias(node) ? (node.resolve(document) ?? null) : node)))
      .line;
  return { file: { name, content, lineOf } };
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function offsetOf(
  top: Node | null,
  path: readonly PropertyKey[],
  follow: (node: Node) => Node | null,
): number {
  let node = top === null ? null : follow(top);
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (isScalar(pair?.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair?.value ?? null;
    } else if (isSeq(node)) {
      next = node.items[Number(step)] ?? null;
      offset = (next as Node | null)?.range?.[0] ?? offset;
    }
    if (next === null) return offset;
    node = follow(next as Node);
  }
  return offset;
}
