import { isAdmin, type Roles } from './role.ts';
import { holds, type Scopes } from './scope.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';
import type { Token } from './token.ts';
import type { User } from './user.ts';

/** Who asks, and what they may. */
export type Caller =
  | { readonly kind: 'session'; readonly user: User; readonly session: Session; readonly scopes: Scopes }
  | { readonly kind: 'token'; readonly user: User; readonly token: Token; readonly scopes: Scopes }
  | { readonly kind: 'service'; readonly service: Service; readonly scopes: Scopes };

/** The caller's name, for the log and for notes. */
export function callerName(caller: Caller): string {
  return caller.kind === 'service' ? caller.service.name : caller.user.name;
}

/** Whether an administrator asks, however little the token may do that they ask with: who that is, not what it opens. */
export function isAdminCaller(caller: Caller, roles: Roles): boolean {
  return caller.kind === 'service' ? caller.service.admin : isAdmin(roles, caller.user);
}

/** Whether an administrator asks with a right to everybody's servers: what is everybody's is not for a token for some. */
export function isAdminOfServers(caller: Caller, roles: Roles): boolean {
  return isAdminCaller(caller, roles) && holds(caller.scopes, 'admin:servers');
}

/**
 * Whether who asks may make administrators. An administrator makes whom they like, but not with a token for some accounts:
 * it would make one that may do everything. JupyterHub looks at the person alone.
 */
export function mayMakeAdmins(caller: Caller, roles: Roles): boolean {
  return isAdminCaller(caller, roles) && holds(caller.scopes, 'admin:users');
}
