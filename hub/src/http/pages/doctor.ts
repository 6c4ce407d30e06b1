import Router from '@koa/router';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import type { RunProbes } from '../../usecases/run-probes.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { HealthView } from '../views/health.tsx';
import { renderPage } from '../views/render.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

/** A look starts a container and asks the world outside: whoever reloads sees the last one. */
const MAX_AGE_MS = 60_000;

/** `/hub/admin/health`: what the doctor finds, for administrators. POST looks again. */
export function doctorRouter(hub: Hub, runProbes: RunProbes): Router<HubState> {
  const path = `${hub.settings.baseUrl}hub/admin/health`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(path, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, personOf(ctx));
    const diagnosis = await runProbes(MAX_AGE_MS);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(HealthView, { shell: shellOf(hub, ctx), ...diagnosis });
  });

  router.post(path, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, personOf(ctx));
    await runProbes(0);
    ctx.redirect(path);
    ctx.status = 303;
  });

  return router;
}

/** @throws Problem PERM-001. */
function requireAdministrator(hub: Hub, person: ReturnType<typeof personOf>): void {
  if (isAdminCaller(person, hub.roles)) return;
  throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
}
