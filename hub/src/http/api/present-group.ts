import type { Caller } from '../../domain/caller.ts';
import type { Group } from '../../domain/group.ts';
import { rolesOfGroup } from '../../domain/role.ts';
import { holds } from '../../domain/scope.ts';
import type { Hub } from '../hub.ts';

const FIELDS = {
  'read:groups': ['kind', 'name', 'properties', 'users'],
  'read:groups:name': ['kind', 'name'],
  'read:roles:groups': ['kind', 'name', 'roles'],
} as const;

/** Group model of the API: fields that the caller may not read are absent. */
export function presentGroup(hub: Hub, caller: Caller, group: Group): Record<string, unknown> {
  const whole: Record<string, unknown> = {
    kind: 'group',
    name: group.name,
    roles: rolesOfGroup(hub.roles, group),
    users: hub.tables.users.where('group', group.name).map((user) => user.name),
    properties: group.properties,
  };
  const model: Record<string, unknown> = {};
  for (const [scope, fields] of Object.entries(FIELDS)) {
    if (!holds(caller.scopes, scope, { kind: 'group', value: group.name })) continue;
    for (const field of fields) model[field] = whole[field];
  }
  return model;
}
