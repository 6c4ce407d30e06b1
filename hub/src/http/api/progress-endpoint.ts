import { Readable } from 'node:stream';
import { isOpen, isStarting, type Server, serverKey, serverPath } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { failureSentence } from './failure-sentence.ts';
import { findUser } from './find-user.ts';
import { notFound, Refusal } from './refusal.ts';
import { closed } from './settled-within.ts';
import { withKeepAlive } from './with-keep-alive.ts';

/** Between two signs of life, so that no proxy on the way hangs up (contract §0.17). */
const KEEP_ALIVE_MS = 8_000;

/** The event stream of a start (contract §4.2): ends after an event with `ready` or `failed`. */
export function progressEndpoint(path: string): Endpoint {
  return {
    method: 'GET',
    path,
    summary: 'Follow a start, as an event stream',
    access: { kind: 'one', on: 'server', any: ['read:servers'] },
    answers: {
      200: { description: 'Events with progress, message, and at last ready or failed' },
      400: { description: 'Nothing is starting' },
      404: { description: 'No such server' },
    },
    handle: follow,
  };
}

function follow({ ctx, hub, param }: Call): void {
  const user = findUser(hub, param('name'));
  const server = hub.tables.servers.get(serverKey(user.name, param('server')));
  if (server === undefined) throw notFound();
  if (!isStarting(server) && !isOpen(server) && server.state !== 'failed') {
    const label = server.name === '' ? user.name : `${user.name}:${server.name}`;
    throw new Refusal(400, `${label} is not starting...`);
  }
  ctx.status = 200;
  ctx.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' });
  ctx.body = Readable.from(withKeepAlive(events(hub, server, closed(ctx)), '\n\n', KEEP_ALIVE_MS));
}

async function* events(hub: Hub, server: Server, gone: AbortSignal): AsyncGenerator<string> {
  if (isStarting(server)) {
    for await (const step of hub.followSpawn(server.user, server.name, gone)) {
      // The last word comes from the record below, never from a step.
      if (step.state === 'ready' || step.state === 'failed') break;
      yield event({ progress: step.percent, message: step.message });
    }
  }
  if (gone.aborted) return;
  const now = hub.tables.servers.get(serverKey(server.user, server.name));
  yield event(now !== undefined && isOpen(now) ? readyEvent(hub, now) : failedEvent(now));
}

function event(data: Readonly<Record<string, unknown>>): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function readyEvent(hub: Hub, server: Server): Readonly<Record<string, unknown>> {
  const url = serverPath(hub.settings.baseUrl, server.user, server.name);
  return {
    progress: 100,
    ready: true,
    message: `Server ready at ${url}`,
    html_message: `Server ready at <a href="${url}">${url}</a>`,
    url,
  };
}

function failedEvent(server: Server | undefined): Readonly<Record<string, unknown>> {
  const message =
    server?.state === 'failed' ? `Spawn failed: ${failureSentence(server.failure)}` : 'Spawn cancelled';
  return { progress: 100, failed: true, message };
}
