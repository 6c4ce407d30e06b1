import { request } from 'undici';

export interface VisitorReply {
  readonly status: number;
  readonly location: string;
  readonly setCookies: readonly string[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A browser without a screen: keeps cookies by path, follows nothing, sends the headers it is told. */
export class Visitor {
  readonly origin: string;
  readonly jar = new Map<string, { value: string; path: string }>();

  constructor(origin: string) {
    this.origin = origin;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<VisitorReply> {
    return this.#send('GET', path, headers);
  }

  /** A form with this visitor's `_xsrf`, unless the fields bring their own. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<VisitorReply> {
    const form = new URLSearchParams({ _xsrf: this.jar.get('_xsrf')?.value ?? '', ...fields });
    return this.#send(
      'POST',
      path,
      { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      form.toString(),
    );
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<VisitorReply> {
    const cookie = [...this.jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const answer = await request(`${this.origin}${path}`, {
      method,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...headers },
      body: body ?? null,
    });
    const setCookies = [answer.headers['set-cookie'] ?? []].flat();
    for (const line of setCookies) this.#keep(line);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : '',
      setCookies,
      headers: answer.headers,
      text: await answer.body.text(),
    };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0\b/i.test(line)) this.jar.delete(name);
    else this.jar.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
  }
}
