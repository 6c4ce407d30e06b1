import { PASSWORD_PROBLEMS } from './problems/password-problems.ts';
import type { ProblemKind } from './problems/problem-kind.ts';
import { REQUEST_PROBLEMS } from './problems/request-problems.ts';
import { SERVER_PROBLEMS } from './problems/server-problems.ts';
import { SHARE_PROBLEMS } from './problems/share-problems.ts';
import { SIGN_IN_PROBLEMS } from './problems/sign-in-problems.ts';
import { STORAGE_PROBLEMS } from './problems/storage-problems.ts';
import { STORE_PROBLEMS } from './problems/store-problems.ts';

/** Everything that can go wrong and that a person is told of, by its code. */
export const PROBLEMS = {
  ...SIGN_IN_PROBLEMS,
  ...PASSWORD_PROBLEMS,
  ...REQUEST_PROBLEMS,
  ...STORE_PROBLEMS,
  ...SERVER_PROBLEMS,
  ...STORAGE_PROBLEMS,
  ...SHARE_PROBLEMS,
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemFacts = Readonly<Record<string, string | number | null>>;

/** Thrown wherever something of the catalogue happened. Its message is the administrator's sentence. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, facts: ProblemFacts = {}, options?: ErrorOptions) {
    super(`${code} ${fill(PROBLEMS[code].admin, facts)}`, options);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

/** Puts facts into a sentence of the catalogue; a missing fact reads "unknown", or that word of another language. */
export function fill(sentence: string, facts: ProblemFacts, unknown = 'unknown'): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) =>
    Object.hasOwn(facts, key) ? String(facts[key] ?? unknown) : unknown,
  );
}

/** The sentences of a problem, filled: English, as the log and the API have them. Pages say them in the reader's language. */
export function describeProblem(
  code: ProblemCode,
  facts: ProblemFacts,
): { title: string; user: string; admin: string } {
  const kind = PROBLEMS[code];
  return { title: fill(kind.title, facts), user: fill(kind.user, facts), admin: fill(kind.admin, facts) };
}
