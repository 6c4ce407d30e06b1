import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import { personOf } from './signed-in.ts';

/** For administrators, not for those who manage some group. @throws Problem PERM-001. */
export function requireAdministrator(hub: Hub, ctx: HubContext): void {
  const person = personOf(ctx);
  if (isAdminCaller(person, hub.roles)) return;
  throw new Problem('PERM-001', { name: person.user.name, scope: 'being an administrator' });
}
