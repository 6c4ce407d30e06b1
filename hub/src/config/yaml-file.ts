import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
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
        reason: `this is not YAML: ${whatIsWrong(message)}`,
      })),
    };
  }
  const odd = collectionAsName(document.contents);
  if (odd !== null) {
    const reason = 'a list or a mapping stands where a name should: is there a { or [ too many?';
    return { faults: [{ name: '', place: `${name}:${lines.linePos(odd).line}`, reason }] };
  }
  const whole = (reason: string): YamlReading => ({ faults: [{ name: '', place: `${name}:1`, reason }] });
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {};
  } catch (error) {
    if (error instanceof ReferenceError && error.message.startsWith('Unresolved alias'))
      return whole('has a value that begins with *, which refers to nothing: put it in quotation marks');
    return whole('refers to itself (&, *) more often than can be right');
  }
  if (!isMapping(content)) return whole('should hold names with values, such as hub: and singleuser:');
  const top = document.contents;
  const lineOf = (path: readonly PropertyKey[]) =>
    lines.linePos(offsetOf(top, path, (node) => (isAlias(node) ? (node.resolve(document) ?? null) : node)))
      .line;
  return { file: { name, content, lineOf } };
}

/** The library's words up to where it quotes the file: what stands there may be a password. */
function whatIsWrong(message: string): string {
  return (message.split(/(?<! ): |\n/)[0] ?? '').slice(0, 200);
}

/**
 * Where a whole collection is the key of a mapping, or null. YAML allows it, no setting has such a name, and the library
 * would print it, with all that is in it, as a warning.
 */
function collectionAsName(top: Node | null): number | null {
  let found: number | null = null;
  if (top === null) return null;
  visit(top, {
    Pair(_, { key }) {
      if (!isCollection(key) && !isAlias(key)) return undefined;
      found = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
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
