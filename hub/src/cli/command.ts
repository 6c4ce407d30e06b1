import type { Answer } from './ask-hub.ts';
import type { Outcome } from './outcome.ts';

/** `deadline`: milliseconds, when the usual ten seconds will not do. */
export type Ask = (method: string, path: string, deadline?: number) => Promise<Answer>;

/** One word of the command line. `words`: what follows it. */
export interface Command {
  readonly usage: string;
  readonly doc: string;
  readonly run: (ask: Ask, words: readonly string[]) => Promise<Outcome>;
}
