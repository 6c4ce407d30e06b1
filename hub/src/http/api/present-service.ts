import { rolesOfService } from '../../domain/role.ts';
import { holds, type Scopes } from '../../domain/scope.ts';
import { type Service, servicePath } from '../../domain/service.ts';
import type { Hub } from '../hub.ts';

const FIELDS = {
  'read:services': ['kind', 'name', 'admin', 'url', 'prefix', 'command', 'pid', 'info', 'display'],
  'read:services:name': ['kind', 'name', 'admin'],
  'read:roles:services': ['kind', 'name', 'roles', 'admin'],
} as const;

/** Service model of the API: fields that may not be read are absent. */
export function presentService(
  hub: Hub,
  { scopes }: { readonly scopes: Scopes },
  service: Service,
): Record<string, unknown> {
  const whole: Record<string, unknown> = {
    kind: 'service',
    name: service.name,
    admin: service.admin,
    roles: rolesOfService(hub.roles, service),
    url: service.url ?? '',
    prefix: service.url === null ? '' : servicePath(hub.settings.baseUrl, service.name),
    // The hub starts no programs: whatever serves runs by itself.
    command: [],
    pid: 0,
    info: service.info,
    display: service.display,
  };
  const model: Record<string, unknown> = {};
  for (const [scope, fields] of Object.entries(FIELDS)) {
    if (!holds(scopes, scope, { kind: 'service', value: service.name })) continue;
    for (const field of fields) model[field] = whole[field];
  }
  return model;
}
