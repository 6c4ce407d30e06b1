import { type Admission, isAdmitted } from '../domain/admission.ts';
import { scopesOfUser } from '../domain/granted-scopes.ts';
import type { Roles } from '../domain/role.ts';
import { holds } from '../domain/scope.ts';
import { sharesWith } from '../domain/shares-with.ts';
import type { Store } from '../domain/store.ts';

export interface VisitRules {
  readonly store: Store;
  readonly roles: Roles;
  readonly admission: () => Admission;
}

/** Whether somebody may be in a server now, by its key: its owner, whoever it is shared with, administrators with the scope. */
export function mayVisit(
  { store, roles, admission }: VisitRules,
  key: string,
  visitor: string,
  now: number,
): boolean {
  const user = store.users.get(visitor);
  if (user === undefined || !isAdmitted(admission(), visitor, user)) return false;
  const scopes = scopesOfUser(user, roles, sharesWith(store, user, now));
  const on = { kind: 'server', value: key } as const;
  return holds(scopes, 'access:servers', on, (other) => store.users.get(other)?.groups ?? []);
}
