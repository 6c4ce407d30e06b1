import { newServer, serverKey } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';

/**
 * The volume that is somebody's already, whatever it is called, or null: that of their servers, else what is kept since
 * they left. Of several kept ones the first, which is the default server's.
 */
export function keptVolume(store: Store, user: string): string | null {
  const own = store.servers.where('user', user).find(({ volumeName }) => volumeName !== null);
  if (own !== undefined) return own.volumeName;
  const departure = store.departures.get(user);
  if (departure === undefined) return null;
  const others = volumesOfOthers(store, user);
  return departure.volumes.find((name) => !others.has(name)) ?? null;
}

/** Volumes that are known to be somebody else's, also of people who left: a name may read otherwise after a rename. */
export function volumesOfOthers(store: Store, user: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const server of store.servers.values()) {
    if (server.user !== user && server.volumeName !== null) found.add(server.volumeName);
  }
  for (const departure of store.departures.values()) {
    if (departure.user !== user) for (const name of departure.volumes) found.add(name);
  }
  return found;
}

/** Somebody who had left is back: their next start finds the files that were kept. Nothing for whoever never left. */
export function takeBack(store: Store, drafts: Drafts, user: string): void {
  if (store.departures.get(user) === undefined) return;
  const volume = keptVolume(store, user);
  drafts.departures.delete(user);
  rememberVolume(store, drafts, user, volume);
}

/** Notes a volume with the default server, unless a server of theirs has one; null notes nothing. */
export function rememberVolume(store: Store, drafts: Drafts, user: string, volumeName: string | null): void {
  if (volumeName === null || store.servers.where('user', user).some((one) => one.volumeName !== null)) return;
  drafts.servers.put({ ...(store.servers.get(serverKey(user, '')) ?? newServer(user)), volumeName });
}
