import { answerText } from './answer.ts';
import type { ApiContext } from './api-context.ts';
import { Refusal } from './refusal.ts';

const MEDIA_TYPE = 'application/jupyterhub-pagination+json';
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Whether the client asks for the form with `items` and `_pagination`. */
function wantsPages(ctx: ApiContext): boolean {
  return ctx
    .get('accept')
    .split(',')
    .some((type) => type.trim().toLowerCase() === MEDIA_TYPE);
}

/** `?offset&limit` by JupyterHub's rules (contract §4). @throws Refusal 400 for what is no integer. */
export function pageOf(ctx: ApiContext): Page {
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

/**
 * Answers the list as the client asked for it: bare, or with the way to the next page.
 *
 * @param items the list as JSON.
 */
export function answerPage(ctx: ApiContext, items: string, page: Page, total: number): void {
  if (!wantsPages(ctx)) {
    answerText(ctx, items);
    return;
  }
  answerPaged(ctx, items, page, total);
}

function answerPaged(ctx: ApiContext, items: string, page: Page, total: number): void {
  const offset = page.offset + page.limit;
  const next = offset < total ? { offset, limit: page.limit, url: nextUrl(ctx, offset, page.limit) } : null;
  const pagination = JSON.stringify({ offset: page.offset, limit: page.limit, total, next });
  answerText(ctx, `{"items":${items},"_pagination":${pagination}}`);
}

/** Answers records with the way to the next page, whatever the client asked for: newer lists know no other form. */
export function answerAlwaysPaged<T>(ctx: ApiContext, all: readonly T[], present: (one: T) => unknown): void {
  const page = pageOf(ctx);
  const items = all.slice(page.offset, page.offset + page.limit).map(present);
  answerPaged(ctx, JSON.stringify(items), page, all.length);
}

/** Built from the request's own host: it must be in reach of who asks, often from inside the network. */
function nextUrl(ctx: ApiContext, offset: number, limit: number): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('offset', String(offset));
  query.set('limit', String(limit));
  return `${ctx.origin}${ctx.path}?${query}`;
}
