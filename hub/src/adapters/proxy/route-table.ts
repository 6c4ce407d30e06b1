import { z } from 'zod';
import type { Route } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { pathOfKey } from './route-dialect.ts';

const table = z.record(
  z.string(),
  z.looseObject({
    target: z.string(),
    jupyterhub: z.unknown().optional(),
    user: z.string().optional(),
    server_name: z.string().optional(),
    service: z.string().optional(),
    last_activity: z.string().optional(),
    last_client_activity: z.string().optional(),
    open_requests: z.number().optional(),
    asleep: z.unknown().optional(),
    ports: z.unknown().optional(),
    guard: z.unknown().optional(),
  }),
);

/**
 * The answer of `GET /api/routes`. Routes without `jupyterhub` were made by somebody else: they have no user
 * here, and whoever has none is left alone.
 *
 * @throws Problem SPAWN-170 when it is no such answer.
 */
export function readRouteTable(body: string): readonly Route[] {
  const read = table.safeParse(parse(body));
  if (!read.success) throw new Problem('SPAWN-170', { detail: 'its table cannot be read' });
  return Object.entries(read.data).map(([key, route]) => {
    const ours = route.jupyterhub === true && route.user !== undefined;
    const at = Date.parse(route.last_activity ?? '');
    const person = Date.parse(route.last_client_activity ?? '');
    return {
      path: pathOfKey(key),
      target: route.target,
      user: ours ? (route.user ?? null) : null,
      server: ours ? (route.server_name ?? '') : null,
      ...(route.jupyterhub === true && route.service !== undefined ? { service: route.service } : {}),
      lastActivity: Number.isNaN(at) ? null : at,
      ...(Number.isNaN(person) ? {} : { lastPersonal: person }),
      ...(route.open_requests === undefined ? {} : { openRequests: route.open_requests }),
      ...(route.asleep === true ? { asleep: true } : {}),
      ...(route.guard === undefined ? {} : { guarded: true as const }),
      ...(route.ports === true ? { ports: true as const } : {}),
    };
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Problem('SPAWN-170', { detail: 'its table is no JSON' }, { cause: error });
  }
}
