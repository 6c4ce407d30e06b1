import type { Caller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import { cookieValues, setCookie, VISITOR_COOKIE, XSRF_COOKIE } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubMiddleware } from '../hub-context.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Pages: gives a navigation its word, and asks every other method for one (contract §2.7).
 *
 * A page fetched by a script gets no word. On one origin a notebook's script can fetch our pages; it shall
 * at least not find the key to our forms in them.
 */
export function guardPages(hub: Hub): HubMiddleware {
  const path = `${hub.settings.baseUrl}hub/`;
  return async (ctx, next) => {
    ctx.state.visitor = visitorOf(ctx, hub, path);
    if (!SAFE.has(ctx.method)) requireWord(hub, ctx, ctx.state.form.get(XSRF_COOKIE) ?? wordOfHeader(ctx));
    const mode = ctx.get('sec-fetch-mode');
    if (mode === '' || mode === 'navigate') giveWord(hub, ctx, path);
    await next();
  };
}

/** What of a request the check looks at: a page's or an API call's. */
export interface Guarded {
  readonly method: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly state: { readonly caller: Caller | null; readonly visitor: string };
  get(name: 'sec-fetch-mode' | 'sec-fetch-site' | 'x-xsrftoken' | 'x-csrftoken'): string;
}

/**
 * API calls by cookie: every method but a plain GET needs the word, and so does a GET by a script.
 * Calls with a token need none. Belongs behind authentication.
 *
 * @throws Problem AUTH-004
 */
export function guardCall(hub: Hub, call: Guarded): void {
  if (call.state.caller?.kind === 'session' && needsWord(call)) {
    requireWord(hub, call, wordOfHeader(call) || String(call.query[XSRF_COOKIE] ?? ''));
  }
}

/** What the word of this request is bound to: the session, or the visitor before there is one. */
function bindingOf(ctx: Pick<Guarded, 'state'>): string {
  const { caller, visitor } = ctx.state;
  return caller?.kind === 'session' ? `session ${caller.session.idHash}` : `visitor ${visitor}`;
}

function needsWord(ctx: Guarded): boolean {
  const mode = ctx.get('sec-fetch-mode');
  if (!SAFE.has(ctx.method)) return true;
  if (mode === 'no-cors') return ctx.get('sec-fetch-site') !== 'same-origin';
  return mode === 'cors' || mode === 'same-origin';
}

function requireWord(hub: Hub, ctx: Guarded, word: string): void {
  if (word !== '' && hub.xsrf.check(bindingOf(ctx), word)) return;
  throw new Problem('AUTH-004', {
    detail:
      word === ''
        ? `'_xsrf' argument missing from ${ctx.method}`
        : `XSRF cookie does not match ${ctx.method} argument`,
  });
}

function wordOfHeader(ctx: Guarded): string {
  return ctx.get('x-xsrftoken') || ctx.get('x-csrftoken');
}

function giveWord(hub: Hub, ctx: HubContext, path: string): void {
  const binding = bindingOf(ctx);
  const known = cookieValues(ctx.headers.cookie, XSRF_COOKIE).find((word) => hub.xsrf.check(binding, word));
  ctx.state.xsrf = known ?? hub.xsrf.make(binding);
  if (known === undefined)
    setCookie(ctx, XSRF_COOKIE, ctx.state.xsrf, { path, httpOnly: false, maxAge: null });
}

function visitorOf(ctx: HubContext, hub: Hub, path: string): string {
  const known = cookieValues(ctx.headers.cookie, VISITOR_COOKIE).find((word) => /^[\w-]{22,64}$/.test(word));
  if (known !== undefined) return known;
  const word = hub.random.word(24);
  setCookie(ctx, VISITOR_COOKIE, word, { path, httpOnly: true, maxAge: 30 * 24 * 3600 });
  return word;
}
