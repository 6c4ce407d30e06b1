import type { SyntaxNode } from '@lezer/common';
import { isPlainName, partsOf, withoutBlanks } from './syntax.ts';
import { allKnown, type Evaluated, isDict, type Known, known } from './value.ts';

type Inner = (node: SyntaxNode) => Evaluated;
type TextOf = (node: SyntaxNode) => string;

/**
 * The few calls and members whose outcome does not depend on the machine or is the environment's: `os.environ['X']`,
 * `os.environ.get('X', 'y')`, `os.getenv`, `os.path.join`, `sys.executable`, and the names of Python's own kinds.
 */
export function callOf(node: SyntaxNode, textOf: TextOf, inner: Inner): Evaluated {
  const [of, list, ...more] = partsOf(node);
  if (of === undefined) return { unknown: 'is not a plain value' };
  if (node.name === 'MemberExpression') return member(node, textOf, inner);
  const name = withoutBlanks(textOf(of));
  if (list?.name !== 'ArgList' || more.length > 0) return { unknown: `is made by ${shown(name)}` };
  const words = argumentsOf(list, textOf, inner);
  if ('unknown' in words) return words;
  const call = CALLS.get(name);
  return (
    (call === undefined ? null : call(words.plain, words.named)) ?? { unknown: `is made by ${shown(name)}` }
  );
}

/** A call's name is told, never what it was given: that may be a secret. */
function shown(name: string): string {
  return isPlainName(name) ? `${name}()` : 'a call';
}

function member(node: SyntaxNode, textOf: TextOf, inner: Inner): Evaluated {
  const [of, ...rest] = partsOf(node);
  const whole = withoutBlanks(textOf(node));
  // Whichever Python it was: it is none here, and only its name is looked at.
  if (whole === 'sys.executable') return known('python3');
  const [key] = rest;
  if (
    of !== undefined &&
    withoutBlanks(textOf(of)) === 'os.environ' &&
    key !== undefined &&
    rest.length === 1
  ) {
    const name = inner(key);
    if ('unknown' in name) return name;
    return typeof name.value === 'string' && key.name !== 'PropertyName'
      ? fromEnvironment(name.value, undefined)
      : { unknown: 'is not a plain value' };
  }
  return { unknown: isPlainName(whole) ? `takes its value from ${whole}` : 'is not a plain value' };
}

export interface Arguments {
  readonly plain: readonly Known[];
  readonly named: ReadonlyMap<string, Known>;
}

export function argumentsOf(list: SyntaxNode, textOf: TextOf, inner: Inner): Arguments | { unknown: string } {
  const parts = partsOf(list);
  const plain: Known[] = [];
  const named = new Map<string, Known>();
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at], parts[at + 1]];
    if (part === undefined) break;
    const isNamed = next?.name === 'AssignOp';
    const value = isNamed ? parts[at + 2] : part;
    if (value === undefined || /^\*/.test(part.name)) return { unknown: 'is made by a call' };
    const found = inner(value);
    if ('unknown' in found) return found;
    if (isNamed) {
      named.set(textOf(part), found);
      at += 2;
    } else plain.push(found);
  }
  return { plain, named };
}

type Call = (plain: readonly Known[], named: ReadonlyMap<string, Known>) => Evaluated | null;

const VARIABLE = /^[A-Za-z_]\w*$/;

function fromEnvironment(variable: string, fallback: Known | undefined): Evaluated {
  if (!VARIABLE.test(variable))
    return { unknown: 'is a variable of the environment with a name that cannot be' };
  const made = known(fallback === undefined ? `\${${variable}}` : fallback.value, fallback && [fallback]);
  if ('unknown' in made) return made;
  return { ...made, mentions: [...made.mentions, { variable, hasDefault: fallback !== undefined }] };
}

const environment: Call = ([name, fallback, ...more], named) => {
  const given = fallback ?? named.get('default');
  if (typeof name?.value !== 'string' || more.length > 0) return null;
  // Python's None is no default: the trait would be unset.
  return fromEnvironment(name.value, given?.value === null ? undefined : given);
};

/** Posix: an absolute part begins anew. */
const joinPath: Call = (parts, named) => {
  if (named.size > 0 || parts.length === 0) return null;
  let path = '';
  for (const { value, mentions } of parts) {
    if (typeof value !== 'string') return null;
    // Whether what the environment says is absolute cannot be known, unless nothing stands before it.
    if (mentions.some(({ hasDefault }) => !hasDefault) && path !== '' && value.startsWith('${')) return null;
    path = value.startsWith('/') || path === '' ? value : `${path.replace(/\/$/, '')}/${value}`;
  }
  return known(path, parts);
};

const list: Call = ([given, ...more], named) => {
  if (named.size > 0 || more.length > 0) return null;
  if (given === undefined) return known([]);
  return Array.isArray(given.value) ? { ...given, shares: [] } : null;
};

const CALLS: ReadonlyMap<string, Call> = new Map(
  Object.entries<Call>({
    'os.environ.get': environment,
    'os.getenv': environment,
    'environ.get': environment,
    getenv: environment,
    'os.path.join': joinPath,
    list,
    set: list,
    tuple: list,
    frozenset: list,
    dict: ([given, ...more], named) => {
      if (more.length > 0) return null;
      const own = given === undefined ? {} : given.value;
      if (!isDict(own)) return null;
      const all = allKnown([...(given === undefined ? [] : [given]), ...named.values()]);
      if ('unknown' in all) return all;
      const added = [...named].map(([name, { value }]) => [name, value] as const);
      const made = known({ ...own, ...Object.fromEntries(added) }, all);
      return 'unknown' in made ? made : { ...made, shares: [] };
    },
    // Settings are read from text as well.
    int: ([given, ...more], named) => sameWord(given, more.length + named.size),
    float: ([given, ...more], named) => sameWord(given, more.length + named.size),
    str: ([given, ...more], named) => sameWord(given, more.length + named.size),
  }),
);

function sameWord(given: Known | undefined, others: number): Evaluated | null {
  const word = given !== undefined && ['string', 'number'].includes(typeof given.value);
  return word && others === 0 ? given : null;
}
