import { SESSION_MAX_AGE_MS } from '../domain/session.ts';
import type { OpenedSession } from '../usecases/open-session.ts';
import {
  clearCookie,
  SESSION_COOKIE,
  SHARED_ID_COOKIE,
  setCookie,
  VISITOR_COOKIE,
  XSRF_COOKIE,
} from './cookies.ts';
import type { HttpSettings } from './hub.ts';
import type { HubContext } from './hub-context.ts';

/**
 * Cookies of a fresh session. The visitor's word and its form word go: what somebody planted before
 * sign-in is worth nothing after it.
 */
export function sendSessionCookies(ctx: HubContext, settings: HttpSettings, opened: OpenedSession): void {
  const path = `${settings.baseUrl}hub/`;
  const maxAge = SESSION_MAX_AGE_MS / 1000;
  setCookie(ctx, SESSION_COOKIE, opened.word, { path, httpOnly: true, maxAge });
  // On the base path, where notebooks see it: they tie their own cookies to it (contract §2.7).
  setCookie(ctx, SHARED_ID_COOKIE, opened.session.sharedId, {
    path: settings.baseUrl,
    httpOnly: true,
    maxAge: null,
  });
  clearCookie(ctx, VISITOR_COOKIE, path);
  clearCookie(ctx, XSRF_COOKIE, path);
}

export function dropSessionCookies(ctx: HubContext, settings: HttpSettings): void {
  const path = `${settings.baseUrl}hub/`;
  clearCookie(ctx, SESSION_COOKIE, path);
  clearCookie(ctx, SHARED_ID_COOKIE, settings.baseUrl);
  clearCookie(ctx, XSRF_COOKIE, path);
}
