import { Problem } from '../domain/problem.ts';
import { isActive, serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { forgetSharesOf } from './forget-shares.ts';
import { rememberVolume } from './kept-volume.ts';

/**
 * Forgets a named server that does not run. Its files stay, and so does the word of where they are: the next server of
 * this person has them.
 *
 * @throws Problem SERVER-001 when it has been started again meanwhile.
 */
export type RemoveServer = (server: { readonly user: string; readonly server: string }) => Promise<void>;

export function makeRemoveServer({ store }: { readonly store: Store }): RemoveServer {
  return ({ user, server: name }) =>
    store.change((drafts) => {
      const server = store.servers.get(serverKey(user, name));
      if (server === undefined) return;
      if (isActive(server)) throw new Problem('SERVER-001', { detail: 'The server has been started again.' });
      forgetSharesOf(store, drafts, user, name);
      drafts.servers.delete(serverKey(user, name));
      rememberVolume(store, drafts, user, server.volumeName);
    });
}
