/** What does not pass, with the reason in words; the engine has not seen it. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: 400 | 403 | 404 | 408 | 413 | 502, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** @throws Refused 403 */
export function forbid(reason: string): never {
  throw new Refused(403, reason);
}
