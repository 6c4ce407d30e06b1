import { serverPath } from '../domain/server.ts';
import type { PortDoors } from './port-doors.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { WakeServer } from './wake-server.ts';

/** With nobody asleep there is nobody to wait for; after a failure neither proxy nor engine is hurried. */
const NOBODY_MS = 1_000;
const FAILED_MS = 1_000;
/** While a server that somebody waits for is on its way. */
const BUSY_MS = 25;
/** An empty answer sooner than this is from a proxy that does not wait with it. */
const EARLY_MS = 500;

/**
 * Wakes whatever somebody waits for at the proxy, until the signal ends. The hub asks the proxy, never the other way
 * round: so there is no door of the hub's that a notebook could knock at, and a hub that comes back sees at once who
 * has waited for it meanwhile.
 */
export async function wakeAwaited(
  ports: SpawnPorts,
  wake: WakeServer,
  signal: AbortSignal,
  doors?: Pick<PortDoors, 'awaited'>,
): Promise<void> {
  const busy = new Set<string>();
  const pause = (ms: number) => ports.clock.sleep(ms, signal).catch(() => {});
  while (!signal.aborted) {
    if (sleepersByPath(ports, wake, doors).size === 0) {
      await pause(NOBODY_MS);
      continue;
    }
    const began = ports.clock.now();
    let awaited: readonly string[];
    try {
      awaited = await ports.sleepers.awaited();
    } catch (error) {
      if (!signal.aborted) ports.log.warn({ error: String(error) }, 'the proxy does not tell who waits');
      await pause(FAILED_MS);
      continue;
    }
    // Looked up anew: the answer may have taken half a minute.
    const sleepers = sleepersByPath(ports, wake, doors);
    for (const path of awaited) {
      const rouse = busy.has(path) ? undefined : sleepers.get(path);
      if (rouse === undefined) continue;
      busy.add(path);
      const failed = async (error: unknown) => {
        ports.log.warn({ path, error: String(error) }, 'could not be woken');
        await pause(FAILED_MS);
      };
      rouse()
        .then(() => {}, failed)
        .finally(() => busy.delete(path));
    }
    if (awaited.length > 0) await pause(BUSY_MS);
    else if (ports.clock.now() - began < EARLY_MS) await pause(NOBODY_MS);
  }
}

/** What sleeps, and what wakes it: servers, and the ways to ports of servers. */
function sleepersByPath(
  { store, settings }: SpawnPorts,
  wake: WakeServer,
  doors: Pick<PortDoors, 'awaited'> | undefined,
): ReadonlyMap<string, () => Promise<unknown>> {
  const frozen = [...store.servers.values()].filter(({ state }) => state === 'frozen');
  return new Map([
    ...frozen.map(
      (server) => [serverPath(settings.baseUrl, server.user, server.name), () => wake(server)] as const,
    ),
    ...(doors?.awaited(wake) ?? []),
  ]);
}
