/** A named set of people. Who is in it stands in each user's `groups`, so that a check reads one record. */
export interface Group {
  readonly name: string;
  /** Whatever an administrator or a sign-in provider noted; the hub gives it no meaning. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly created: number;
}

// What fits into a scope's filter and a URL without escapes that somebody forgets.
const GROUP_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._@~:-]{0,253}[A-Za-z0-9])?$/;

/** Whether a new group may have this name. */
export function isGroupName(name: string): boolean {
  return GROUP_NAME.test(name);
}
