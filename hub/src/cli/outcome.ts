/** 0 done, 1 failed, 2 wrong words or a bad configuration, 3 there is nothing to give or something left to do, 4 the hub is not reached, 5 the doctor warns. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** What a command leaves: lines for stdout, lines for stderr, a code for scripts. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out?: string;
  readonly error?: string;
}
