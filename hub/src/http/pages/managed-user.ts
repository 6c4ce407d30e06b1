import { Problem } from '../../domain/problem.ts';
import { isAdmin } from '../../domain/role.ts';
import { holds } from '../../domain/scope.ts';
import { isUsername, type User } from '../../domain/user.ts';
import { groupsOf } from '../api/groups-of.ts';
import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import { personOf, requireScope } from './signed-in.ts';

/**
 * The user whom the path names (`:user`), for somebody who may do this to them. As the API has it: an
 * administrator's account is in the hands of administrators only.
 *
 * @throws Problem PERM-001 without the scopes or the standing, HTTP-404 when there is no such user.
 */
export function managedUser(
  hub: Hub,
  ctx: HubContext & { params: Record<string, string> },
  scope: 'admin:users' | 'delete:users',
): User {
  const person = personOf(ctx);
  requireScope(person, 'admin-ui');
  const name = ctx.params.user ?? '';
  if (!holds(person.scopes, scope, { kind: 'user', value: name }, groupsOf(hub))) {
    throw new Problem('PERM-001', { name: person.user.name, scope });
  }
  const user = isUsername(name) ? hub.tables.users.get(name) : undefined;
  if (user === undefined) throw new Problem('HTTP-404');
  if (hub.namesAdministrator(name) && !isAdmin(hub.roles, person.user)) {
    throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
  }
  return user;
}
