import type { ParsedUrlQuery } from 'node:querystring';
import { PAGE_SIZES, SERVER_FILTERS, SERVER_SORTS, type ServersQuery } from '../views/servers-props.ts';
import { FIRST_SERVERS_QUERY } from '../views/servers-url.ts';

/** The list's state out of its address. What is not understood is as at first: a list, not an error. */
export function serversQueryOf(query: ParsedUrlQuery): ServersQuery {
  const first = FIRST_SERVERS_QUERY;
  return {
    q: typeof query.q === 'string' ? query.q.slice(0, 64) : '',
    show: SERVER_FILTERS.find((one) => one === query.show) ?? first.show,
    sort: SERVER_SORTS.find((one) => one === query.sort) ?? first.sort,
    order: query.order === 'desc' ? 'desc' : 'asc',
    size: PAGE_SIZES.find((one) => String(one) === query.size) ?? first.size,
    page: typeof query.page === 'string' && /^[1-9]\d{0,5}$/.test(query.page) ? Number(query.page) : 1,
  };
}
