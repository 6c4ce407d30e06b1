import { type Caller, isAdminCaller, isAdminOfServers } from '../domain/caller.ts';
import { Problem } from '../domain/problem.ts';
import type { Audience, SavedEnvironment } from '../domain/saved-environment.ts';
import { holds } from '../domain/scope.ts';
import { EVERYBODY } from '../domain/shared-folder.ts';
import { groupsOf } from './api/groups-of.ts';
import type { Hub } from './hub.ts';

type Rights = Pick<Hub, 'roles' | 'tables' | 'storage'>;

/** Whether the caller may save a server of this person: administrators anybody's, savers their own. */
export function maySave({ roles, tables, storage }: Rights, caller: Caller, owner: string): boolean {
  if (isAdminOfServers(caller, roles)) return true;
  if (caller.kind === 'service' || caller.user.name !== owner) return false;
  if (isAdminCaller(caller, roles)) return true;
  const groups = tables.users.get(owner)?.groups ?? [];
  return storage.savers.includes(EVERYBODY) || storage.savers.some((group) => groups.includes(group));
}

/** @throws Problem ENV-001. */
export function requireSaver(rights: Rights, caller: Caller, owner: string): void {
  if (!maySave(rights, caller, owner)) throw new Problem('ENV-001');
}

/** What others start is what an administrator has answered for. */
export function mayShareWith({ roles }: Rights, caller: Caller, audience: Audience): boolean {
  return audience.kind === 'owner' || isAdminOfServers(caller, roles);
}

/** Whether the caller may remove it: administrators any, people what is only their own. */
export function mayManage(rights: Rights, caller: Caller, { user, audience }: SavedEnvironment): boolean {
  if (isAdminOfServers(caller, rights.roles)) return true;
  if (caller.kind === 'service' || caller.user.name !== user || audience.kind !== 'owner') return false;
  // A token for one server, or for somebody else's, is none for what was saved from all of one's own.
  return holds(caller.scopes, 'servers', { kind: 'user', value: user }, groupsOf(rights));
}
