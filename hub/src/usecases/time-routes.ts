import type { Metrics, Routes } from '../domain/ports.ts';

/** The same routes, with a note of how long the proxy takes over each call. */
export function timeRoutes(routes: Routes, metrics: Pick<Metrics, 'timed'>): Routes {
  return {
    list: () => metrics.timed('proxy_poll', () => routes.list()),
    add: (route) => metrics.timed('proxy_add', () => routes.add(route)),
    remove: (path, how) => metrics.timed('proxy_delete', () => routes.remove(path, how)),
  };
}
