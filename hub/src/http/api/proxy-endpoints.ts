import { z } from 'zod';
import type { Route } from '../../domain/ports.ts';
import { answerEmpty } from './answer.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { answerPage, pageOf } from './page.ts';
import { Refusal } from './refusal.ts';
import { timestamp } from './timestamp.ts';

/** `/proxy`: the routing table, and putting it right. */
export const proxyEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/proxy',
    summary: 'Routes by path',
    access: { kind: 'whole', any: ['proxy'] },
    query: { offset: 'First to show', limit: 'How many' },
    answers: { 200: { description: 'Routes by path', model: 'Routes' } },
    handle: async ({ ctx, hub }) => {
      const page = pageOf(ctx);
      // A way to a server's ports is Berth's own: scripts know of servers and services.
      const known = (await hub.listRoutes()).filter((route) => route.ports !== true);
      const routes = known.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      const shown = routes.slice(page.offset, page.offset + page.limit);
      const models = Object.fromEntries(shown.map((route) => [route.path, present(route)]));
      answerPage(ctx, JSON.stringify(models), page, routes.length);
    },
  },
  {
    method: 'POST',
    path: '/proxy',
    summary: 'Bring the routing table to what the hub knows, now',
    access: { kind: 'whole', any: ['proxy'] },
    answers: { 200: { description: 'Done' } },
    handle: async ({ ctx, hub }) => {
      await hub.renewRoutes();
      answerEmpty(ctx, 200);
    },
  },
  endpoint({
    method: 'PATCH',
    path: '/proxy',
    summary: 'JupyterHub tells of another proxy so. Here its place is a setting: only a renewal happens',
    access: { kind: 'whole', any: ['proxy'] },
    body: z.record(z.string(), z.unknown(), { error: 'Request body must be JSON dict' }).optional(),
    answers: { 200: { description: 'Done' }, 400: { description: 'Another place or token was named' } },
    handle: async ({ ctx, hub, body }) => {
      if (body === undefined) throw new Refusal(400, 'need JSON body');
      if ('api_url' in body || 'auth_token' in body) {
        throw new Refusal(
          400,
          'The proxy of this hub is a setting: change PROXY_API_URL and restart the hub',
        );
      }
      await hub.renewRoutes();
      answerEmpty(ctx, 200);
    },
  }),
];

function present(route: Route): Record<string, unknown> {
  const owner =
    route.user === null
      ? route.service === undefined
        ? { hub: true }
        : { service: route.service }
      : { user: route.user, server_name: route.server ?? '' };
  return {
    routespec: route.path,
    target: route.target,
    data: {
      ...owner,
      ...(route.lastActivity === null ? {} : { last_activity: timestamp(route.lastActivity) }),
    },
  };
}
