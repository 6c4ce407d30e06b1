import type { GroupsOf } from '../../domain/scope.ts';
import type { Hub } from '../hub.ts';

/** Groups of a user as they are now, for scopes that are limited to a group. */
export function groupsOf(hub: Pick<Hub, 'tables'>): GroupsOf {
  return (user) => hub.tables.users.get(user)?.groups ?? [];
}
