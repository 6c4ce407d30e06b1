import type { SyntaxNode } from '@lezer/common';
import { changeOf } from './changes.ts';
import { evaluate, type Names } from './evaluate.ts';
import { LineIndex } from './line-index.ts';
import type { Assigned, LeftOut, PythonConfiguration } from './python-configuration.ts';
import { blockWord, changedIn, importedBy, type Target, targetOf, traitsIn } from './statements.ts';
import { isBroken, isPlainName, partsOf } from './syntax.ts';
import { type Evaluated, isDict, type Known, known } from './value.ts';

/** Modules that are only there for what is read anyway. */
const NEEDED_ANYWAY: ReadonlySet<string> = new Set(['os', 'sys', 'os.path', 'os.environ', 'os.getenv']);

/** Goes through a file from the top, statement by statement, and keeps what each trait and variable is by then. */
export class PythonReader {
  readonly #text: string;
  readonly #lines: LineIndex;
  /** `c`, or whatever `get_config()` was given to. */
  readonly #roots = new Set(['c']);
  readonly #traits = new Map<string, Assigned>();
  readonly #variables = new Map<string, Evaluated>();
  readonly #imports = new Map<string, string>();
  readonly #importLines = new Map<string, number>();
  readonly #used = new Set<string>();
  readonly #leftOut: LeftOut[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  read(node: SyntaxNode): void {
    const block = blockWord(node);
    if (node.name === 'StatementGroup') for (const each of partsOf(node)) this.read(each);
    else if (block !== null) this.#block(node, block);
    else if (isBroken(node)) this.#broken(node);
    else if (node.name === 'AssignStatement') this.#assign(node);
    else if (node.name === 'UpdateStatement') this.#update(node);
    else if (node.name === 'ExpressionStatement') this.#call(node);
    else if (node.name === 'ImportStatement') this.#import(node);
    else if (!['Comment', 'PassStatement'].includes(node.name)) {
      this.#leaveOut(node, 'a statement', 'only means something to Python');
    }
  }

  result(): PythonConfiguration {
    for (const [name, line] of this.#importLines) {
      if (this.#used.has(name)) continue;
      const module = this.#imports.get(name) ?? name;
      this.#leftOut.push({ line, what: `import of ${module}`, why: 'is Python, which is not run' });
    }
    return {
      assigned: [...this.#traits.values()].sort((one, other) => one.line - other.line),
      leftOut: this.#leftOut.sort((one, other) => one.line - other.line),
    };
  }

  #assign(node: SyntaxNode): void {
    const parts = partsOf(node).filter(({ name }) => name !== 'TypeDef');
    const targets = parts.filter((_, at) => parts[at + 1]?.name === 'AssignOp');
    const value = parts.at(-1);
    const odd =
      parts.some(({ name }, at) => (at % 2 === 1) !== (name === 'AssignOp')) || parts.length % 2 === 0;
    if (value === undefined || odd) {
      this.#unpacked(node);
      return;
    }
    if (/^get_config\s*\(\s*\)$/.test(this.#text.slice(value.from, value.to))) {
      for (const { from, to } of targets) this.#roots.add(this.#text.slice(from, to));
      return;
    }
    const read = targets.map((target) => targetOf(target, this.#text, this.#roots));
    let found = evaluate(value, this.#names());
    const shared = read.flatMap((target) => (target.kind === 'variable' ? [target.name] : []));
    if ('value' in found && typeof found.value === 'object' && found.value !== null) {
      found = { ...found, shares: [...found.shares, ...shared] };
    }
    for (const target of read) this.#set(node, target, found);
  }

  /** `a, b = 1, 2`. */
  #unpacked(node: SyntaxNode): void {
    for (const name of changedIn(node, this.#text)) this.#spoil(name, node);
    const traits = traitsIn(node, this.#text, this.#roots);
    for (const trait of traits) this.#traits.delete(trait);
    this.#leaveOut(node, toldTraits(traits) || 'an assignment', 'takes several values apart');
  }

  #set(node: SyntaxNode, target: Target, found: Evaluated): void {
    if (target.kind === 'variable') this.#variables.set(target.name, found);
    else if (target.kind === 'other') this.#leaveOut(node, target.words, 'is not c.Class.trait');
    else if ('unknown' in found) {
      this.#traits.delete(target.trait);
      this.#leaveOut(node, `c.${target.trait}`, found.unknown);
    } else if (target.kind === 'trait') this.#keep(node, target.trait, found);
    else this.#setEntry(node, target, found);
  }

  #setEntry(node: SyntaxNode, { trait, key }: { trait: string; key: SyntaxNode }, found: Known): void {
    const name = evaluate(key, this.#names());
    const before = this.#traits.get(trait)?.found ?? EMPTY_DICT;
    if ('unknown' in name || typeof name.value !== 'string' || !isDict(before.value)) {
      this.#leaveOut(node, `c.${trait}`, 'has a key that is no word');
      return;
    }
    this.#keepOrLeave(node, trait, known({ ...before.value, [name.value]: found.value }, [before, found]));
  }

  /** `c.X.y += [1]`, `c.X.y |= {1}`. */
  #update(node: SyntaxNode): void {
    const [of, , value, ...more] = partsOf(node);
    const target = of === undefined ? null : targetOf(of, this.#text, this.#roots);
    if (target?.kind === 'variable') {
      this.#spoil(target.name, node);
      return;
    }
    if (target?.kind !== 'trait' || value === undefined || more.length > 0) {
      this.#leaveOut(node, 'an assignment', 'is not c.Class.trait += value');
      return;
    }
    this.#change(node, target.trait, 'extend', [evaluate(value, this.#names())]);
  }

  /** `c.X.y.append(1)`; a text by itself is a remark. */
  #call(node: SyntaxNode): void {
    const [expression, ...more] = partsOf(node);
    if (expression === undefined || more.length > 0) {
      this.#leaveOut(node, 'an expression', NO_EFFECT);
      return;
    }
    if (/String$/.test(expression.name)) return;
    if (expression.name !== 'CallExpression') {
      this.#leaveOut(node, 'an expression', NO_EFFECT);
      return;
    }
    const [callee, list] = partsOf(expression);
    const [of, verb] = callee === undefined ? [] : partsOf(callee);
    const target = of === undefined ? null : targetOf(of, this.#text, this.#roots);
    if (target?.kind === 'trait' && verb?.name === 'PropertyName' && list !== undefined) {
      const name = this.#text.slice(verb.from, verb.to);
      this.#change(node, target.trait, name, list);
      return;
    }
    for (const name of changedIn(node, this.#text)) if (this.#variables.has(name)) this.#spoil(name, node);
    const called = callee === undefined ? '' : this.#text.slice(callee.from, callee.to);
    const why =
      called === 'load_subconfig'
        ? 'reads another file: import that one by itself'
        : 'is a call, which is not run';
    this.#leaveOut(node, isPlainName(called) ? `${called}()` : 'a call', why);
  }

  #change(node: SyntaxNode, trait: string, verb: string, given: SyntaxNode | readonly Evaluated[]): void {
    const lost = this.#leftOut.some(({ what }) => what === `c.${trait}`) && !this.#traits.has(trait);
    if (lost) {
      this.#leaveOut(node, `c.${trait}`, 'adds to a value that could not be read');
      return;
    }
    const before = this.#traits.get(trait)?.found;
    this.#keepOrLeave(node, trait, changeOf(before, verb, given, this.#names()));
  }

  #keepOrLeave(node: SyntaxNode, trait: string, found: Evaluated): void {
    if ('unknown' in found) {
      this.#traits.delete(trait);
      this.#leaveOut(node, `c.${trait}`, found.unknown);
    } else this.#keep(node, trait, found);
  }

  #keep(node: SyntaxNode, trait: string, found: Known): void {
    this.#traits.set(trait, { trait, line: this.#lines.of(node.from), found });
  }

  #import(node: SyntaxNode): void {
    for (const [name, module] of importedBy(this.#text.slice(node.from, node.to))) {
      this.#imports.set(name, module);
      if (!NEEDED_ANYWAY.has(module)) this.#importLines.set(name, this.#lines.of(node.from));
    }
  }

  #block(node: SyntaxNode, word: string): void {
    const traits = traitsIn(node, this.#text, this.#roots);
    for (const name of changedIn(node, this.#text)) if (this.#variables.has(name)) this.#spoil(name, node);
    const speaksOf = traits.length === 0 ? '' : `, and speaks of ${toldTraits(traits)}`;
    const list = /userlist/.test(this.#text.slice(node.from, node.to))
      ? '; the file userlist is read by the hub itself'
      : '';
    this.#leaveOut(node, word, `is Python, which is not run${speaksOf}${list}`);
  }

  #broken(node: SyntaxNode): void {
    const [first, last] = [this.#lines.of(node.from), this.#lines.of(Math.max(node.from, node.to - 1))];
    for (const name of changedIn(node, this.#text)) this.#spoil(name, node);
    const traits = traitsIn(node, this.#text, this.#roots);
    for (const trait of traits) this.#traits.delete(trait);
    const until = last > first ? ` (to line ${last})` : '';
    this.#leaveOut(node, toldTraits(traits) || 'a statement', `is not Python as it is known here${until}`);
  }

  /** What was said of a variable holds no more, nor does a trait that is the same list. */
  #spoil(name: string, node: SyntaxNode): void {
    const line = this.#lines.of(node.from);
    this.#variables.set(name, { unknown: `is changed in line ${line}` });
    for (const [trait, assigned] of [...this.#traits]) {
      if (!assigned.found.shares.includes(name)) continue;
      this.#traits.delete(trait);
      const why = `is the same as ${name}, which is changed in line ${line}`;
      this.#leftOut.push({ line: assigned.line, what: `c.${trait}`, why });
    }
  }

  #leaveOut(node: SyntaxNode, what: string, why: string): void {
    this.#leftOut.push({ line: this.#lines.of(node.from), what, why });
  }

  #names(): Names {
    return {
      text: this.#text,
      variables: this.#variables,
      imports: this.#imports,
      used: (name) => this.#used.add(name),
    };
  }
}

const NO_EFFECT = 'has no effect';
const EMPTY_DICT: Known = { value: {}, mentions: [], shares: [], size: 1 };

function toldTraits(traits: readonly string[]): string {
  return traits.map((trait) => `c.${trait}`).join(', ');
}
