import { type Admission, isAdmitted } from '../domain/admission.ts';
import { scopesOfUser } from '../domain/granted-scopes.ts';
import type { Roles } from '../domain/role.ts';
import { holds } from '../domain/scope.ts';
import { accessScope, EVERYONE, type Grantee, isShareAlive, shareKey } from '../domain/share.ts';
import { sharesWith } from '../domain/shares-with.ts';
import type { Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';

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
  // Of a visitor it is nearly always this; all that they may do costs more to work out.
  if (isSharedWith(store, key, user, now)) return true;
  const scopes = scopesOfUser(user, roles, sharesWith(store, user, now));
  const on = { kind: 'server', value: key } as const;
  return holds(scopes, 'access:servers', on, (other) => store.users.get(other)?.groups ?? []);
}

function isSharedWith({ shares }: Store, key: string, { name, groups }: User, now: number): boolean {
  const cut = key.indexOf('/');
  const [owner, server] = [key.slice(0, cut), key.slice(cut + 1)];
  const people: readonly Grantee[] = [
    { kind: 'user', name },
    EVERYONE,
    ...groups.map((group): Grantee => ({ kind: 'group', name: group })),
  ];
  return people.some((to) => {
    const share = shares.get(shareKey({ owner, server, to }));
    return (
      share !== undefined && isShareAlive(share, now) && share.scopes.includes(accessScope(owner, server))
    );
  });
}
