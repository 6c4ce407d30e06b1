import { PORT_KEY_HEADER, type RouteRequest } from '../../../../proxy/src/contract.ts';
import type { GuardedWay, Route, Routes } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { ask, type ControlDoor } from './control-door.ts';
import { apiPath } from './route-dialect.ts';
import { readRouteTable } from './route-table.ts';

/**
 * The proxy's table by its control API, which is configurable-http-proxy's: so a real one of those serves as well.
 */
export function makeProxyRoutes(door: ControlDoor): Routes {
  return {
    async list() {
      const answer = await ask(door, 'GET', '/api/routes');
      if (answer.status !== 200) throw refused(answer.status, 'its table');
      return readRouteTable(answer.body);
    },

    async add(route) {
      const answer = await ask(door, 'POST', apiPath(route.path), requestOf(route));
      if (answer.status !== 201) throw refused(answer.status, `a route for ${route.path}`);
    },

    async remove(path, how) {
      // A proxy that does not know the word removes the route all the same.
      const answer = await ask(door, 'DELETE', `${apiPath(path)}${how?.cut === true ? '?cut=1' : ''}`);
      if (answer.status !== 204 && answer.status !== 404) throw refused(answer.status, `removing ${path}`);
    },
  };
}

function requestOf(route: Omit<Route, 'lastActivity'>): Record<string, unknown> {
  return {
    target: route.target,
    jupyterhub: true,
    ...(route.asleep === true ? { asleep: true } : {}),
    ...(route.barred === undefined ? {} : { barred: route.barred }),
    ...(route.sleepsLightly === true ? { light_sleep: true } : {}),
    ...(route.ports === true ? { ports: true } : {}),
    ...headersOf(route),
    ...(typeof route.guarded === 'object' ? guardOf(route.guarded) : {}),
    ...ownerOf(route),
  };
}

function headersOf({ portKey, guarded }: Omit<Route, 'lastActivity'>): Pick<RouteRequest, 'headers'> {
  const headers = {
    ...(typeof guarded === 'object' ? guarded.headers : {}),
    ...(portKey === undefined ? {} : { [PORT_KEY_HEADER]: portKey }),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function guardOf(way: GuardedWay): Pick<RouteRequest, 'guard' | 'strip_prefix'> {
  const { notBefore, stripPrefix, key, audience, door, renew, secure } = way;
  return {
    guard: { key, audience, not_before: notBefore, door, renew, secure },
    ...(stripPrefix ? { strip_prefix: true } : {}),
  };
}

function ownerOf({ user, server, service }: Omit<Route, 'lastActivity'>): Record<string, unknown> {
  if (service !== undefined) return { service };
  return user === null ? { hub: true } : { user, server_name: server ?? '' };
}

function refused(status: number, what: string): Problem {
  const hint = status === 403 ? '; CONFIGPROXY_AUTH_TOKEN differs between hub and proxy' : '';
  return new Problem('SPAWN-170', { detail: `it answered ${status} to ${what}${hint}` });
}
