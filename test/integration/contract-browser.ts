import { type Dispatcher, request } from 'undici';
import WebSocket from 'ws';

export interface Visit {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * As much of a browser as signing in needs: one origin whose `/user/…` is the notebook and the rest the hub,
 * and a jar that keeps cookies by path, as one behind the proxy would.
 */
export class ContractBrowser {
  readonly #hub: string;
  readonly #notebook: string;
  readonly #dispatcher: Dispatcher | undefined;
  #jar: Cookie[] = [];

  /** @param dispatcher connections and deadlines of one's own; with it certificates of WebSockets are not looked at. */
  constructor(hub: string, notebook: string, dispatcher?: Dispatcher) {
    this.#hub = hub;
    this.#notebook = notebook;
    this.#dispatcher = dispatcher;
  }

  setCookie(cookie: Cookie): void {
    this.#jar = this.#jar.filter(({ name, path }) => name !== cookie.name || path !== cookie.path);
    if (cookie.value !== '') this.#jar.push(cookie);
  }

  cookies(path: string): readonly Cookie[] {
    return this.#jar.filter((cookie) => path.startsWith(cookie.path));
  }

  async visit(
    path: string,
    method = 'GET',
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ): Promise<Visit> {
    const cookie = this.#header(path);
    const navigation = {
      accept: 'text/html',
      'sec-fetch-mode': 'navigate',
      ...(cookie === '' ? {} : { cookie }),
    };
    const answer = await request(this.#at(path), {
      method: method as 'GET',
      headers: { ...navigation, ...headers },
      body: body ?? null,
      ...(this.#dispatcher === undefined ? {} : { dispatcher: this.#dispatcher }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(line);
    const location = answer.headers.location;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : null,
      text: await answer.body.text(),
    };
  }

  /** Follows redirects; answers every stop on the way, the last one last. */
  async follow(path: string): Promise<readonly (Visit & { readonly path: string })[]> {
    const way: (Visit & { readonly path: string })[] = [];
    let next: string | null = path;
    while (next !== null && way.length < 12) {
      const visit: Visit = await this.visit(next);
      way.push({ ...visit, path: next });
      next = visit.location;
    }
    return way;
  }

  socket(path: string, headers: Readonly<Record<string, string>> = {}): WebSocket {
    const cookie = this.#header(path);
    return new WebSocket(this.#at(path).replace(/^http/, 'ws'), {
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      handshakeTimeout: 10_000,
      rejectUnauthorized: this.#dispatcher === undefined,
    });
  }

  #at(path: string): string {
    return `${path.startsWith('/user/') ? this.#notebook : this.#hub}${path}`;
  }

  #header(path: string): string {
    return this.cookies(path)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(line: string): void {
    const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
    const attribute = (name: string) =>
      rest.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const cut = pair.indexOf('=');
    const ended = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now();
    this.setCookie({
      name: pair.slice(0, cut),
      value: ended ? '' : pair.slice(cut + 1),
      path: attribute('path') ?? '/',
    });
  }
}
