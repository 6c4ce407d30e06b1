import type { RequestListener } from 'node:http';
import type Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import type { ApiDoor } from './api/api-door.ts';
import type { Hub } from './hub.ts';
import type { HubState } from './hub-context.ts';
import { language } from './language.ts';
import { auditActs } from './middleware/audit-acts.ts';
import { authenticateSession } from './middleware/authenticate.ts';
import { problemGuard, type ShowProblem } from './middleware/problem-guard.ts';
import { readForm } from './middleware/read-form.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { whence } from './middleware/whence.ts';
import { guardPages } from './middleware/xsrf-guard.ts';

/** What main.ts plugs together: the pages' routers, and how a problem looks. */
export interface Doors {
  /** Pages that ask nobody who they are: assets, health, the proxy's error pages. */
  readonly open: readonly Router<HubState>[];
  readonly pages: readonly Router<HubState>[];
  readonly showProblem: ShowProblem;
}

/**
 * The browser's side of the hub, reachable through the proxy only.
 *
 * The order is the security story: a number for the log, the language of the answer, a net for whatever is thrown, headers for every
 * answer, where it came from; then the open pages; and for all other pages who it is, what they sent, and
 * whether one of our pages made them send it.
 */
export function makePagesApp(hub: Hub, doors: Doors): Koa<HubState> {
  const app = new Koa<HubState>();
  app.use(requestId);
  app.use(language);
  app.use(problemGuard(hub, doors.showProblem));
  const { publicOrigin, trustedProxies } = hub.settings;
  app.use(securityHeaders(() => hub.providers.flatMap((one) => one.origins?.() ?? []), publicOrigin));
  app.use(whence(publicOrigin, trustedProxies));
  for (const router of doors.open) app.use(router.routes() as Middleware<HubState>);
  app.use(authenticateSession(hub));
  app.use(readForm);
  app.use(guardPages(hub));
  app.use(auditActs(hub));
  for (const router of doors.pages) app.use(router.routes() as Middleware<HubState>);
  app.on('error', (error: Error) => hub.log.warn({ error }, 'an answer broke off'));
  return app;
}

/** What the API does not take is for the pages. */
export function behindApi(api: ApiDoor, pages: RequestListener): RequestListener {
  return (req, res) => {
    if (!api(req, res)) pages(req, res);
  };
}
