import type { ParsedUrlQuery } from 'node:querystring';
import Router from '@koa/router';
import { AUDIT_KINDS, type AuditQuery } from '../../domain/audit.ts';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AuditView } from '../views/audit.tsx';
import { DepartedView } from '../views/departed.tsx';
import { renderPage } from '../views/render.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

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

/** @throws Problem PERM-001. */
function requireAdministrator(hub: Hub, ctx: HubContext): void {
  const person = personOf(ctx);
  if (isAdminCaller(person, hub.roles)) return;
  throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
}

/** What is not understood is left out: a list, not an error. */
function auditQueryOf({ who, what }: ParsedUrlQuery): AuditQuery {
  return {
    what: AUDIT_KINDS.find((kind) => kind === what) ?? null,
    who: typeof who === 'string' ? who.slice(0, 64) : '',
    limit: LIMIT,
  };
}
