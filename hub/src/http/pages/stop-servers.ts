import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { describeProblem, Problem } from '../../domain/problem.ts';
import { isActive, type Server, serverKey } from '../../domain/server.ts';
import { eachOf } from '../../usecases/each-of.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import type { StopResultProps } from '../views/servers-props.ts';
import { serversUrl } from '../views/servers-url.ts';
import { StopManyView, StoppedManyView } from '../views/stop-many.tsx';
import { findServers } from './find-servers.ts';
import { labelOf } from './present-server.ts';
import { serverOf } from './server-of.ts';
import { serversQueryOf } from './servers-query.ts';
import { shellOf } from './shell.ts';
import { type Person, personOf, requireScope, signedIn } from './signed-in.ts';

/** As many as an engine stops within the time that a page may take. */
const MOST = 300;
const AT_ONCE = 20;
/** What takes longer is told of as still stopping; it goes on. */
const PATIENCE_MS = 25_000;

/**
 * `/hub/admin/servers/stop`: many at once. GET, with the query of the list, asks about all that match; POST asks about
 * the chosen ones; POST with `sure` does it, and tells of each what became of it.
 */
export function stopServersRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const path = `${settings.baseUrl}hub/admin/servers/stop`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(path, signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const query = serversQueryOf(ctx.query);
    const around = { tables: hub.tables, usage: hub.usage, now: hub.clock.now() };
    const keys = findServers(around, person.scopes, query).matching.map(keyOf);
    ask(hub, ctx, stoppable(hub, person, keys), serversUrl(settings.baseUrl, query));
  });

  router.post(path, signedIn(hub), async (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const { form } = ctx.state;
    const back = safeNext(form.get('back'), settings) ?? `${settings.baseUrl}hub/admin/servers`;
    const chosen = [...new Set(form.getAll('server'))];
    if (form.get('sure') !== 'yes') return ask(hub, ctx, stoppable(hub, person, chosen), back);
    const shell = shellOf(hub, ctx);
    const results: StopResultProps[] = [];
    await eachOf(stoppable(hub, person, chosen, true).slice(0, MOST), AT_ONCE, async (server) => {
      const label = labelOf(shell.t, server, person.user.name);
      results.push({ label, ...(await stopOne(hub, server, person.user.name)) });
    });
    results.sort((a, b) => (a.label < b.label ? -1 : 1));
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(StoppedManyView, { shell, results, back });
  });

  return router;
}

function ask(hub: Hub, ctx: HubContext, servers: readonly Server[], back: string): void {
  const shell = shellOf(hub, ctx);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = renderPage(StopManyView, {
    shell,
    servers: servers.slice(0, MOST).map((server) => ({
      key: keyOf(server),
      label: labelOf(shell.t, server, personOf(ctx).user.name),
      state: server.state,
      lastActivity: server.lastActivity,
    })),
    cut: servers.length > MOST ? MOST : null,
    back,
  });
}

/** Those of them that run, or did just now when `all`, and that this person may stop. */
function stoppable(hub: Hub, person: Person, keys: readonly string[], all = false): readonly Server[] {
  return keys.flatMap((key) => {
    const server = mayStop(hub, person, key);
    return server !== null && (all || (isActive(server) && server.state !== 'stopping')) ? [server] : [];
  });
}

function mayStop(hub: Hub, person: Person, key: string): Server | null {
  const cut = key.indexOf('/');
  if (cut < 0) return null;
  try {
    return serverOf(hub, person, 'delete:servers', key.slice(0, cut), key.slice(cut + 1));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

async function stopOne(hub: Hub, server: Server, by: string): Promise<Omit<StopResultProps, 'label'>> {
  if (!isActive(server)) return { result: 'gone', words: '' };
  const why = by === server.user ? 'user' : 'admin';
  const done = hub
    .stopServer({ user: server.user, server: server.name, why, detail: `stopped by ${by}` })
    .then(
      () => ({ result: 'stopped', words: '' }) as const,
      (error: unknown) => failed(hub, server, error),
    );
  const patience = Promise.withResolvers<Omit<StopResultProps, 'label'>>();
  const timer = setTimeout(() => patience.resolve({ result: 'late', words: '' }), PATIENCE_MS);
  try {
    return await Promise.race([done, patience.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(hub: Hub, server: Server, error: unknown): Omit<StopResultProps, 'label'> {
  if (error instanceof Problem && error.code === 'HTTP-404') return { result: 'gone', words: '' };
  hub.log.warn({ user: server.user, server: server.name, error: String(error) }, 'a stop failed');
  const words = error instanceof Problem ? describeProblem(error.code, error.facts).title : '';
  return { result: 'refused', words };
}

function keyOf({ user, name }: Server): string {
  return serverKey(user, name);
}
