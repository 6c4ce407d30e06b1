import { IMAGE_NAME, NEEDED_CALLS, type NeededCall, OWN_NAME } from './needed-calls.ts';
import { forbid } from './refused.ts';

/** A call of the table, with what of it may pass. */
export interface Call {
  readonly needed: NeededCall;
  /** Of the container, volume, network or image in the path; empty when there is none. */
  readonly name: string;
  readonly query: ReadonlyMap<string, string>;
}

/**
 * Finds a request in the table. The address is compared as it came: nothing in it is decoded, so nothing in it can
 * mean something else to the engine.
 *
 * @throws Refused 403 for whatever is not in the table, and for a query that does not fit.
 */
export function readCall(method: string, url: string): Call {
  const cut = url.indexOf('?');
  const path = cut === -1 ? url : url.slice(0, cut);
  for (const needed of NEEDED_CALLS) {
    if (needed.method !== method) continue;
    const name = nameIn(path, needed);
    if (name === null) continue;
    return { needed, name, query: readQuery(cut === -1 ? '' : url.slice(cut + 1), needed) };
  }
  return forbid(`${method} ${path.slice(0, 100)} is nothing that the hub needs`);
}

/** The name that stands for `{name}`, the empty string when the path has none, or null when it is another path. */
function nameIn(path: string, { path: pattern, about }: NeededCall): string | null {
  const [before = '', after] = pattern.split('{name}');
  if (after === undefined) return path === pattern ? '' : null;
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const name = path.slice(before.length, path.length - after.length);
  return (about === 'image' ? IMAGE_NAME : OWN_NAME).test(name) ? name : null;
}

function readQuery(text: string, { query: known }: NeededCall): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(text)) {
    const rule = Object.hasOwn(known, key) ? known[key] : undefined;
    if (rule === undefined) continue;
    if (query.has(key)) forbid(`${key} stands twice in the query`);
    if (!rule.test(value)) forbid(`${key} cannot be ${value.slice(0, 100)}`);
    query.set(key, value);
  }
  return query;
}
