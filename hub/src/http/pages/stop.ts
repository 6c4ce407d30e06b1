import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import type { Server } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { personOf, signedIn } from './signed-in.ts';
import { namedIn, serverPaths } from './spawn.ts';

/** Long enough to see most refusals, short enough not to leave somebody before a dead button. */
const PATIENCE_MS = 800;

/** `POST /hub/stop[/:user[/:server]]`: stops this very server, also one that is still starting. */
export function stopRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const paths = serverPaths(`${settings.baseUrl}hub/stop`);

  router.post(paths, signedIn(hub), async (ctx) => {
    const server = namedIn(hub, ctx);
    const by = personOf(ctx).user.name;
    await settledOrLate(hub, server, stop(hub, server, by));
    ctx.status = 303;
    ctx.redirect(safeNext(ctx.state.form.get('back'), settings) ?? `${settings.baseUrl}hub/home`);
  });

  return router;
}

function stop(hub: Hub, server: Server, by: string): Promise<unknown> {
  const why = by === server.user ? 'user' : 'admin';
  return hub.stopServer({ user: server.user, server: server.name, why, detail: `stopped by ${by}` });
}

/** Waits a moment; a refusal within it is thrown, a later one goes to the log (the page shows the state). */
async function settledOrLate(hub: Hub, server: Server, work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  let late = false;
  const done = work.catch((error: unknown) => {
    // A server that never ran is as stopped as one can be.
    if (error instanceof Problem && error.code === 'HTTP-404') return;
    if (!late) throw error;
    hub.log.warn({ user: server.user, server: server.name, error: String(error) }, 'a stop failed');
  });
  const tired = hub.clock.sleep(PATIENCE_MS, patience.signal).then(
    () => {
      late = true;
    },
    () => {},
  );
  try {
    await Promise.race([done, tired]);
  } finally {
    patience.abort();
  }
}
