import type { ProblemCode } from '../../../domain/problem.ts';

interface Words {
  readonly title: string;
  readonly user: string;
}

/** What a person reads of each problem of a table; `{name}` is filled from its facts. A missing code does not compile. */
export type WordsOf<Table> = Readonly<Record<keyof Table, Words>>;

/** Of all of them. */
export type ProblemWords = Readonly<Record<ProblemCode, Words>>;
