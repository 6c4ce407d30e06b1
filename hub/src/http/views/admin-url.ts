import type { AdminQuery } from './admin-props.ts';

export const FIRST_ADMIN_QUERY: AdminQuery = { q: '', show: 'all', sort: 'name', order: 'asc', page: 1 };

/** The address of the list in this state; what is as at first is left out. */
export function adminUrl(baseUrl: string, query: AdminQuery): string {
  const params = new URLSearchParams();
  for (const key of ['q', 'show', 'sort', 'order', 'page'] as const) {
    if (query[key] !== FIRST_ADMIN_QUERY[key]) params.set(key, String(query[key]));
  }
  const text = params.toString();
  return `${baseUrl}hub/admin${text === '' ? '' : `?${text}`}`;
}
