import Router from '@koa/router';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import type { Schedule } from '../../domain/schedule.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import { SchedulesView } from '../views/schedules.tsx';
import { shellOf } from './shell.ts';
import { personOf, requireScope, signedIn } from './signed-in.ts';

/** `/hub/admin/schedules`: what starts by itself. It is changed in the configuration. */
export function schedulesRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${hub.settings.baseUrl}hub/admin/schedules`, signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    // It names people of every group.
    if (!isAdminCaller(person, hub.roles)) throw new Problem('PERM-001', { scope: 'admin' });
    const rows = hub.idle.schedules().map(({ schedule, last, next }) => {
      const { name, start, stop, timezone } = schedule;
      return { name, start, stop, timezone, whom: whomOf(schedule), next, last };
    });
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(SchedulesView, { shell: shellOf(hub, ctx), rows });
  });

  return router;
}

function whomOf({ groups, users, profile, server }: Schedule): string {
  const own = [profile, server === '' ? null : server].filter((word) => word !== null);
  return `${[...groups, ...users].join(', ')}${own.length === 0 ? '' : ` (${own.join(', ')})`}`;
}
