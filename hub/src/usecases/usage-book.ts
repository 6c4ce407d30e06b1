import type { UsageReading } from '../domain/containers.ts';
import { coresBetween } from '../domain/cull-policy.ts';
import type { Clock } from '../domain/ports.ts';
import type { MachinePoint, MachineUsage, Usage, UsageNow, UsagePoint, UsageSpan } from '../domain/usage.ts';
import { TimeRing } from './time-ring.ts';

const HOUR_MS = 3_600_000;
const COARSE_MS = 5 * 60_000;
const COARSE_SLOTS = (24 * HOUR_MS) / COARSE_MS;
/** More points than this no chart shows. */
const MOST_FINE_SLOTS = 720;

interface Pages {
  readonly '1h': TimeRing;
  readonly '24h': TimeRing;
}

interface Account {
  readonly pages: Pages;
  reading: UsageReading | null;
  /** When the reading came, by the hub's clock. */
  came: number;
  now: UsageNow | null;
}

/**
 * What was measured, in memory only: the last hour look by look, the last day in stretches of five minutes. About
 * 6 KB a server, taken when it is first followed, given back when it is not followed any more.
 */
export class UsageBook implements Usage {
  readonly every: number;
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Account>();
  readonly #owners = new Map<string, string>();
  readonly #machinePages: Pages;
  readonly #listeners = new Set<() => void>();
  #machine: MachineUsage | null = null;

  /** @param every milliseconds between two looks. */
  constructor(every: number, clock: Clock) {
    this.every = every;
    this.#clock = clock;
    this.#machinePages = this.#newPages(8);
  }

  /** From now on these, by server's key, and the containers they run in: all others are forgotten. */
  follow(servers: ReadonlyMap<string, string>): void {
    for (const key of this.#accounts.keys()) if (!servers.has(key)) this.#accounts.delete(key);
    this.#owners.clear();
    for (const [key, containerId] of servers) this.#owners.set(containerId, key);
  }

  /** Whoever took it. A reading of a container that nobody follows is left out. */
  record(reading: UsageReading): void {
    const key = this.#owners.get(reading.containerId);
    if (key === undefined) return;
    const account = this.#accounts.get(key) ?? this.#open(key);
    const cores = coresBetween(account.reading, reading);
    account.reading = reading;
    account.came = this.#clock.now();
    account.now = { at: account.came, cores, memory: reading.memory };
    const values = [cores ?? Number.NaN, reading.memory];
    account.pages['1h'].add(account.came, values);
    account.pages['24h'].add(account.came, values);
  }

  recordMachine(usage: MachineUsage): void {
    this.#machine = usage;
    const { memory, cores, gpus, running } = usage;
    const values = [
      memory.used ?? Number.NaN,
      memory.servers,
      memory.committed,
      memory.guaranteed,
      cores.used ?? Number.NaN,
      cores.servers,
      gpus.leased,
      running,
    ];
    this.#machinePages['1h'].add(usage.at, values);
    this.#machinePages['24h'].add(usage.at, values);
  }

  /** When a container was read last, by the hub's clock. */
  readAt(containerId: string): number | null {
    const key = this.#owners.get(containerId);
    const account = key === undefined ? undefined : this.#accounts.get(key);
    return account?.reading?.containerId === containerId ? account.came : null;
  }

  /** Tells those who listen that a look is over. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  of(server: string): UsageNow | null {
    return this.#accounts.get(server)?.now ?? null;
  }

  series(server: string, span: UsageSpan): readonly UsagePoint[] {
    const account = this.#accounts.get(server);
    if (account === undefined) return [];
    return account.pages[span].read(this.#clock.now()).map(({ at, values }) => ({
      at,
      cores: known(values?.[0]),
      memory: known(values?.[1]),
    }));
  }

  machine(): MachineUsage | null {
    return this.#machine;
  }

  machineSeries(span: UsageSpan): readonly MachinePoint[] {
    return this.#machinePages[span].read(this.#clock.now()).map(({ at, values }) => {
      if (values === null) return { at, usage: null };
      const [memoryUsed = 0, memoryServers = 0, memoryCommitted = 0, memoryGuaranteed = 0, ...rest] = values;
      const [coresUsed = 0, coresServers = 0, gpusLeased = 0, running = 0] = rest;
      return {
        at,
        usage: {
          memoryUsed: known(memoryUsed) ?? 0,
          memoryServers,
          memoryCommitted,
          memoryGuaranteed,
          coresUsed: known(coresUsed) ?? 0,
          coresServers,
          gpusLeased,
          running,
        },
      };
    });
  }

  #open(key: string): Account {
    const account: Account = { pages: this.#newPages(2), reading: null, came: 0, now: null };
    this.#accounts.set(key, account);
    return account;
  }

  #newPages(columns: number): Pages {
    const slots = Math.min(MOST_FINE_SLOTS, Math.max(1, Math.ceil(HOUR_MS / this.every)));
    return {
      '1h': new TimeRing(Math.ceil(HOUR_MS / slots), slots, columns),
      '24h': new TimeRing(COARSE_MS, COARSE_SLOTS, columns),
    };
  }
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
