import { z } from 'zod';
import { callerName } from '../../domain/caller.ts';
import { isActive, isOpen, isStarting, type Server, serverKey } from '../../domain/server.ts';
import { isServerName } from '../../domain/server-name.ts';
import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { failureSentence } from './failure-sentence.ts';
import { findUser } from './find-user.ts';
import { progressEndpoint } from './progress-endpoint.ts';
import { Refusal } from './refusal.ts';
import { settledWithin } from './settled-within.ts';
import { dictionary } from './shape.ts';

/** JupyterHub's `slow_spawn_timeout` and `slow_stop_timeout`: who waits longer hears "not yet". */
const PATIENCE_MS = 10_000;

const options = z
  .union([dictionary, z.null()], { error: 'Invalid JSON data: user options must be a JSON dict' })
  .optional();
const removal = z.union([z.object({ remove: z.boolean().optional() }), z.null()]).optional();

/** The start of a server at `path`; the default one has no name in it. */
function startEndpoint(path: string): Endpoint {
  return endpoint({
    method: 'POST',
    path,
    summary: 'Start a server',
    access: { kind: 'one', on: 'server', any: ['servers'] },
    body: options,
    answers: {
      201: { description: 'It is ready' },
      202: { description: 'It is starting' },
      400: { description: 'It is running, stopping, or may not be' },
    },
    handle: start,
  });
}

function stopEndpoint(path: string): Endpoint {
  return endpoint({
    method: 'DELETE',
    path,
    summary: 'Stop a server; with `remove`, also forget a named one',
    access: { kind: 'one', on: 'server', any: ['delete:servers'] },
    body: removal,
    answers: {
      204: { description: 'It does not run' },
      202: { description: 'It is stopping' },
      404: { description: 'No such named server' },
    },
    handle: stop,
  });
}

/** `/users/:name/server` and `/users/:name/servers/:server`, where an empty name is the default server too. */
export const serversEndpoints: readonly Endpoint[] = [
  '/users/:name/server',
  '/users/:name/servers/',
  '/users/:name/servers/:server',
].flatMap((path) => [startEndpoint(path), stopEndpoint(path), progressEndpoint(`${path}/progress`)]);

async function start({ ctx, hub, caller, param, body }: Call<z.infer<typeof options>>): Promise<void> {
  const user = findUser(hub, param('name'));
  const server = hub.tables.servers.get(serverKey(user.name, param('server')));
  checkStart(hub, user, param('server'), server);
  if (server !== undefined && isStarting(server)) return answerEmpty(ctx, 202);
  await hub.startServer({
    user: user.name,
    server: param('server'),
    options: body ?? server?.options ?? {},
    by: callerName(caller),
  });
  const settled = await settledWithin(hub, user.name, param('server'), PATIENCE_MS, ctx);
  if (settled?.state === 'failed') throw new Refusal(500, failureSentence(settled.failure));
  answerEmpty(ctx, settled != null && isOpen(settled) ? 201 : 202);
}

/** @throws Refusal 400 in JupyterHub's words. */
function checkStart(hub: Hub, user: User, name: string, server: Server | undefined): void {
  const label = name === '' ? user.name : `${user.name}:${name}`;
  if (server?.state === 'ready') throw new Refusal(400, `${label} is already running`);
  if (server?.state === 'stopping') throw new Refusal(400, `${label} is pending stop`);
  if (name === '' || server !== undefined) return;
  const limit = hub.settings.namedServers;
  if (limit === null) throw new Refusal(400, 'Named servers are not enabled.');
  if (!isServerName(name)) throw new Refusal(400, `Invalid server name: ${name.slice(0, 80)}`);
  const named = hub.tables.servers.where('user', user.name).filter((other) => other.name !== '').length;
  if (limit > 0 && named >= limit) {
    throw new Refusal(
      400,
      `User ${user.name} already has the maximum of ${limit} named servers.  One must be deleted before a new server can be created`,
    );
  }
}

async function stop({ ctx, hub, caller, param, body }: Call<z.infer<typeof removal>>): Promise<void> {
  const user = findUser(hub, param('name'));
  const name = param('server');
  const remove = body?.remove === true;
  const server = hub.tables.servers.get(serverKey(user.name, name));
  if (name !== '' && server === undefined) {
    throw new Refusal(404, `${user.name} has no server named '${name.slice(0, 80)}'`);
  }
  if (name === '' && remove) throw new Refusal(400, 'Cannot delete the default server');
  if (server === undefined) return answerEmpty(ctx, 204);
  const by = callerName(caller);
  const why = by === user.name ? 'user' : 'admin';
  const stopped = stopAndForget(hub, server, { why, detail: `stopped by ${by}` }, remove);
  answerEmpty(ctx, (await doneWithin(hub, stopped, PATIENCE_MS)) ? 204 : 202);
}

async function stopAndForget(
  hub: Hub,
  server: Server,
  reason: { readonly why: 'user' | 'admin'; readonly detail: string },
  remove: boolean,
): Promise<void> {
  if (isActive(server)) await hub.stopServer({ user: server.user, server: server.name, ...reason });
  if (remove) await hub.removeServer({ user: server.user, server: server.name });
}

/** Whether it ended in time. What goes on behind the answer fails into the log, not into nothing. */
async function doneWithin(hub: Hub, work: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch((error: unknown) => hub.log.error({ error }, 'a stop failed'));
  }
}
