import type { Dice } from '../soak/dice.ts';
import { HOSTILE_WORDS, LONG_WORDS } from './hostile-words.ts';

/** What a mutation may draw on. */
export interface Material {
  readonly dice: Dice;
  /** Words of the subject's own language. */
  readonly words: readonly string[];
  /** Other inputs, to be spliced in. */
  readonly others: readonly string[];
}

/** A text as long as this is long enough to find what length finds. */
const LONGEST = 200_000;

/** A text changed in one to six places. The same dice make the same change. */
export function mutateText(text: string, material: Material): string {
  const { dice } = material;
  let changed = text;
  for (let left = 1 + below(dice, 6); left > 0; left -= 1) changed = oneChange(changed, material);
  return changed.slice(0, LONGEST);
}

function oneChange(text: string, { dice, words, others }: Material): string {
  const at = below(dice, text.length + 1);
  const length = 1 + below(dice, 1 + below(dice, 24));
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (below(dice, 10)) {
    case 0:
      return before + after.slice(length);
    case 1:
      return before + String.fromCharCode(below(dice, 256)) + after.slice(1);
    case 2:
      return before + after.slice(0, length).repeat(1 + below(dice, 8)) + after;
    case 3:
      return text.replace(/\d+/, () => dice.one(HOSTILE_WORDS));
    case 4:
      return (
        text.slice(0, below(dice, text.length + 1)) + dice.one(others.length > 0 ? others : ['']).slice(at)
      );
    case 5:
      return `${before}\n${dice.one(words.length > 0 ? words : HOSTILE_WORDS)}${after}`;
    case 6:
    case 7:
      return before + dice.one(words.length > 0 ? words : HOSTILE_WORDS) + after.slice(below(dice, length));
    case 8:
      return before + dice.one(below(dice, 20) === 0 ? LONG_WORDS : HOSTILE_WORDS) + after;
    default:
      return before + dice.one(HOSTILE_WORDS) + after.slice(length);
  }
}

/** A whole number from 0 up to, not including, the limit. */
export function below(dice: Dice, limit: number): number {
  return Math.floor(dice.roll() * limit);
}

/** A JSON value with one to three parts of it replaced, taken out, doubled, or named otherwise. */
export function mutateValue(value: unknown, dice: Dice): unknown {
  let changed = value;
  for (let left = 1 + below(dice, 3); left > 0; left -= 1) changed = changeInside(changed, dice, 0);
  return changed;
}

const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, -1e308, '', [], {}, [[]], [null], { a: { b: {} } }],
  ...[Array.from({ length: 2000 }, () => 'x'), JSON.parse('{"__proto__": {"admin": true}}')],
];

function changeInside(value: unknown, dice: Dice, depth: number): unknown {
  const isList = Array.isArray(value);
  const isObject = typeof value === 'object' && value !== null && !isList;
  const goIn = (isList || isObject) && depth < 6 && below(dice, 4) > 0;
  if (!goIn) return below(dice, 2) === 0 ? dice.one(ODD_VALUES) : dice.one(HOSTILE_WORDS);
  if (isList) {
    const at = below(dice, value.length + 1);
    return [...value.slice(0, at), changeInside(value[at], dice, depth + 1), ...value.slice(at + 1)];
  }
  const entries = Object.entries(value ?? {});
  const at = below(dice, entries.length + 1);
  const [key, inner] = entries[at] ?? [dice.one(HOSTILE_WORDS), null];
  const rest = entries.toSpliced(at, 1);
  if (below(dice, 5) === 0) return Object.fromEntries(rest);
  const name = below(dice, 6) === 0 ? dice.one(HOSTILE_WORDS) : key;
  return Object.fromEntries([...rest, [name, changeInside(inner, dice, depth + 1)]]);
}
