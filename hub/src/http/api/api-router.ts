import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubContext, HubMiddleware, HubState } from '../hub-context.ts';
import { guardApi } from '../middleware/xsrf-guard.ts';
import { answerEmpty } from './answer.ts';
import { answerErrors } from './answer-errors.ts';
import { apiHeaders } from './api-headers.ts';
import { authenticateToken, authenticateTokenOrCookie } from './authenticate.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { measure } from './measure.ts';
import { metricsEndpoint } from './metrics-endpoint.ts';
import { notFound, Refusal } from './refusal.ts';
import { runEndpoint } from './run-endpoint.ts';

/** The whole API, by token or by cookie. The authorize step is not part of it: it is a page. */
export function apiRouter(hub: Hub): Router<HubState> {
  const identify = [authenticateTokenOrCookie(hub), guardApi(hub)];
  const router = routerOf(hub, endpoints, identify);
  // Prometheus is configured with this address everywhere (contract §3).
  const pipeline = [apiHeaders(hub), answerErrors(hub), ...identify, runEndpoint(hub, metricsEndpoint)];
  router.register(`${hub.settings.baseUrl}hub/metrics`, ['GET'], pipeline);
  return router;
}

/**
 * The API for the listener that notebooks reach: by token only, so that a cookie that a notebook got hold of
 * is worth nothing there.
 */
export function notebookApiRouter(hub: Hub): Router<HubState> {
  return routerOf(hub, endpoints, [authenticateToken(hub)]);
}

function routerOf(hub: Hub, all: readonly Endpoint[], identify: readonly HubMiddleware[]): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/api`;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const frame = [apiHeaders(hub), answerErrors(hub)];
  for (const one of all) {
    router.register(
      `${prefix}${one.path}`,
      [one.method],
      [measure(hub, one.path), ...frame, ...identify, runEndpoint(hub, one)],
    );
  }
  // Everything else below the prefix is the API's to refuse, but for the page among it.
  const rest = new RegExp(`^${prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/(?!oauth2/authorize$).*)?$`);
  router.all(rest, ...frame, (ctx) => answerRest(router, ctx));
  return router;
}

/** `OPTIONS` anywhere is fine, other methods of a known path are 405, the rest is not there (contract §4). */
function answerRest(router: Router<HubState>, ctx: HubContext): void {
  if (ctx.method === 'OPTIONS') {
    answerEmpty(ctx, 200);
    return;
  }
  // One of the matches is the rule that led here.
  if (router.match(ctx.path, ctx.method).path.length > 1) throw new Refusal(405, 'Method Not Allowed');
  throw notFound();
}
