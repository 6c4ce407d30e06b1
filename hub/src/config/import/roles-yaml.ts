import { stringify } from 'yaml';
import type { Role } from '../../domain/role.ts';

/** Roles of a former hub as they stand in `config.yaml`. */
export function rolesYaml(roles: readonly Role[]): string {
  const loadRoles = Object.fromEntries(
    roles.map(({ name, description, scopes, users, groups, services }) => {
      const lists = { scopes, users, groups, services };
      const told = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
      return [name, { ...(description === '' ? {} : { description }), ...told }];
    }),
  );
  return stringify({ hub: { loadRoles } }, { lineWidth: 0 }).trimEnd();
}
