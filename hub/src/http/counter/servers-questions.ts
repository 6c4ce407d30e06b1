import type Router from '@koa/router';
import { formatSpan, judgeFromOutside } from '../../domain/cull-policy.ts';
import { Problem } from '../../domain/problem.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import { normalizeUsername } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** The last lines of a server's container, or null when it has none. */
export type LogOf = (server: Server, lines: number) => Promise<readonly string[] | null>;

const LINES = 200;

/** Servers, their last words, and what the culler thinks of them. */
export function serversQuestions(router: Router, { tables, clock, settings }: Hub, logOf: LogOf): void {
  router.get('/servers', (ctx) => {
    const all = [...tables.servers.values()].filter(({ state }) => state !== 'stopped');
    ctx.body = { servers: all.map(serverRow) };
  });

  router.get('/servers/:user{/:name}/log', async (ctx) => {
    const server = tables.servers.get(
      serverKey(normalizeUsername(ctx.params.user ?? ''), ctx.params.name ?? ''),
    );
    if (server === undefined) throw new Problem('HTTP-404', { detail: 'There is no such server.' });
    const lines = (await logOf(server, LINES)) ?? server.failure?.log;
    if (lines === undefined) throw new Problem('HTTP-404', { detail: 'It does not run, and left no words.' });
    ctx.body = { lines };
  });

  router.get('/cull', (ctx) => {
    const ready = [...tables.servers.values()].filter(({ state }) => state === 'ready');
    const { cullTimeout } = settings;
    ctx.body = {
      timeoutSeconds: cullTimeout,
      servers: ready.map((server) => ({
        ...serverRow(server),
        ...verdictOf(server, cullTimeout, clock.now()),
      })),
    };
  });
}

function serverRow({ user, name, state, image, started, lastActivity }: Server) {
  return { user, name, state, image, started: timeOf(started), lastActivity: timeOf(lastActivity) };
}

/** What the culler's next look would do, as far as can be said without asking the notebook. */
function verdictOf(server: Server, timeout: number | null, now: number) {
  const idle = now - Math.max(server.lastActivity ?? 0, server.started ?? 0);
  const settings = { enabled: true, timeout: timeout ?? Number.POSITIVE_INFINITY, every: 0, busyCores: 0 };
  const { act } = judgeFromOutside(server, settings, now);
  return { idle: formatSpan(idle), verdict: act === 'keep' ? 'keep' : 'stop, unless it computes' };
}
