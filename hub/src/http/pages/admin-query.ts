import type { ParsedUrlQuery } from 'node:querystring';
import type { AdminQuery } from '../views/admin-props.ts';
import { FIRST_ADMIN_QUERY } from '../views/admin-url.ts';

const SHOW = ['all', 'running', 'failed', 'admins'] as const;
const SORT = ['name', 'server', 'activity'] as const;
const ORDER = ['asc', 'desc'] as const;

/** The list's state out of its address. What is not understood is as at first: a list, not an error. */
export function adminQueryOf(query: ParsedUrlQuery): AdminQuery {
  const q = typeof query.q === 'string' ? query.q.slice(0, 64) : '';
  const page = typeof query.page === 'string' && /^[1-9]\d{0,5}$/.test(query.page) ? Number(query.page) : 1;
  return {
    q,
    show: oneOf(SHOW, query.show) ?? FIRST_ADMIN_QUERY.show,
    sort: oneOf(SORT, query.sort) ?? FIRST_ADMIN_QUERY.sort,
    order: oneOf(ORDER, query.order) ?? FIRST_ADMIN_QUERY.order,
    page,
  };
}

function oneOf<T extends string>(known: readonly T[], word: unknown): T | undefined {
  return known.find((one) => one === word);
}
