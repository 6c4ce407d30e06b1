import { fill, type ProblemCode, type ProblemFacts } from '../../domain/problem.ts';
import { isKnownScope } from '../../domain/scope-names.ts';
import type { Messages } from './messages/en.ts';
import type { Phrases } from './messages/said.ts';

interface Reader {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly own: string;
}

// A catalogue never changes, so its phrases are read once.
const readers = new WeakMap<Phrases, readonly Reader[]>();

/** A sentence of the hub's own, in the reader's language; what no phrase knows is shown as it is. */
export function say(t: Messages, english: string): string {
  for (const { pattern, names, own } of readersOf(t.said)) {
    const match = pattern.exec(english);
    if (match === null) continue;
    const filled = Object.fromEntries(names.map((name, place) => [name, say(t, match[place + 1] ?? '')]));
    return own.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
  }
  return english;
}

/** Title and sentence of a problem, for the one who reads `t`. Facts that are sentences are said, too. */
export function sayProblem(
  t: Messages,
  code: ProblemCode,
  facts: ProblemFacts,
): { readonly title: string; readonly user: string } {
  const own = Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => [key, typeof fact === 'string' ? say(t, fact) : fact]),
  );
  const { title, user } = t.problems[code];
  return { title: fill(title, own, t.unknown), user: fill(user, own, t.unknown) };
}

/** What a scope allows; its filter is left out, and one of a service's own making is its own sentence. */
export function sayScope(t: Messages, scope: string): string {
  const name = scope.split('!')[0] ?? scope;
  return isKnownScope(name) ? t.scopes[name] : name;
}

function readersOf(phrases: Phrases): readonly Reader[] {
  const known = readers.get(phrases);
  if (known !== undefined) return known;
  const made = phrases.map(readerOf);
  readers.set(phrases, made);
  return made;
}

function readerOf([english, own]: Phrases[number]): Reader {
  const names: string[] = [];
  // Word characters and spaces need no escape; `{x}` is at least one sign, and never the whole sentence's line end.
  const source = english
    .split(/(\{\w+\})/)
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      return '(.+?)';
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`), names, own };
}
