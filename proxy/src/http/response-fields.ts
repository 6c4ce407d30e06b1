import { isWithin, mayNotebookSet } from './cookies.ts';

// What a notebook may not say, because it would speak for the whole origin, which all users share, or to the server
// in front of us.
const NEVER_FROM_NOTEBOOK = new Set([
  'clear-site-data',
  'alt-svc',
  'nel',
  'report-to',
  'x-accel-redirect',
  'x-accel-expires',
  'x-accel-limit-rate',
  'x-accel-charset',
  'x-sendfile',
]);

/** A notebook's response headers without those that reach beyond its own route. Flat list in, flat list out. */
export function notebookHeaders(headers: string[], routePath: string): string[] {
  let kept: string[] | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    if (mayPass(name.toLowerCase(), value, routePath)) kept?.push(name, value);
    else kept ??= headers.slice(0, i);
  }
  return kept ?? headers;
}

function mayPass(lower: string, value: string, routePath: string): boolean {
  if (lower === 'set-cookie') return mayNotebookSet(value, routePath);
  // A worker may be allowed its own directory; allowed `/` it could answer for the hub's pages.
  if (lower === 'service-worker-allowed') return isWithin(value, routePath);
  return !NEVER_FROM_NOTEBOOK.has(lower);
}

/** Without the Trailer field: it may stand only where trailers can follow. */
export function withoutTrailer(headers: string[]): string[] {
  for (let i = 0; i < headers.length; i += 2) {
    if ((headers[i] ?? '').toLowerCase() !== 'trailer') continue;
    return headers.filter((_, at) => (headers[at - (at % 2)] ?? '').toLowerCase() !== 'trailer');
  }
  return headers;
}

// RFC 9110 §6.5.1: trailers must not change framing, routing, authentication or how the content is handled.
const NOT_IN_TRAILERS =
  /^(?:content-.*|transfer-encoding|host|trailer|te|connection|keep-alive|upgrade|set-cookie|cookie|authorization|www-authenticate|proxy-.*|cache-control|expires|location|vary|age|date|range|expect|max-forwards|x-forwarded-.*|clear-site-data|service-worker-allowed)$/i;

/** Trailer fields that may be passed on, as pairs. */
export function passableTrailers(trailers: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < trailers.length; i += 2) {
    const name = trailers[i] ?? '';
    if (!NOT_IN_TRAILERS.test(name)) pairs.push([name, trailers[i + 1] ?? '']);
  }
  return pairs;
}

export interface LocationRules {
  /** Replace host and port of a Location that names the target. */
  readonly autoRewrite: boolean;
  readonly protocolRewrite: string | undefined;
}

/** configurable-http-proxy's --auto-rewrite and --protocol-rewrite: only on redirects that name the target's host. */
export function rewriteLocation(
  headers: string[],
  status: number,
  authority: string,
  host: string,
  rules: LocationRules,
): string[] {
  if (status !== 201 && status !== 301 && status !== 302 && status !== 307 && status !== 308) return headers;
  return headers.map((value, at) => {
    if (at % 2 === 0 || (headers[at - 1] ?? '').toLowerCase() !== 'location' || !URL.canParse(value))
      return value;
    const location = new URL(value);
    if (location.host !== authority) return value;
    if (rules.autoRewrite && host !== '') {
      // A host without a port would leave the target's port in place.
      location.port = '';
      location.host = host;
    }
    if (rules.protocolRewrite !== undefined) location.protocol = rules.protocolRewrite;
    return location.href;
  });
}
