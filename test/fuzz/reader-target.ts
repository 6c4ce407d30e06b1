/**
 * Something that reads texts from outside. `read` gets an input that nobody wrote, and throws Broken when a rule does not
 * hold; whatever else it throws is a fault of the reader as well: readers answer with what is wrong, or throw the errors
 * that they are documented to throw, which `read` catches.
 */
export interface ReaderTarget {
  readonly name: string;
  /** Good inputs to begin with. */
  readonly seeds: readonly string[];
  /** Words of the reader's language. */
  readonly words: readonly string[];
  readonly read: (input: string) => void | Promise<void>;
}

/** A rule that does not hold. */
export class Broken extends Error {}

/** @throws Broken */
export function must(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new Broken(rule);
}

/** What no input may bring about, whoever reads it. @throws Broken */
export function mustLeavePrototypes(): void {
  must(Object.keys(Object.prototype).length === 0, 'an input wrote into the prototype of all objects');
  must(!('admin' in {}), 'an input made every object an administrator');
}
