import { isAdminOfServers } from '../../domain/caller.ts';
import { holds } from '../../domain/scope.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import { USAGE_SPANS } from '../../domain/usage.ts';
import type { Hub } from '../hub.ts';
import { answerJson } from './answer.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { groupsOf } from './groups-of.ts';
import { Refusal } from './refusal.ts';
import { timestamp } from './timestamp.ts';

/** Berth's own, under its own prefix: what was measured last, and over time. Asking asks nobody else. */
export const usageEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/berth/usage',
    summary: 'What running servers and the machine use (Berth)',
    access: { kind: 'some', any: ['read:servers'] },
    answers: {
      200: {
        description:
          'Of the servers that the caller may read; of the machine for administrators with `admin:servers`',
      },
    },
    handle: everything,
  },
  ...['/berth/users/:name/server/usage', '/berth/users/:name/servers/:server/usage'].map(
    (path): Endpoint => ({
      method: 'GET',
      path,
      summary: 'What a server used over time (Berth)',
      access: { kind: 'one', on: 'server', any: ['read:servers'] },
      query: { span: '`1h`, the default: look by look; `24h`: in stretches of five minutes' },
      answers: {
        200: {
          description:
            'Points with `at` (their end), `cpu` in cores and `memory` in bytes; null: not measured',
        },
        400: { description: 'No such span' },
        404: { description: 'No such server' },
      },
      handle: series,
    }),
  ),
];

function everything({ ctx, hub, caller }: Call): void {
  const servers = [...hub.tables.servers.values()].filter(({ user, name }) =>
    holds(caller.scopes, 'read:servers', { kind: 'server', value: serverKey(user, name) }, groupsOf(hub)),
  );
  const machine = isAdminOfServers(caller, hub.roles) ? hub.usage.machine() : null;
  answerJson(ctx, {
    every: hub.usage.every / 1000,
    servers: servers.flatMap((server) => nowOf(hub, server)),
    ...(machine === null ? {} : { machine: { ...machine, at: timestamp(machine.at) } }),
  });
}

function nowOf({ usage }: Hub, { user, name, grant }: Server) {
  const now = usage.of(serverKey(user, name));
  if (now === null) return [];
  return [
    {
      user,
      server: name,
      at: timestamp(now.at),
      cpu: now.cores,
      cpu_limit: grant?.cpus ?? null,
      memory: now.memory,
      mem_limit: grant?.memory ?? null,
    },
  ];
}

function series({ ctx, hub, param }: Call): void {
  const user = findUser(hub, param('name'));
  const key = serverKey(user.name, param('server'));
  if (hub.tables.servers.get(key) === undefined) throw new Refusal(404, `${user.name} has no such server`);
  const asked = new URLSearchParams(ctx.querystring).get('span') ?? '1h';
  const span = USAGE_SPANS.find((one) => one === asked);
  if (span === undefined) throw new Refusal(400, `span must be one of ${USAGE_SPANS.join(', ')}`);
  answerJson(ctx, {
    span,
    points: hub.usage
      .series(key, span)
      .map(({ at, cores, memory }) => ({ at: timestamp(at), cpu: cores, memory })),
  });
}
