import type { IncomingMessage } from 'node:http';
import { isPersonal } from '../activity.ts';
import type { ProxyContext } from '../context.ts';
import { PORT_KEY_HEADER } from '../contract.ts';
import { readRequestFields } from '../http/request-head.ts';
import type { Chosen } from '../routes/choose-route.ts';
import { LiveRoute } from '../routes/route.ts';
import { pathOf } from '../routes/route-path.ts';
import { readPortPath } from './port-path.ts';
import type { PortSettings } from './read-port-settings.ts';
import { underContext } from './under-context.ts';

/** A visitor's own word of where a program stands is not passed on, nor is the key. */
const PLACE = new Set(['x-forwarded-prefix', 'x-forwarded-context', 'x-proxycontextpath', PORT_KEY_HEADER]);
/** What the proxy in front vouches for. It has replaced whatever the visitor said under these names. */
const VOUCHED = new Set(['x-forwarded-user', 'x-berth-assertion']);

/** Finds the program that a request is for. Throws Refusal as `readPortPath` does. */
export class PortChooser {
  readonly #settings: PortSettings;
  readonly #context: ProxyContext;
  readonly #routes = new Map<number, LiveRoute>();

  constructor(settings: PortSettings, context: ProxyContext) {
    this.#settings = settings;
    this.#context = context;
  }

  choose(request: IncomingMessage): Chosen {
    const { clock, peers, settings } = this.#context;
    const url = request.url ?? '/';
    const {
      port,
      context,
      absolute,
      url: upstreamUrl,
    } = readPortPath(url, this.#settings.prefix, this.#settings.port);
    const { passed, vouched } = sorted(request.rawHeaders);
    const fields = readRequestFields(
      passed,
      request.httpVersionMinor,
      peers.of(request.socket),
      false,
      settings,
    );
    fields.lines += vouched;
    // The names under which jupyter-server-proxy says it, and only where it says it.
    if (!absolute)
      for (const name of ['X-Forwarded-Prefix', 'X-Forwarded-Context', 'X-ProxyContextPath'])
        fields.lines += `${name}: ${context}\r\n`;
    const method = request.method ?? 'GET';
    let route = this.#routes.get(port);
    if (route === undefined) {
      route = new LiveRoute([String(port)], { target: `http://localhost:${port}` }, clock.now);
      this.#routes.set(port, route);
    }
    return {
      route,
      fields,
      method,
      upstreamUrl,
      personal: isPersonal(method, pathOf(url), fields.fetchMode),
      ...(absolute ? {} : { rewrite: (headers) => underContext(headers, context, fields.host) }),
    };
  }
}

function sorted(rawHeaders: readonly string[]): { readonly passed: string[]; readonly vouched: string } {
  const passed: string[] = [];
  let vouched = '';
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    const lower = name.toLowerCase();
    if (VOUCHED.has(lower)) vouched += `${name}: ${value}\r\n`;
    else if (!PLACE.has(lower)) passed.push(name, value);
  }
  return { passed, vouched };
}
