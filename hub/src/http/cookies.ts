import type { HubContext } from './hub-context.ts';

/** Names are JupyterHub's where it has one: scripts look for them. `berth-*` is ours. */
export const SESSION_COOKIE = 'jupyterhub-hub-login';
export const SHARED_ID_COOKIE = 'jupyterhub-session-id';
export const XSRF_COOKIE = '_xsrf';
export const VISITOR_COOKIE = 'berth-visitor';

interface CookieOptions {
  readonly path: string;
  readonly httpOnly: boolean;
  /** Seconds, or null for the browser's session. */
  readonly maxAge: number | null;
}

/**
 * All values of a cookie, in the order sent. There may be several of one name: notebooks of old set
 * `_xsrf` on `/`, and a neighbour can toss one in. Never trust the first.
 */
export function cookieValues(header: string | undefined, name: string): readonly string[] {
  const found: string[] = [];
  for (const pair of (header ?? '').split(';').slice(0, 100)) {
    const cut = pair.indexOf('=');
    if (cut > 0 && pair.slice(0, cut).trim() === name)
      found.push(
        pair
          .slice(cut + 1)
          .trim()
          .replace(/^"|"$/g, ''),
      );
  }
  return found;
}

export function setCookie(ctx: HubContext, name: string, value: string, options: CookieOptions): void {
  const parts = [`${name}=${value}`, `Path=${options.path}`, 'SameSite=Lax'];
  if (options.httpOnly) parts.push('HttpOnly');
  if (ctx.state.origin.startsWith('https:')) parts.push('Secure');
  if (options.maxAge !== null) parts.push(`Max-Age=${options.maxAge}`);
  ctx.append('Set-Cookie', parts.join('; '));
}

export function clearCookie(ctx: HubContext, name: string, path: string): void {
  setCookie(ctx, name, '', { path, httpOnly: true, maxAge: 0 });
}
