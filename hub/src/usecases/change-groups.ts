import type { Group } from '../domain/group.ts';
import type { Clock } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { forgetSharesWith } from './forget-shares.ts';

export interface NewGroups {
  /** Good and free; the caller has checked. */
  readonly names: readonly string[];
  /** Names of users who are there. */
  readonly users: readonly string[];
}

export interface MemberChange {
  readonly group: string;
  readonly join?: readonly string[];
  readonly leave?: readonly string[];
}

/** Groups and who is in them. Who is in a group stands in each user's record: a check reads one record. */
export interface ChangeGroups {
  /** Makes all of them or none. @throws Problem SERVER-001 when one is there by now. */
  create(request: NewGroups): Promise<readonly Group[]>;
  /** @throws Problem HTTP-404 when it is gone by now. */
  members(change: MemberChange): Promise<Group>;
  setProperties(group: string, properties: Group['properties']): Promise<Group>;
  remove(group: string): Promise<void>;
}

export function makeChangeGroups({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): ChangeGroups {
  const standing = (name: string): Group => {
    const group = store.groups.get(name);
    if (group === undefined) throw new Problem('HTTP-404');
    return group;
  };
  return {
    create: ({ names, users }) =>
      store.change((drafts) => {
        const taken = names.find((name) => store.groups.get(name) !== undefined);
        if (taken !== undefined) throw new Problem('SERVER-001', { detail: `Group ${taken} already exists` });
        const created = [...new Set(names)].map((name) => ({ name, properties: {}, created: clock.now() }));
        for (const group of created) {
          drafts.groups.put(group);
          for (const user of users) join(store, drafts, user, group.name);
        }
        return created;
      }),
    members: ({ group, join: joining = [], leave: leaving = [] }) =>
      store.change((drafts) => {
        const found = standing(group);
        for (const user of joining) join(store, drafts, user, group);
        for (const user of leaving) leave(store, drafts, user, group);
        return found;
      }),
    setProperties: (name, properties) =>
      store.change((drafts) => {
        const group = { ...standing(name), properties };
        drafts.groups.put(group);
        return group;
      }),
    remove: (name) =>
      store.change((drafts) => {
        for (const user of store.users.where('group', name)) leave(store, drafts, user.name, name);
        // A group that somebody makes under this name later is another one.
        forgetSharesWith(store, drafts, { kind: 'group', name });
        drafts.groups.delete(name);
      }),
  };
}

function join(store: Store, drafts: Drafts, name: string, group: string): void {
  const user = store.users.get(name);
  if (user === undefined || user.groups.includes(group)) return;
  drafts.users.put({ ...user, groups: [...user.groups, group] });
}

function leave(store: Store, drafts: Drafts, name: string, group: string): void {
  const user = store.users.get(name);
  if (!user?.groups.includes(group)) return;
  drafts.users.put({ ...user, groups: user.groups.filter((other) => other !== group) });
}
