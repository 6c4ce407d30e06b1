/**
 * Numbers over the last stretch of time, in slots of equal length, each the mean of what fell into it. Takes its
 * memory at once, four bytes a number, and never more.
 */
export class TimeRing {
  readonly #slotMs: number;
  readonly #columns: number;
  /** Of each slot: how many were added, then a mean a column. */
  readonly #cells: Float32Array;
  readonly #slots: number;
  #newest = -1;

  constructor(slotMs: number, slots: number, columns: number) {
    this.#slotMs = slotMs;
    this.#slots = slots;
    this.#columns = columns;
    this.#cells = new Float32Array(slots * (columns + 1));
  }

  /** What is not known is NaN, and counts for no mean. What is older than the ring reaches is left out. */
  add(at: number, values: readonly number[]): void {
    const slot = Math.floor(at / this.#slotMs);
    if (slot <= this.#newest - this.#slots) return;
    this.#clearUpTo(slot);
    const start = this.#startOf(slot);
    const known = (this.#cells[start] ?? 0) + 1;
    this.#cells[start] = known;
    for (let column = 0; column < this.#columns; column += 1) {
      const value = values[column] ?? Number.NaN;
      const place = start + 1 + column;
      const mean = known === 1 ? Number.NaN : (this.#cells[place] ?? Number.NaN);
      if (Number.isNaN(mean)) this.#cells[place] = value;
      else if (!Number.isNaN(value)) this.#cells[place] = mean + (value - mean) / known;
    }
  }

  /** Every slot up to the one of `now`, the oldest first: when it ends, and its means, or null when nothing fell in. */
  read(now: number): readonly { readonly at: number; readonly values: readonly number[] | null }[] {
    const last = Math.floor(now / this.#slotMs);
    return Array.from({ length: this.#slots }, (_, index) => {
      const slot = last - this.#slots + 1 + index;
      return { at: (slot + 1) * this.#slotMs, values: this.#valuesOf(slot) };
    });
  }

  #valuesOf(slot: number): readonly number[] | null {
    if (slot < 0 || slot > this.#newest || slot <= this.#newest - this.#slots) return null;
    const start = this.#startOf(slot);
    if (this.#cells[start] === 0) return null;
    return Array.from(this.#cells.subarray(start + 1, start + 1 + this.#columns));
  }

  #clearUpTo(slot: number): void {
    const first = Math.max(this.#newest + 1, slot - this.#slots + 1);
    for (let each = first; each <= slot; each += 1) {
      const start = this.#startOf(each);
      this.#cells.fill(0, start, start + 1 + this.#columns);
    }
    this.#newest = Math.max(this.#newest, slot);
  }

  #startOf(slot: number): number {
    return (slot % this.#slots) * (this.#columns + 1);
  }
}
