/**
 * Everything that can go wrong and that a person is told of. `docs/reference/errors.md` is made from these
 * tables, and a test compares both ways.
 *
 * A problem has two faces: `user` for whoever pressed the button, `admin` for whoever keeps the machine.
 * `{name}` in a sentence is filled from the problem's facts.
 */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly user: string;
  readonly admin: string;
}
