import type { SyntaxNode } from '@lezer/common';
import { callOf } from './calls.ts';
import { readBody, readNumber, readString } from './literal.ts';
import { operate } from './operators.ts';
import { partsOf } from './syntax.ts';
import { allKnown, type Evaluated, known, type PythonValue } from './value.ts';

/** What names stand for at a place of the file. */
export interface Names {
  readonly text: string;
  readonly variables: ReadonlyMap<string, Evaluated>;
  /** `GitHubOAuthenticator` → `oauthenticator.github.GitHubOAuthenticator`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Is told of each imported name that stood for a value. */
  readonly used: (name: string) => void;
}

/** Expressions in each other. People write five. */
const DEPTH_MAX = 40;

/** What an expression comes to without running it. Never throws; what only Python could tell is unknown. */
export function evaluate(node: SyntaxNode, names: Names, depth = 0): Evaluated {
  if (depth > DEPTH_MAX) return { unknown: 'is nested too deeply' };
  const inner = (child: SyntaxNode): Evaluated => evaluate(child, names, depth + 1);
  const source = textOf(node, names);
  switch (node.name) {
    case 'None':
      return known(null);
    case 'Boolean':
      return known(source === 'True');
    case 'Number':
      return orUnknown(readNumber(source), 'is a number that cannot be carried over');
    case 'String':
      return orUnknown(readString(source), 'is text that is not closed, or names a character');
    case 'FormatString':
      return formatted(node, names, inner);
    case 'ContinuedString':
      return joined(partsOf(node).map(inner));
    case 'ParenthesizedExpression':
      return onlyOne(partsOf(node), inner);
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return listOf(node, inner);
    case 'DictionaryExpression':
      return dictOf(partsOf(node), inner);
    case 'UnaryExpression':
    case 'BinaryExpression':
      return operate(partsOf(node), (part) => textOf(part, names), inner);
    case 'VariableName':
      return lookUp(source, names);
    case 'MemberExpression':
    case 'CallExpression':
      return callOf(node, (part) => textOf(part, names), inner);
    default:
      return { unknown: WORDS[node.name] ?? 'is not a plain value' };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  LambdaExpression: 'is a function',
  ConditionalExpression: 'depends on a condition',
  ArrayComprehensionExpression: 'is made by a loop',
  DictionaryComprehensionExpression: 'is made by a loop',
  SetComprehensionExpression: 'is made by a loop',
  ComprehensionExpression: 'is made by a loop',
};

function textOf(node: SyntaxNode, { text }: Names): string {
  return text.slice(node.from, node.to);
}

function orUnknown(value: PythonValue | undefined, why: string): Evaluated {
  return value === undefined ? { unknown: why } : known(value);
}

function onlyOne(parts: readonly SyntaxNode[], inner: (node: SyntaxNode) => Evaluated): Evaluated {
  const [only, ...others] = parts;
  return only === undefined || others.length > 0 ? { unknown: 'is not a plain value' } : inner(only);
}

function lookUp(name: string, { variables, imports, used }: Names): Evaluated {
  const found = variables.get(name);
  if (found !== undefined) {
    if ('unknown' in found) return { unknown: `takes its value from ${name}, which ${found.unknown}` };
    return typeof found.value === 'object' && found.value !== null
      ? { ...found, shares: [...found.shares, name] }
      : found;
  }
  const imported = imports.get(name);
  if (imported === undefined)
    return { unknown: `takes its value from ${name}, which this file does not say` };
  used(name);
  return known(imported);
}

/** Text beside text is one text. */
function joined(parts: readonly Evaluated[]): Evaluated {
  const all = allKnown(parts);
  return 'unknown' in all ? all : known(all.map(({ value }) => String(value)).join(''), all);
}

function listOf(node: SyntaxNode, inner: (node: SyntaxNode) => Evaluated): Evaluated {
  const parts = partsOf(node);
  if (parts.some(({ name }) => name === '*' || name === 'ArithOp'))
    return { unknown: 'takes in another list' };
  const all = allKnown(parts.map(inner));
  return 'unknown' in all
    ? all
    : known(
        all.map(({ value }) => value),
        all,
      );
}

function dictOf(parts: readonly SyntaxNode[], inner: (node: SyntaxNode) => Evaluated): Evaluated {
  if (parts.some(({ name }) => name === '**')) return { unknown: 'takes in another mapping' };
  const all = allKnown(parts.map(inner));
  if ('unknown' in all) return all;
  const pairs: [string, PythonValue][] = [];
  for (let at = 0; at + 1 < all.length; at += 2) {
    const key = all[at]?.value;
    if (typeof key !== 'string' && typeof key !== 'number') return { unknown: 'has a key that is no word' };
    pairs.push([String(key), all[at + 1]?.value ?? null]);
  }
  if (all.length % 2 === 1) return { unknown: 'is a mapping with a hole' };
  return known(Object.fromEntries(pairs), all);
}

/** `f"http://{ip}:8081"`: text and plain names; a format after the name is Python's to carry out. */
function formatted(node: SyntaxNode, names: Names, inner: (node: SyntaxNode) => Evaluated): Evaluated {
  const [opening = '', prefix = '', mark = ''] = /^([A-Za-z]*)('''|"""|'|")/.exec(textOf(node, names)) ?? [];
  const pieces: Evaluated[] = [];
  let at = node.from + opening.length;
  const plain = (to: number): void => {
    const body = readBody(names.text.slice(at, to).replaceAll('{{', '{').replaceAll('}}', '}'), prefix);
    pieces.push(orUnknown(body, 'names a character'));
  };
  for (const part of partsOf(node)) {
    if (part.name !== 'FormatReplacement') return { unknown: 'is text made by a format' };
    plain(part.from);
    pieces.push(onlyOne(partsOf(part), inner));
    at = part.to;
  }
  if (!names.text.slice(0, node.to).endsWith(mark)) return { unknown: 'is text that is not closed' };
  plain(node.to - mark.length);
  return joined(pieces);
}
