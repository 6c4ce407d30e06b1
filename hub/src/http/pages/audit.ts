import type { ParsedUrlQuery } from 'node:querystring';
import Router from '@koa/router';
import { AUDIT_KINDS, type AuditQuery } from '../../domain/audit.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { AuditView } from '../views/audit.tsx';
import { DepartedView } from '../views/departed.tsx';
import { renderPage } from '../views/render.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

const LIMIT = 200;

/** `/hub/admin/audit` and `/hub/admin/departed`: for administrators, not for those who manage some group. */
export function auditRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.get('/audit', signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const query = auditQueryOf(ctx.query);
    const entries = await hub.audit.read(query);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(AuditView, { shell: shellOf(hub, ctx), query, entries, limit: LIMIT });
  });

  router.get('/departed', signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const departures = [...hub.tables.departures.values()].toSorted((a, b) => b.at - a.at);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(DepartedView, { shell: shellOf(hub, ctx), departures });
  });

  return router;
}

/** What is not understood is left out: a list, not an error. */
function auditQueryOf({ who, what }: ParsedUrlQuery): AuditQuery {
  return {
    what: AUDIT_KINDS.find((kind) => kind === what) ?? null,
    who: typeof who === 'string' ? who.slice(0, 64) : '',
    limit: LIMIT,
  };
}
