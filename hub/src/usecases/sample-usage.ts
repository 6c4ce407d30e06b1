import type { Containers } from '../domain/containers.ts';
import type { Gpu } from '../domain/gpu-pool.ts';
import { isFresh } from '../domain/is-fresh.ts';
import type { Clock, Log, Machine } from '../domain/ports.ts';
import { isActive, type Server, serverKey } from '../domain/server.ts';
import type { Tables } from '../domain/store.ts';
import type { MachineUsage, Shares } from '../domain/usage.ts';
import { eachOf } from './each-of.ts';
import type { UsageBook } from './usage-book.ts';

/** Questions at once. Engine 20.10 holds each for up to a second, which costs it nothing. */
const AT_ONCE = 50;

/** One look at what runs. Looks never overlap: who asks during one joins it. Never rejects. */
export type SampleUsage = () => Promise<void>;

interface SampleUsagePorts {
  readonly tables: Pick<Tables, 'servers'>;
  /** Its readings are recorded in the book: see {@link recordReadings}. */
  readonly containers: Pick<Containers, 'readUsage'>;
  readonly machine: Machine;
  readonly gpus: readonly Gpu[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The same readings, and each stands in the book from then on: whoever takes one, nobody need take it again. */
export function recordReadings(
  containers: Pick<Containers, 'readUsage'>,
  book: UsageBook,
): Containers['readUsage'] {
  return async (id, signal) => {
    const reading = await containers.readUsage(id, signal);
    if (reading !== null) book.record(reading);
    return reading;
  };
}

/**
 * Reads each running server once, those not that somebody else (the culler) has read just now, and the machine. All
 * of it has one interval's time; whoever was not asked by then is asked at the next look.
 */
export function makeSampleUsage(ports: SampleUsagePorts, book: UsageBook): SampleUsage {
  let running: Promise<void> | null = null;
  let silentBefore = 0;

  const look = async (): Promise<void> => {
    const servers = [...ports.tables.servers.values()].filter(isActive);
    book.follow(placesOf(servers));
    const now = ports.clock.now();
    const due = containersOf(servers).filter((id) => !isFresh(book.readAt(id) ?? 0, now, book.every / 2));
    const whole = AbortSignal.timeout(book.every);
    let silent = 0;
    await eachOf(due, AT_ONCE, async (id) => {
      if (whole.aborted || !(await answers(ports, id, whole))) silent += 1;
    });
    // Once, not at every look for as long as it lasts.
    if (silent > 0 && silentBefore === 0) {
      ports.log.warn({ servers: silent }, 'the engine does not tell what servers use');
    }
    silentBefore = silent;
    await recordMachine(ports, book, servers);
    book.tell();
  };

  return () => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };
}

async function answers({ containers }: SampleUsagePorts, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await containers.readUsage(id, signal);
    return true;
  } catch {
    // Counted and told of once for all.
    return false;
  }
}

async function recordMachine(
  { machine, log, gpus, clock }: SampleUsagePorts,
  book: UsageBook,
  servers: readonly Server[],
): Promise<void> {
  try {
    const load = await machine.load();
    const uses = servers.map((server) => ({
      grant: server.grant,
      now: book.of(serverKey(server.user, server.name)),
    }));
    const usage: MachineUsage = {
      at: clock.now(),
      memory: sharesOf(
        load.memory,
        uses,
        ({ memory, memoryGuarantee }) => [memory, memoryGuarantee],
        'memory',
      ),
      cores: sharesOf(load.cores, uses, ({ cpus, cpuGuarantee }) => [cpus, cpuGuarantee], 'cores'),
      gpus: {
        total: gpus.reduce((sum, { shares }) => sum + shares, 0),
        leased: servers.reduce((sum, { grant }) => sum + (grant?.gpus.length ?? 0), 0),
      },
      running: servers.filter(({ containerId }) => containerId !== null).length,
    };
    book.recordMachine(usage);
  } catch (error) {
    log.warn({ error: String(error) }, 'the machine does not tell what it uses');
  }
}

interface Use {
  readonly grant: Server['grant'];
  readonly now: { readonly memory: number; readonly cores: number | null } | null;
}

function sharesOf(
  { total, used }: { readonly total: number; readonly used: number | null },
  uses: readonly Use[],
  promised: (grant: NonNullable<Server['grant']>) => readonly [limit: number | null, guarantee: number],
  what: 'memory' | 'cores',
): Shares {
  const promises = uses.flatMap(({ grant }) => (grant === null ? [] : [promised(grant)]));
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  return {
    total,
    used,
    servers: sum(uses.map(({ now }) => now?.[what] ?? 0)),
    committed: sum(promises.map(([limit]) => limit ?? 0)),
    unlimited: promises.filter(([limit]) => limit === null).length,
    guaranteed: sum(promises.map(([, guarantee]) => guarantee)),
  };
}

function containersOf(servers: readonly Server[]): readonly string[] {
  return servers.flatMap(({ containerId }) => (containerId === null ? [] : [containerId]));
}

function placesOf(servers: readonly Server[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { user, name, containerId } of servers) {
    if (containerId !== null) places.set(serverKey(user, name), containerId);
  }
  return places;
}
