import { isAdmin, type Roles } from './role.ts';
import type { Scopes } from './scope.ts';
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

/** Whether an administrator asks: only they make and change administrators, whatever their token says. */
export function isAdminCaller(caller: Caller, roles: Roles): boolean {
  return caller.kind === 'service' ? caller.service.admin : isAdmin(roles, caller.user);
}
