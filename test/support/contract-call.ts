import { request } from 'undici';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined when the answer was no JSON. */
  readonly json: unknown;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly raw?: string;
  /** On the listener for notebooks. */
  readonly notebook?: boolean;
}

/** A word of a JSON answer. @throws Error when it is not there. */
export function wordOf({ json }: Reply, key: string): string {
  const value =
    typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined;
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(json)}`);
  return value;
}

/** One request to a hub at `origin`, answered whatever its status. */
export async function call(origin: string, method: string, path: string, more: CallOptions): Promise<Reply> {
  const headers: Record<string, string> = { ...more.headers };
  if (more.token !== undefined) headers.authorization = `token ${more.token}`;
  if (more.cookie !== undefined) headers.cookie = more.cookie;
  let body: string | null = more.raw ?? null;
  if (more.body !== undefined) {
    body = JSON.stringify(more.body);
    headers['content-type'] ??= 'application/json';
  }
  if (more.form !== undefined) {
    body = new URLSearchParams(more.form).toString();
    headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  const answer = await request(`${origin}${path}`, { method: method as 'GET', headers, body });
  const text = await answer.body.text();
  const isJson = String(answer.headers['content-type'] ?? '').startsWith('application/json') && text !== '';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}
