import { HUB_COOKIE_NAMES, HUB_COOKIE_PREFIXES } from '../contract.ts';

/** Is this the name of a cookie with which the hub knows a person? */
function isHubCookie(name: string): boolean {
  return HUB_COOKIE_NAMES.includes(name) || HUB_COOKIE_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** A Cookie header without the hub's cookies; `''` if nothing is left. The rest keeps its bytes and order. */
export function withoutHubCookies(header: string): string {
  if (!header.includes('berth-') && !header.includes('jupyterhub-hub-login')) return header;
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => !isHubCookie((pair.split('=', 1)[0] ?? '').trim()))
    .join('; ');
}

/**
 * May a notebook under `routePath` set this cookie? All users share one origin, so it may not speak for others: no
 * cookie of the hub, none with a Domain, none for a path outside its own, and at `/` none that the hub reads.
 */
export function mayNotebookSet(setCookie: string, routePath: string): boolean {
  const [pair = '', ...attributes] = setCookie.split(';');
  const name = (pair.split('=', 1)[0] ?? '').trim();
  if (isHubCookie(name)) return false;
  let path: string | undefined;
  for (const attribute of attributes) {
    const [key = '', value = ''] = attribute.split('=', 2).map((part) => part.trim());
    const lower = key.toLowerCase();
    if (lower === 'domain') return false;
    // The last one counts (RFC 6265 §5.3).
    if (lower === 'path') path = value;
  }
  if (path === undefined || !path.startsWith('/')) return true;
  if (path === '/') return name !== '_xsrf' && !name.startsWith('jupyterhub-');
  return isWithin(path, routePath);
}

/** Does a path that a notebook names lie under its own route, however it is escaped? */
export function isWithin(path: string, routePath: string): boolean {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return false;
  }
  return decoded === routePath || decoded.startsWith(`${routePath}/`);
}
