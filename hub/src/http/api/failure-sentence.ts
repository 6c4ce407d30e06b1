import { describeProblem, isProblemCode } from '../../domain/problem.ts';
import type { ServerFailure } from '../../domain/server.ts';

/** Why a start failed, for the person who waits: never the engine's own words. */
export function failureSentence(failure: ServerFailure | null): string {
  if (failure === null || !isProblemCode(failure.code)) return 'The server could not be started';
  const { title, user } = describeProblem(failure.code, failure.facts ?? {});
  return `${title}. ${user}`;
}
