import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';

/** `/hub/health` (contract §3): 200 and nothing in it, for whoever asks whether the hub lives. */
export function healthRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({
    prefix: `${hub.settings.baseUrl}hub`,
    sensitive: true,
    strict: true,
  });
  router.get('/health', (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.status = 200;
    ctx.body = '';
  });
  return router;
}
