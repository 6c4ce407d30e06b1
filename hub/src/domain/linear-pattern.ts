/**
 * Regular expressions that are matched in time linear in the text, whatever the pattern: all states at once,
 * never going back. The language's own engine goes back, and a pattern such as `(a+)+` then takes years for
 * a name of sixty letters. What cannot be had that way (look-around, references back) is refused.
 *
 * Understood: letters, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ? {m,n}`, and `^` and
 * `$` at the ends, where they change nothing: the whole text is matched always.
 */
export interface LinearPattern {
  readonly source: string;
  /** Whether the whole text fits. */
  matches(text: string): boolean;
}

type Fits = (letter: string) => boolean;
/** A state of the machine: read a letter that fits and go on, or go on to two others, or be done. */
type Step =
  | { readonly kind: 'read'; readonly fits: Fits; next: number }
  | { readonly kind: 'fork'; one: number; other: number }
  | { readonly kind: 'done' };
/** Writes the steps of a piece that go on at `next`; answers where it begins. */
type Piece = (steps: Step[], next: number) => number;

const STEPS_MAX = 4000;
const REPEAT_MAX = 256;

/** @throws RangeError with one sentence for a pattern that cannot be read, or is too large. */
export function linearPattern(source: string): LinearPattern {
  const reader = new Reader(source.replace(/^\^/, '').replace(/(^|[^\\])\$$/, '$1'));
  const piece = reader.alternatives();
  reader.expectEnd();
  const steps: Step[] = [{ kind: 'done' }];
  const start = piece(steps, 0);
  return { source, matches: (text) => run(steps, start, text) };
}

function run(steps: readonly Step[], start: number, text: string): boolean {
  let states = reach(steps, [start]);
  for (const letter of text) {
    const after: number[] = [];
    for (const state of states) {
      const step = steps[state];
      if (step?.kind === 'read' && step.fits(letter)) after.push(step.next);
    }
    if (after.length === 0) return false;
    states = reach(steps, after);
  }
  return states.has(0);
}

/** All states that are reached without reading. */
function reach(steps: readonly Step[], from: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [...from];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    const step = steps[state];
    if (step?.kind === 'fork') waiting.push(step.one, step.other);
  }
  return reached;
}

function add(steps: Step[], step: Step): number {
  if (steps.length >= STEPS_MAX) throw new RangeError('the pattern is too large');
  return steps.push(step) - 1;
}

const nothing: Piece = (_, next) => next;
const read =
  (fits: Fits): Piece =>
  (steps, next) =>
    add(steps, { kind: 'read', fits, next });
const sequence =
  (pieces: readonly Piece[]): Piece =>
  (steps, next) =>
    pieces.reduceRight((after, piece) => piece(steps, after), next);
const either =
  (one: Piece, other: Piece): Piece =>
  (steps, next) =>
    add(steps, { kind: 'fork', one: one(steps, next), other: other(steps, next) });

/** From `least` to `most` times; `most` null: any number. */
function repeated(piece: Piece, least: number, most: number | null): Piece {
  const must = Array.from({ length: least }, () => piece);
  if (most === null) return sequence([...must, star(piece)]);
  const may = Array.from({ length: most - least }).reduce<Piece>(
    (rest) => either(sequence([piece, rest]), nothing),
    nothing,
  );
  return sequence([...must, may]);
}

function star(piece: Piece): Piece {
  return (steps, next) => {
    const fork = { kind: 'fork' as const, one: next, other: next };
    const at = add(steps, fork);
    fork.one = piece(steps, at);
    return at;
  };
}

const CLASSES: Readonly<Record<string, Fits>> = {
  d: (letter) => /[0-9]/.test(letter),
  w: (letter) => /\w/.test(letter),
  s: (letter) => /\s/.test(letter),
};

class Reader {
  readonly #letters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#letters = [...source];
  }

  alternatives(): Piece {
    let piece = this.#sequence();
    while (this.#take('|')) piece = either(piece, this.#sequence());
    return piece;
  }

  expectEnd(): void {
    if (this.#at < this.#letters.length) throw this.#fault('a bracket that was not opened');
  }

  #sequence(): Piece {
    const pieces: Piece[] = [];
    while (this.#at < this.#letters.length && !'|)'.includes(this.#peek())) pieces.push(this.#repeated());
    return sequence(pieces);
  }

  #repeated(): Piece {
    const piece = this.#one();
    if (this.#take('*')) return this.#greedy(repeated(piece, 0, null));
    if (this.#take('+')) return this.#greedy(repeated(piece, 1, null));
    if (this.#take('?')) return this.#greedy(repeated(piece, 0, 1));
    const counted = /^\{(\d{1,3})(,(\d{1,3})?)?\}/.exec(this.#letters.slice(this.#at, this.#at + 9).join(''));
    if (counted === null) return piece;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === undefined ? null : Number(counted[3]);
    if (Math.max(least, most ?? 0) > REPEAT_MAX || (most !== null && most < least)) {
      throw this.#fault(`a number of repetitions that is not 0 to ${REPEAT_MAX}`);
    }
    return this.#greedy(repeated(piece, least, most));
  }

  /** Whether it takes much or little first makes no difference to the whole text. */
  #greedy(piece: Piece): Piece {
    if (!this.#take('?') && '*+'.includes(this.#peek() || ' '))
      throw this.#fault('a repetition of a repetition');
    return piece;
  }

  #one(): Piece {
    const letter = this.#next();
    if (letter === '(') return this.#group();
    if (letter === '[') return read(this.#class());
    if (letter === '.') return read((found) => found !== '\n');
    if (letter === '\\') return read(this.#escaped());
    if ('*+?{^$'.includes(letter)) throw this.#fault(`a "${letter}" in this place`);
    return read((found) => found === letter);
  }

  #group(): Piece {
    if (this.#take('?') && !this.#take(':')) throw this.#fault('a group other than (…) and (?:…)');
    this.#depth += 1;
    if (this.#depth > 50) throw this.#fault('more than 50 groups within each other');
    const piece = this.alternatives();
    if (!this.#take(')')) throw this.#fault('a bracket that is not closed');
    this.#depth -= 1;
    return piece;
  }

  #escaped(): Fits {
    const letter = this.#next();
    const known = CLASSES[letter.toLowerCase()];
    if (known !== undefined) return letter === letter.toLowerCase() ? known : (found) => !known(found);
    if (/[A-Za-z0-9]/.test(letter)) throw this.#fault(`\\${letter}, which is not understood`);
    return (found) => found === letter;
  }

  #class(): Fits {
    const not = this.#take('^');
    const parts: Fits[] = [];
    do {
      const letter = this.#next();
      if (letter === '\\') {
        parts.push(this.#escaped());
        continue;
      }
      const isRange = this.#peek() === '-' && ![']', undefined].includes(this.#letters[this.#at + 1]);
      if (isRange) this.#at += 1;
      const last = isRange ? this.#next() : letter;
      if (last < letter || last === '\\') throw this.#fault('a range that runs backwards');
      parts.push((found) => found >= letter && found <= last);
    } while (!this.#take(']'));
    return (found) => parts.some((fits) => fits(found)) !== not;
  }

  #peek(): string {
    return this.#letters[this.#at] ?? '';
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const letter = this.#letters[this.#at];
    if (letter === undefined) throw this.#fault('an end too early');
    this.#at += 1;
    return letter;
  }

  #fault(what: string): RangeError {
    return new RangeError(`has ${what} (at letter ${this.#at})`);
  }
}
