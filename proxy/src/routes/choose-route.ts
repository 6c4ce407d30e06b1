import type { IncomingMessage } from 'node:http';
import { isPersonal } from '../activity.ts';
import type { ProxyContext } from '../context.ts';
import { visitorWords } from '../guard/barred.ts';
import type { Admitted } from '../guard/gate.ts';
import { type RequestFields, readRequestFields } from '../http/request-head.ts';
import { hostName } from '../options/host-name.ts';
import { Refusal } from '../refusal.ts';
import type { LiveRoute } from './route.ts';
import { pathOf } from './route-path.ts';
import type { Match } from './routing-table.ts';

/** A request whose way is known. */
export interface Chosen {
  readonly route: LiveRoute;
  readonly fields: RequestFields;
  /** Method, path and query as the server will see them. */
  readonly method: string;
  readonly upstreamUrl: string;
  /** Does it count as a person's doing? */
  readonly personal: boolean;
  /** The answer's header fields as the client shall see them, when that is not as they came. */
  readonly rewrite?: (headers: string[]) => string[];
  /** What they are known by to a server of Jupyter's: kept while a WebSocket is open. */
  readonly words?: readonly string[];
  /** Who comes, on a guarded route, and the cookie that the browser is to get with the answer. */
  readonly admitted?: Admitted;
}

const BARRED = 'This server is not shared with you any more.';
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/i;

/** Finds a request's route and writes its header lines. Throws Refusal: 404 without a route, 4xx for what is malformed. */
export function chooseRoute(context: ProxyContext, request: IncomingMessage): Chosen {
  const { rawHeaders } = request;
  const url = originForm(request.url ?? '/', rawHeaders);
  const path = pathOf(url);
  const { hostRouting, allowedHosts } = context.settings;
  const name = hostRouting || allowedHosts.size > 0 ? hostName(headerOf(rawHeaders, 'host')) : '';
  // A page of another site whose name was pointed at this address must not speak to the hub (DNS rebinding).
  if (allowedHosts.size > 0 && !allowedHosts.has(name))
    throw new Refusal(421, 'This server does not answer under this name.');
  const host = hostRouting ? name : undefined;
  const match = findRoute(context, path, host);
  if (match === undefined) throw new Refusal(404, 'No server answers at this address.');
  const route = match.value;
  if (route.barred?.has(visitorWords(rawHeaders, url)) === true) throw new Refusal(403, BARRED);
  const peer = context.peers.of(request.socket);
  const fields = readRequestFields(
    rawHeaders,
    request.httpVersionMinor,
    peer,
    route.isNotebook,
    route.rules(context.settings),
  );
  const method = request.method ?? 'GET';
  return {
    route,
    fields,
    method,
    upstreamUrl: upstreamUrl(context, route, url, path, match.depth),
    personal: isPersonal(method, path, fields.fetchMode),
  };
}

/** The request as the target of a guarded route sees it: with who it is that comes. */
export function withVisit(chosen: Chosen, admitted: Admitted): Chosen {
  const { fields } = chosen;
  return { ...chosen, admitted, fields: { ...fields, lines: fields.lines + admitted.visit.lines } };
}

/** What to answer when no route was chosen. An error nobody foresaw ends this request only, and is in the log. */
export function refusalOf(context: ProxyContext, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  context.counts.uncaught += 1;
  context.log.error({ err: error }, 'uncaught error: please report it');
  return new Refusal(500, 'The proxy could not forward this; its log says why.');
}

function findRoute(
  context: ProxyContext,
  path: string,
  host: string | undefined,
): Match<LiveRoute> | undefined {
  const { observeFind } = context.counts;
  if (observeFind === undefined) return context.routes.match(path, host);
  const start = performance.now();
  const match = context.routes.match(path, host);
  observeFind((performance.now() - start) / 1000);
  return match;
}

/** `http://host/path` becomes `/path` when the host is the one in the Host header; no other may be asked for. */
function originForm(url: string, rawHeaders: readonly string[]): string {
  if (url.charCodeAt(0) === 47) return url;
  const absolute = ABSOLUTE_FORM.exec(url);
  if (absolute === null) throw new Refusal(400, 'The request target must be a path that starts with /.');
  if ((absolute[1] ?? '').toLowerCase() !== (headerOf(rawHeaders, 'host') ?? '').toLowerCase()) {
    throw new Refusal(400, 'The request target names another host than the Host header.');
  }
  const rest = absolute[2] ?? '';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function upstreamUrl(
  context: ProxyContext,
  route: LiveRoute,
  url: string,
  path: string,
  depth: number,
): string {
  const { includePrefix, prependPath } = context.settings;
  const rest =
    includePrefix && route.prefix === undefined ? url : withoutSegments(path, depth) + url.slice(path.length);
  return prependPath && route.target.basePath !== '' ? route.target.basePath + rest : rest;
}

/** Drops leading segments as they were sent, so that escapes in the prefix cannot shift the cut. */
function withoutSegments(path: string, count: number): string {
  let at = 0;
  for (let dropped = 0; dropped < count; dropped += 1) {
    const slash = path.indexOf('/', at + 1);
    if (slash === -1) return '/';
    at = slash;
  }
  return path.slice(at);
}

function headerOf(rawHeaders: readonly string[], lowerName: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if ((rawHeaders[i] ?? '').toLowerCase() === lowerName) return rawHeaders[i + 1];
  }
  return undefined;
}
