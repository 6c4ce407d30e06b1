/** Numbers that look random and are the same for the same seed: what a run did can be done again. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.roll() * (most - least);
  }

  /** One of them. @throws RangeError when there is none. */
  one<T>(things: readonly T[]): T {
    const thing = things[Math.floor(this.roll() * things.length)];
    if (thing === undefined) throw new RangeError('there is nothing to choose from');
    return thing;
  }
}
