/** What a literal of Python comes to, as YAML can say it: tuples and sets are lists. */
export type PythonValue =
  | null
  | boolean
  | number
  | string
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

/** A variable of the environment within a value. In the value stands its default, or `${NAME}` where it has none. */
export interface Mention {
  readonly variable: string;
  readonly hasDefault: boolean;
}

export interface Known {
  readonly value: PythonValue;
  readonly mentions: readonly Mention[];
  /** Variables of the file that may be the same list or mapping: what is done to them later is done to this. */
  readonly shares: readonly string[];
  /** Parts and letters, roughly: variables that hold each other could grow without bound. */
  readonly size: number;
}

/** Follows the name of what could not be read: `is a function`. */
export interface Unknown {
  readonly unknown: string;
}

export type Evaluated = Known | Unknown;

const SIZE_MAX = 100_000;

export function known(value: PythonValue, parts: readonly Known[] = []): Evaluated {
  const own = typeof value === 'string' ? 1 + value.length / 8 : 1;
  // A text contains what its parts say, a list or mapping is made of them.
  const size = own + parts.reduce((sum, part) => sum + part.size, 0);
  if (size > SIZE_MAX) return { unknown: 'is too large' };
  const mentions = new Map(parts.flatMap((part) => part.mentions.map((one) => [one.variable, one])));
  const shares = new Set(parts.flatMap((part) => part.shares));
  return { value, mentions: [...mentions.values()], shares: [...shares], size };
}

/** All of them, or the first that is not known. */
export function allKnown(parts: readonly Evaluated[]): readonly Known[] | Unknown {
  const found: Known[] = [];
  for (const part of parts) {
    if ('unknown' in part) return part;
    found.push(part);
  }
  return found;
}

export function isDict(value: PythonValue): value is { readonly [key: string]: PythonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Python's own notion of a value that is something. */
export function isTruthy(value: PythonValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isDict(value) ? Object.keys(value).length > 0 : Boolean(value);
}
