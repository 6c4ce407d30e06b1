import type { Draft, IndexedTable } from '../../domain/store.ts';

/** How a table finds its records: the key, and the fields that are looked up beside it. */
export interface TableShape<T, Index extends string> {
  readonly key: (record: T) => string;
  /** Value, or values, of the record under an index; null leaves it out. */
  readonly indexes: Readonly<Record<Index, (record: T) => string | readonly string[] | null>>;
}

/**
 * Records of one kind in a Map (never a plain object: people may be called `constructor`), with look-ups
 * that are kept up to date at each write, so that no request scans.
 */
export class MemoryTable<T, Index extends string = never> implements IndexedTable<T, Index>, Draft<T> {
  readonly #shape: TableShape<T, Index>;
  readonly #records = new Map<string, T>();
  readonly #lookups = new Map<string, Map<string, Set<string>>>();
  /** Told of each write with the record that was there before; how a store takes a change back. */
  onWrite: (key: string, before: T | undefined) => void = () => {};

  constructor(shape: TableShape<T, Index>) {
    this.#shape = shape;
    for (const index of Object.keys(shape.indexes)) this.#lookups.set(index, new Map());
  }

  get size(): number {
    return this.#records.size;
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  values(): Iterable<T> {
    return this.#records.values();
  }

  where(index: Index, value: string): readonly T[] {
    const keys = this.#lookups.get(index)?.get(value);
    if (keys === undefined) return [];
    const found: T[] = [];
    for (const key of keys) {
      const record = this.#records.get(key);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  put(record: T): void {
    const key = this.#shape.key(record);
    const before = this.#records.get(key);
    if (before !== undefined) this.#unlink(key, before);
    this.#records.set(key, record);
    this.#link(key, record);
    this.onWrite(key, before);
  }

  delete(key: string): void {
    const before = this.#records.get(key);
    if (before === undefined) return;
    this.#unlink(key, before);
    this.#records.delete(key);
    this.onWrite(key, before);
  }

  #link(key: string, record: T): void {
    for (const [index, value] of this.#indexed(record)) {
      const lookup = this.#lookups.get(index);
      const keys = lookup?.get(value);
      if (keys === undefined) lookup?.set(value, new Set([key]));
      else keys.add(key);
    }
  }

  #unlink(key: string, record: T): void {
    for (const [index, value] of this.#indexed(record)) {
      const lookup = this.#lookups.get(index);
      const keys = lookup?.get(value);
      keys?.delete(key);
      if (keys?.size === 0) lookup?.delete(value);
    }
  }

  *#indexed(record: T): Iterable<readonly [string, string]> {
    for (const index of Object.keys(this.#shape.indexes)) {
      const value = this.#shape.indexes[index as Index](record);
      for (const one of typeof value === 'string' ? [value] : (value ?? [])) yield [index, one];
    }
  }
}
