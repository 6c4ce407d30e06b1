import type { Caller } from '../../domain/caller.ts';
import { holds, holdsSome, type Resource } from '../../domain/scope.ts';
import type { Hub } from '../hub.ts';
import type { Access } from './endpoint.ts';
import { groupsOf } from './groups-of.ts';
import { Refusal } from './refusal.ts';

/**
 * Lets the call through, or throws JupyterHub's refusal (contract §5.4): 403 without credentials, 403
 * without the scope, and 404 when the scope is held for other things only, as if the thing were not there.
 */
export function authorise(
  hub: Hub,
  caller: Caller | null,
  access: Access,
  param: (name: 'name' | 'server') => string,
): void {
  if (access.kind === 'open') return;
  if (caller === null) {
    throw new Refusal(403, access.kind === 'identity' ? 'Forbidden' : 'Missing or invalid credentials.');
  }
  if (access.kind === 'identity') return;
  const { scopes } = caller;
  const on = access.kind === 'one' ? resourceOf(access.on, param) : undefined;
  const allowed = (need: string): boolean =>
    access.kind === 'some' ? holdsSome(scopes, need) : holds(scopes, need, on, groupsOf(hub));
  if (access.any.some(allowed)) return;
  if (access.kind === 'one' && access.any.some((need) => holdsSome(scopes, need))) {
    throw new Refusal(404, 'No access to resources or resources not found');
  }
  throw new Refusal(
    403,
    `Action is not authorized with current scopes; requires any of [${access.any.join(', ')}]`,
  );
}

function resourceOf(kind: Resource['kind'], param: (name: 'name' | 'server') => string): Resource {
  return { kind, value: kind === 'server' ? `${param('name')}/${param('server')}` : param('name') };
}
