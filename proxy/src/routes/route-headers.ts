import { fieldKey, kindOf } from '../http/header-kinds.ts';
import { Refusal } from '../refusal.ts';

/** Key of a field's name → the line's name and value. */
export type RouteHeaders = ReadonlyMap<string, { name: string; value: string }>;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const VALUE = /^[\x20-\x7e]{1,4096}$/;
const MAX_HEADERS = 20;

/**
 * The headers a route sets, and for a route whose path is taken off the header that says so.
 * Throws Refusal 400, with no value in its words.
 */
export function readRouteHeaders(given: unknown, prefix: string | undefined): RouteHeaders | undefined {
  if (given === undefined && prefix === undefined) return undefined;
  const headers = new Map<string, { name: string; value: string }>();
  for (const [name, value] of Object.entries(checked(given ?? {}))) {
    // Framing, hop-by-hop fields, Cookie and what the proxy itself vouches for are not to be had this way.
    if (!NAME.test(name) || kindOf(name) !== 'pass')
      throw new Refusal(400, `A route may not set the header ${NAME.test(name) ? name : 'it names'}.`);
    if (typeof value !== 'string' || !VALUE.test(value))
      throw new Refusal(400, `The route’s header ${name} has a value that no header can have.`);
    headers.set(fieldKey(name), { name, value });
  }
  if (prefix !== undefined) headers.set('x-forwarded-prefix', { name: 'X-Forwarded-Prefix', value: prefix });
  return headers;
}

function checked(given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Refusal(400, 'The route’s headers must be a JSON object.');
  if (Object.keys(given).length > MAX_HEADERS)
    throw new Refusal(400, `A route may set at most ${MAX_HEADERS} headers.`);
  return { ...given };
}
