import type { HubContext } from '../hub-context.ts';
import { Refusal } from './refusal.ts';

const MEDIA_TYPE = 'application/jupyterhub-pagination+json';
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Whether the client asks for the form with `items` and `_pagination`. */
export function wantsPages(ctx: HubContext): boolean {
  return ctx
    .get('accept')
    .split(',')
    .some((type) => type.trim().toLowerCase() === MEDIA_TYPE);
}

/** `?offset&limit` by JupyterHub's rules (contract §4). @throws Refusal 400 for what is no integer. */
export function pageOf(ctx: HubContext): Page {
  const offset = integer(ctx.query.offset, 0);
  const limit = integer(ctx.query.limit, wantsPages(ctx) ? DEFAULT_LIMIT : MAX_LIMIT);
  return { offset: Math.abs(offset), limit: Math.max(1, Math.min(MAX_LIMIT, Math.abs(limit))) };
}

function integer(raw: string | string[] | undefined, fallback: number): number {
  const text = Array.isArray(raw) ? raw.at(-1) : raw;
  if (text === undefined) return fallback;
  if (!/^\s*[+-]?\d{1,15}\s*$/.test(text)) {
    throw new Refusal(400, 'Invalid argument type, offset and limit must be integers');
  }
  return Number(text);
}

/** The list as the client asked for it: bare, or with the way to the next page. */
export function paged<T>(ctx: HubContext, items: T, page: Page, total: number): unknown {
  if (!wantsPages(ctx)) return items;
  const offset = page.offset + page.limit;
  const next = offset < total ? { offset, limit: page.limit, url: nextUrl(ctx, offset, page.limit) } : null;
  return { items, _pagination: { offset: page.offset, limit: page.limit, total, next } };
}

/** Built from the request's own host: it must be in reach of who asks, often from inside the network. */
function nextUrl(ctx: HubContext, offset: number, limit: number): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('offset', String(offset));
  query.set('limit', String(limit));
  return `${ctx.protocol}://${ctx.host}${ctx.path}?${query}`;
}
