import { Refusal } from '../refusal.ts';

// Router and backend must see the same path, so it is never rewritten: it is split on the slashes that were
// sent, and each segment is decoded once, for comparison only.

const MALFORMED_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
// Control characters, space and fragment are never sent bare; a backslash is (in a query, by every browser).
const FORBIDDEN_RAW = /[^\x21-\x7e\x80-\xff]|#/;
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** The path part of an origin-form request target. Throws Refusal 400. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  if (path.charCodeAt(0) !== 47)
    throw new Refusal(400, 'The request target must be a path that starts with /.');
  if (path.charCodeAt(1) === 47) throw new Refusal(400, 'The path must not start with two slashes.');
  if (FORBIDDEN_RAW.test(url) || path.includes('\\'))
    throw new Refusal(400, 'The request target contains a character that must be percent-encoded.');
  if (path.includes('%')) checkEscapes(path);
  if ((path.includes('/.') || path.includes('%')) && DOT_SEGMENT.test(path)) {
    throw new Refusal(400, 'The path must not contain "." or ".." segments.');
  }
  return path;
}

function checkEscapes(path: string): void {
  if (MALFORMED_ESCAPE.test(path)) throw new Refusal(400, 'The path contains a malformed percent escape.');
  if (path.includes('%00')) throw new Refusal(400, 'The path contains an encoded NUL.');
  try {
    decodeURIComponent(path);
  } catch {
    throw new Refusal(400, 'The path contains percent escapes that are not UTF-8.');
  }
}

/**
 * One segment decoded for comparison. A segment that would decode to a separator is refused: a backend that
 * decodes early would see another path than the router chose by. Throws Refusal 400.
 */
export function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  let decoded: string;
  try {
    decoded = decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'The path contains percent escapes that are not UTF-8.');
  }
  if (/[/\\\0]/.test(decoded))
    throw new Refusal(
      400,
      'An encoded slash, backslash or NUL may not stand in the part of the path that chooses the server.',
    );
  return decoded;
}

/** The decoded segments of a route's path as the control API names it. `/` has none. Throws Refusal 400. */
export function routeSegments(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') return [];
  const checked = pathOf(`/${trimmed}`);
  if (checked.length !== trimmed.length + 1) throw new Refusal(400, 'A route path must not contain a query.');
  return checked
    .slice(1)
    .split('/')
    .map((segment) => {
      if (segment === '') throw new Refusal(400, 'A route path must not contain empty segments.');
      return decodeSegment(segment);
    });
}

/** A decoded route path, escaped again so that it reads back as itself. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The same as browsers and the hub write it: `@` stays. */
export function shownPath(path: string): string {
  return encodePath(path).replaceAll('%40', '@');
}
