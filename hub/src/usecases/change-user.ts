import { Problem } from '../domain/problem.ts';
import { isActive, type Server, serverKey } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { keepSharesThroughRename } from './forget-shares.ts';
import { forgetUser } from './forget-user.ts';

export interface ChangeUserRequest {
  readonly name: string;
  /** Normalised, good, and free; the caller has checked. */
  readonly newName: string | null;
  readonly admin: boolean | null;
}

/**
 * Changes an account. A new name takes files, saved environments, password, a link for one, shares and group membership
 * along; sessions and tokens end, for they were opened in the old one.
 *
 * @throws Problem HTTP-404; SERVER-001 when the name is taken meanwhile, when files of somebody else are kept under it,
 *   or servers run under the old one.
 */
export type ChangeUser = (request: ChangeUserRequest) => Promise<User>;

export function makeChangeUser({ store }: { readonly store: Store }): ChangeUser {
  return ({ name, newName, admin }) =>
    store.change((drafts) => {
      const before = store.users.get(name);
      if (before === undefined) throw new Problem('HTTP-404');
      const changed: User = { ...before, name: newName ?? name, admin: admin ?? before.admin };
      if (changed.name !== name) {
        const servers = store.servers.where('user', name);
        checkRename(store, servers, changed.name);
        const credential = store.credentials.get(name);
        const links = [...store.invitations.values()].filter(({ user }) => user === name);
        const putShares = keepSharesThroughRename(store, name, changed.name);
        forgetUser(store, drafts, name);
        putShares(drafts);
        if (credential !== undefined) drafts.credentials.put({ ...credential, user: changed.name });
        for (const link of links) drafts.invitations.put({ ...link, user: changed.name });
        for (const server of servers) drafts.servers.put({ ...server, user: changed.name });
        moveEnvironments(store, drafts, name, changed.name);
        moveDeparture(store, drafts, name, changed.name);
      }
      drafts.users.put(changed);
      return changed;
    });
}

function checkRename(store: Store, servers: readonly Server[], newName: string): void {
  if (store.users.get(newName) !== undefined || store.servers.get(serverKey(newName, '')) !== undefined) {
    throw new Problem('SERVER-001', { detail: `User ${newName} already exists, username must be unique` });
  }
  // Whoever has the name is given them, and this is another person.
  if (store.departures.get(newName) !== undefined) {
    throw new Problem('SERVER-001', {
      detail: `Files of a former ${newName} are kept. Delete them first, or choose another name.`,
    });
  }
  if (servers.some(isActive)) {
    throw new Problem('SERVER-001', { detail: 'Stop the servers of this account before you rename it.' });
  }
}

function moveEnvironments(store: Store, drafts: Drafts, from: string, to: string): void {
  for (const environment of store.environments.where('user', from)) {
    const by = environment.by === from ? to : environment.by;
    drafts.environments.put({ ...environment, user: to, by });
  }
}

/** Of an account that is on no list any more: what is kept is theirs, and not the next one's of the old name. */
function moveDeparture(store: Store, drafts: Drafts, from: string, to: string): void {
  const departure = store.departures.get(from);
  if (departure === undefined) return;
  drafts.departures.delete(from);
  drafts.departures.put({ ...departure, user: to });
}
