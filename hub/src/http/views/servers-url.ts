import type { ServersQuery } from './servers-props.ts';

export const FIRST_SERVERS_QUERY: ServersQuery = {
  q: '',
  show: 'up',
  sort: 'user',
  order: 'asc',
  size: 50,
  page: 1,
};

const KEYS = ['q', 'show', 'sort', 'order', 'size', 'page'] as const;

/** The list's state as a query, with its `?`; what is as at first is left out. */
export function serversSearch(query: ServersQuery): string {
  const params = new URLSearchParams();
  for (const key of KEYS) {
    if (query[key] !== FIRST_SERVERS_QUERY[key]) params.set(key, String(query[key]));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of the list in this state. */
export function serversUrl(baseUrl: string, query: ServersQuery): string {
  return `${baseUrl}hub/admin/servers${serversSearch(query)}`;
}
