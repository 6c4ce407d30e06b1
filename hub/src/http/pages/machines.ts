import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { MachineDesk } from '../../usecases/machine-desk.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { MachinesView } from '../views/machines.tsx';
import { renderPage } from '../views/render.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

/** `/hub/admin/machines`: the machines of a Swarm. On one machine there is no such page. */
export function machinesRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/admin/machines`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    show(ctx, deskOf(hub));
  });

  router.post(`${page}/move`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const desk = deskOf(hub);
    const { form } = ctx.state;
    const from = form.get('from') ?? '';
    const to = form.get('to') ?? '';
    const machine = desk.list().find(({ id }) => id === from);
    if (machine === undefined) throw new Problem('HTTP-404');
    if (form.get('confirm')?.trim() !== machine.name) {
      ctx.status = 400;
      return show(ctx, desk, shellOf(hub, ctx).t.machines.notConfirmed);
    }
    await desk.moveHomes(from, to === '' ? null : to);
    ctx.status = 303;
    ctx.redirect(`${page}?done=moved`);
  });

  function show(ctx: HubContext, desk: MachineDesk, error: string | null = null): void {
    const shell = shellOf(hub, ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(MachinesView, {
      shell,
      rows: desk.list(),
      move: `${page}/move`,
      notice: ctx.query.done === 'moved' ? shell.t.machines.changed : null,
      error,
    });
  }

  return router;
}

/** @throws Problem HTTP-404 where servers run on one machine. */
function deskOf({ machines }: Hub): MachineDesk {
  if (machines === undefined) throw new Problem('HTTP-404');
  return machines;
}
