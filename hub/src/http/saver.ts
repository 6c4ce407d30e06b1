import { type Caller, isAdminCaller } from '../domain/caller.ts';
import { Problem } from '../domain/problem.ts';
import type { Audience, SavedEnvironment } from '../domain/saved-environment.ts';
import { EVERYBODY } from '../domain/shared-folder.ts';
import type { Hub } from './hub.ts';

type Rights = Pick<Hub, 'roles' | 'tables' | 'storage'>;

/** Whether the caller may save a server of this person: administrators anybody's, savers their own. */
export function maySave({ roles, tables, storage }: Rights, caller: Caller, owner: string): boolean {
  if (isAdminCaller(caller, roles)) return true;
  if (caller.kind === 'service' || caller.user.name !== owner) return false;
  const groups = tables.users.get(owner)?.groups ?? [];
  return storage.savers.includes(EVERYBODY) || storage.savers.some((group) => groups.includes(group));
}

/** @throws Problem ENV-001. */
export function requireSaver(rights: Rights, caller: Caller, owner: string): void {
  if (!maySave(rights, caller, owner)) throw new Problem('ENV-001');
}

/** What others start is what an administrator has answered for. */
export function mayShareWith({ roles }: Rights, caller: Caller, audience: Audience): boolean {
  return audience.kind === 'owner' || isAdminCaller(caller, roles);
}

/** Whether the caller may remove it: administrators any, people what is only their own. */
export function mayManage({ roles }: Rights, caller: Caller, { user, audience }: SavedEnvironment): boolean {
  if (isAdminCaller(caller, roles)) return true;
  return caller.kind !== 'service' && caller.user.name === user && audience.kind === 'owner';
}
