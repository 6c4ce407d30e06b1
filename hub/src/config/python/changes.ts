import type { SyntaxNode } from '@lezer/common';
import { argumentsOf } from './calls.ts';
import { evaluate, type Names } from './evaluate.ts';
import { type Evaluated, isDict, type Known, known } from './value.ts';

/**
 * A trait after `append`, `add`, `extend`, `prepend`, `insert` or `update`: what JupyterHub's configuration objects
 * know. A trait of which nothing was said before begins empty.
 */
export function changeOf(
  before: Known | undefined,
  verb: string,
  given: SyntaxNode | readonly Evaluated[],
  names: Names,
): Evaluated {
  const read = 'name' in given ? readArguments(given, names) : plainOnly(given);
  if ('unknown' in read) return read;
  const { plain, named } = read;
  const [first, second, ...more] = plain;
  if (verb === 'update' && named.size > 0) {
    const pairs = Object.fromEntries([...named].map(([name, { value }]) => [name, value]));
    return first === undefined ? merged(before, known(pairs, [...named.values()])) : NOT_PLAIN;
  }
  if (first === undefined || more.length > 0 || named.size > 0) return NOT_PLAIN;
  if (verb === 'insert' && second !== undefined && typeof first.value === 'number') {
    return listed(before, (list) => list.toSpliced(Number(first.value), 0, second.value), second);
  }
  if (second !== undefined) return NOT_PLAIN;
  if (verb === 'append' || verb === 'add') return listed(before, (list) => [...list, first.value], first);
  if (isDict(first.value)) return verb === 'update' || verb === 'extend' ? merged(before, first) : NOT_PLAIN;
  if (!Array.isArray(first.value)) return NOT_PLAIN;
  const added: readonly Known['value'][] = first.value;
  if (verb === 'extend' || verb === 'update') return listed(before, (list) => [...list, ...added], first);
  return verb === 'prepend' ? listed(before, (list) => [...added, ...list], first) : NOT_PLAIN;
}

const NOT_PLAIN = { unknown: 'is changed by a call that is not known here' };

function readArguments(list: SyntaxNode, names: Names) {
  return argumentsOf(
    list,
    (node) => names.text.slice(node.from, node.to),
    (node) => evaluate(node, names),
  );
}

function plainOnly(given: readonly Evaluated[]) {
  const plain: Known[] = [];
  for (const each of given) {
    if ('unknown' in each) return each;
    plain.push(each);
  }
  return { plain, named: new Map<string, Known>() };
}

function listed(
  before: Known | undefined,
  change: (list: readonly Known['value'][]) => readonly Known['value'][],
  added: Known,
): Evaluated {
  const list = before?.value ?? [];
  if (!Array.isArray(list)) return { unknown: 'is changed as a list, and is none' };
  return known(change(list), before === undefined ? [added] : [before, added]);
}

function merged(before: Known | undefined, added: Evaluated): Evaluated {
  if ('unknown' in added) return added;
  const own = before?.value ?? {};
  if (!isDict(own) || !isDict(added.value)) return { unknown: 'is changed as a mapping, and is none' };
  return known({ ...own, ...added.value }, before === undefined ? [added] : [before, added]);
}
