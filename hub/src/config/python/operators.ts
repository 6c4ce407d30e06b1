import type { SyntaxNode } from '@lezer/common';
import { type Evaluated, isTruthy, type Known, known } from './value.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '**': (a, b) => a ** b,
};

/** `24 * 3600`, `-1`, `'a' + 'b'`, `os.environ.get('X') or 'y'`: what has one outcome only. */
export function operate(
  parts: readonly SyntaxNode[],
  textOf: (node: SyntaxNode) => string,
  inner: (node: SyntaxNode) => Evaluated,
): Evaluated {
  const [first, second, third, ...more] = parts;
  if (first === undefined || second === undefined || more.length > 0) return { unknown: 'is a computation' };
  if (third === undefined) return negated(textOf(first), inner(second));
  const [left, right] = [inner(first), inner(third)];
  if ('unknown' in left) return left;
  if ('unknown' in right) return right;
  return combined(textOf(second), left, right);
}

function negated(sign: string, of: Evaluated): Evaluated {
  if ('unknown' in of) return of;
  if (sign === 'not' && of.mentions.length === 0) return known(!isTruthy(of.value));
  if (typeof of.value !== 'number' || of.mentions.length > 0) return { unknown: 'is a computation' };
  if (sign === '-') return known(-of.value);
  return sign === '+' ? of : { unknown: 'is a computation' };
}

function combined(operator: string, left: Known, right: Known): Evaluated {
  if (operator === 'or') return either(left, right);
  const { value: a } = left;
  const { value: b } = right;
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return known(a + b, [left, right]);
  if (operator === '+' && Array.isArray(a) && Array.isArray(b)) return known([...a, ...b], [left, right]);
  const compute = ARITHMETIC[operator];
  // What the environment says is text, and the sum of it is Python's to refuse.
  const open = left.mentions.length + right.mentions.length > 0;
  if (compute === undefined || open || typeof a !== 'number' || typeof b !== 'number')
    return { unknown: 'is a computation' };
  const result = compute(a, b);
  return Number.isFinite(result) && Math.abs(result) <= Number.MAX_SAFE_INTEGER
    ? known(result)
    : { unknown: 'is a number that cannot be carried over' };
}

/** `X or Y`. Where X is a variable of the environment, Y is what holds without it. */
function either(left: Known, right: Known): Evaluated {
  const [mention, ...others] = left.mentions;
  if (mention === undefined) return isTruthy(left.value) ? left : right;
  if (others.length > 0) return { unknown: 'depends on a condition' };
  if (mention.hasDefault && isTruthy(left.value)) return left;
  const defaulted = { ...left, value: null, mentions: [{ ...mention, hasDefault: true }] };
  return known(right.value, [defaulted, right]);
}
