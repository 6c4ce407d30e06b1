/** One request of the list, and who sends it: a name from the tokens, `nobody`, `stranger`, or `cookie:<name>`. */
export interface Step {
  readonly as: string;
  readonly method: string;
  /** Below `/hub/api`; `{word}` is what an earlier answer was saved as. */
  readonly path: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps a word of the answer: name under which, and the key in the JSON, or `code` of the Location. */
  readonly save?: readonly [name: string, key: string];
}

type More = Omit<Step, 'as' | 'method' | 'path' | 'body'>;

export function step(as: string, method: string, path: string, body?: unknown, more: More = {}): Step {
  return { as, method, path, ...(body === undefined ? {} : { body }), ...more };
}

/** As it is called in the report and in the list of differences. */
export function titleOf({ as, method, path, body, raw, form, headers }: Step): string {
  const sent =
    raw ??
    (form === undefined ? (body === undefined ? '' : JSON.stringify(body)) : new URLSearchParams(form));
  const extra = headers === undefined ? '' : ` ${JSON.stringify(headers)}`;
  return `${as}: ${method} ${path} ${String(sent).slice(0, 120)}${extra}`.trim();
}
