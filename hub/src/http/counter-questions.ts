import Router from '@koa/router';
import { formatSpan, judgeFromOutside } from '../domain/cull-policy.ts';
import { scopesOfUser } from '../domain/granted-scopes.ts';
import { Problem } from '../domain/problem.ts';
import { isAdmin } from '../domain/role.ts';
import { type Server, serverKey } from '../domain/server.ts';
import type { Service } from '../domain/service.ts';
import { JUPYTERHUB_VERSION } from '../domain/settings.ts';
import { normalizeUsername, type User } from '../domain/user.ts';
import type { Hub } from './hub.ts';

/** What the counter asks of parts that no page needs. */
export interface CounterParts {
  readonly health: () => Promise<Readonly<Record<string, string>>>;
  /** The last lines of a server's container, or null when it has none. */
  readonly logOf: (server: Server, lines: number) => Promise<readonly string[] | null>;
}

const LINES = 200;
/** Who makes a token at the counter: nobody of the store, with no more rights than the token's owner. */
const COUNTER: Service = {
  name: 'command line',
  admin: false,
  url: null,
  tokenHash: null,
  tokenId: '',
  tokenCreated: 0,
  lastActivity: null,
  clientId: 'service-command-line',
  redirectUri: null,
  allowedScopes: [],
  trusted: false,
  info: {},
  display: false,
  fromConfig: false,
};

/** The command line's questions to the running hub: JSON of all that a table on a terminal may show. */
export function counterQuestions(hub: Hub, parts: CounterParts): Router {
  const { tables, clock, settings } = hub;
  const router = new Router({ sensitive: true, strict: true });

  router.get('/status', async (ctx) => {
    const states: Record<string, number> = {};
    for (const { state } of tables.servers.values()) states[state] = (states[state] ?? 0) + 1;
    ctx.body = {
      speaks: JUPYTERHUB_VERSION,
      uptimeSeconds: Math.round(process.uptime()),
      address: `${settings.publicOrigin}${settings.baseUrl}`,
      users: [...tables.users.values()].length,
      servers: states,
      parts: await parts.health(),
    };
  });

  router.get('/users', (ctx) => {
    ctx.body = { users: [...tables.users.values()].map((user) => userRow(hub, user)) };
  });

  router.get('/servers', (ctx) => {
    const all = [...tables.servers.values()].filter(({ state }) => state !== 'stopped');
    ctx.body = { servers: all.map(serverRow) };
  });

  router.get('/servers/:user{/:name}/log', async (ctx) => {
    const server = tables.servers.get(
      serverKey(normalizeUsername(ctx.params.user ?? ''), ctx.params.name ?? ''),
    );
    if (server === undefined) throw new Problem('HTTP-404', { detail: 'There is no such server.' });
    const lines = (await parts.logOf(server, LINES)) ?? server.failure?.log;
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

  router.post('/tokens/:user', async (ctx) => {
    const owner = tables.users.get(normalizeUsername(ctx.params.user ?? ''));
    if (owner === undefined) throw new Problem('HTTP-404', { detail: 'There is no such user.' });
    const answer = await hub.issueToken({
      caller: { kind: 'service', service: COUNTER, scopes: scopesOfUser(owner, hub.roles) },
      owner,
      note: 'made at the command line',
      // As long as the settings let a token live.
      expiresIn: null,
      scopes: null,
      roles: null,
    });
    if (answer.kind === 'refused') throw new Problem('HTTP-400', { detail: answer.message });
    ctx.status = 201;
    ctx.body = { token: answer.word, expires: answer.token.expires };
  });

  return router;
}

function userRow({ tables, roles }: Hub, user: User) {
  const running = tables.servers.where('user', user.name).filter(({ state }) => state !== 'stopped');
  return {
    name: user.name,
    admin: isAdmin(roles, user),
    groups: user.groups,
    servers: running.length,
    lastActivity: timeOf(user.lastActivity),
  };
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

function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
