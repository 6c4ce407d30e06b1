import type Router from '@koa/router';
import { idleSince } from '../../domain/cull-policy.ts';
import { formatSpan } from '../../domain/format-span.ts';
import { Problem } from '../../domain/problem.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import { normalizeUsername } from '../../domain/user.ts';
import type { Judgement } from '../../usecases/judge-idle.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** The last lines of a server's container, or null when it has none. */
export type LogOf = (server: Server, lines: number) => Promise<readonly string[] | null>;

const LINES = 200;

/** Servers, their last words, and what the culler thinks of them. */
export function serversQuestions(router: Router, { tables, clock, idle }: Hub, logOf: LogOf): void {
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

  router.get('/cull', async (ctx) => {
    const judged = await idle.judge();
    ctx.body = {
      servers: judged
        .map((one) => ({ ...serverRow(one.server), ...verdictRow(one, clock.now()) }))
        .sort((a, b) => (a.user < b.user || (a.user === b.user && a.name < b.name) ? -1 : 1)),
    };
  });
}

function serverRow({ user, name, state, image, started, lastActivity }: Server) {
  return { user, name, state, image, started: timeOf(started), lastActivity: timeOf(lastActivity) };
}

/** What the culler's next look would do, by which times, and what comes of it without anybody's doing. */
function verdictRow({ server, policy, forecast, verdict }: Judgement, now: number) {
  const { timeout, freezeTimeout, maxAge } = policy;
  const word = (name: string, seconds: number | null) =>
    seconds === null ? [] : [`${name} ${formatSpan(seconds * 1000)}`];
  const words = [...word('sleep', freezeTimeout), ...word('stop', timeout), ...word('at most', maxAge)];
  return {
    idle: formatSpan(now - idleSince(server, 'any')),
    policy: words.join(', ') || 'left alone',
    keepUntil: timeOf(server.keepUntil !== null && server.keepUntil > now ? server.keepUntil : null),
    freezesAt: timeOf(forecast.freezesAt),
    stopsAt: timeOf(forecast.stopsAt),
    verdict: `${verdict.act}: ${sentenceOf(verdict)}`,
  };
}

function sentenceOf(verdict: Judgement['verdict']): string {
  if (verdict.act === 'keep') return verdict.why;
  return verdict.act === 'stop' && verdict.why === 'aged' ? `ran for ${verdict.detail}` : verdict.detail;
}
