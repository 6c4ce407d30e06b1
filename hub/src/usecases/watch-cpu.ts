import type { CpuReading } from '../domain/containers.ts';
import { coresBetween } from '../domain/cull-policy.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { eachOf } from './each-of.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** Questions at once. Engine 20.10 holds each for up to a second, which costs it nothing. */
const AT_ONCE = 50;
/** For all of them together; whoever was not asked by then is asked at the next look. */
const WHOLE_MS = 30_000;

/**
 * Cores that each server's container used since the watch looked at it last, times the crowd it shared them with; null when
 * that is not known. On a machine where ten programs want each core, a cell that computes gets a tenth of one, and would
 * pass for idle.
 */
export type WatchCpu = (servers: readonly Server[]) => Promise<ReadonlyMap<string, number | null>>;

/** Remembers one reading a server, and of no server that it was not asked about last. Never rejects. */
export function makeWatchCpu(ports: Pick<SpawnPorts, 'containers' | 'crowd' | 'log'>): WatchCpu {
  let crowdBefore = 1;
  let before: ReadonlyMap<string, CpuReading> = new Map();

  return async (servers) => {
    const now = new Map<string, CpuReading>();
    const cores = new Map<string, number | null>();
    const whole = AbortSignal.timeout(WHOLE_MS);
    let silent = 0;
    // The load average follows slowly: the fuller end of the span counts.
    const crowdNow = ports.crowd();
    const crowd = Math.max(crowdBefore, crowdNow);
    crowdBefore = crowdNow;
    await eachOf(servers, AT_ONCE, async (server) => {
      const key = serverKey(server.user, server.name);
      const earlier = before.get(key) ?? null;
      const reading = await read(ports, server, whole);
      if (reading === undefined) silent += 1;
      // An earlier reading that could not be followed up is as good next time.
      const kept = reading === undefined ? earlier : reading;
      if (kept !== null) now.set(key, kept);
      const used = coresBetween(earlier, reading ?? null);
      cores.set(key, used === null ? null : used * crowd);
    });
    if (silent > 0) ports.log.warn({ servers: silent }, 'the engine does not tell how busy servers are');
    before = now;
    return cores;
  };
}

/** Null when it does not run; undefined when the engine does not say. */
async function read(
  { containers }: Pick<SpawnPorts, 'containers'>,
  { containerId }: Server,
  signal: AbortSignal,
): Promise<CpuReading | null | undefined> {
  if (containerId === null) return null;
  if (signal.aborted) return undefined;
  try {
    return await containers.readUsage(containerId, signal);
  } catch {
    // Counted and reported once for all.
    return undefined;
  }
}
