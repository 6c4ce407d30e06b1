import { Problem } from '../domain/problem.ts';
import { isActive, serverKey } from '../domain/server.ts';
import { formatBytes, type QuotaStanding, quotaStanding } from '../domain/storage-quota.ts';
import type { StartServer } from './start-server.ts';
import type { StoragePorts } from './storage-ports.ts';

/** Before a start is refused, files are measured anew: perhaps there are fewer by now. */
const CLEANED_MS = 10_000;
const PATIENCE_MS = 30_000;

/** How somebody's files stand against the quota, as last measured; null where there is none, or no volume. */
export type StandingOf = (user: string) => QuotaStanding | null;

export function makeStandingOf({
  store,
  sizes,
  quota,
}: Pick<StoragePorts, 'store' | 'sizes' | 'quota'>): StandingOf {
  return (user) => quotaStanding(quota, volumeOf(store, user), sizes.last.sizes);
}

/**
 * Starts as before, unless the person's volume is being restored or deleted (VOLUME-002), or holds more than the quota
 * where that is refused (STORAGE-001).
 */
export function guardStart(ports: StoragePorts, start: StartServer): StartServer {
  const standingOf = makeStandingOf(ports);
  return async (request) => {
    const { user, server } = request;
    const known = ports.store.servers.get(serverKey(user, server));
    // Whoever joins what runs already changes nothing.
    if (known !== undefined && isActive(known)) return start(request);
    const volume = volumeOf(ports.store, user);
    if (volume !== null) ports.holds.check(volume);
    // A hub that has just started has measured nothing yet: that is not a way in.
    const unknown = volume !== null && ports.quota.action === 'refuse' && ports.sizes.last.at === 0;
    if (unknown) await ports.sizes.within(PATIENCE_MS);
    if (standingOf(user)?.refuses === true) await ports.sizes.within(PATIENCE_MS, CLEANED_MS);
    const standing = standingOf(user);
    if (standing?.refuses === true) {
      const used = formatBytes(standing.used ?? 0);
      throw new Problem('STORAGE-001', { used, quota: formatBytes(standing.quota), volume: standing.volume });
    }
    return start(request);
  };
}

/** The volume of somebody's servers, as the store knows it. */
function volumeOf(store: StoragePorts['store'], user: string): string | null {
  return store.servers.where('user', user).find(({ volumeName }) => volumeName !== null)?.volumeName ?? null;
}
