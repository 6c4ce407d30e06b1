import { freeGpus, leaseGpus } from '../domain/gpu-pool.ts';
import { Problem } from '../domain/problem.ts';
import type { Grant } from '../domain/server.ts';
import { type Amounts, type LineLimits, lacking, nextInLine } from '../domain/start-line.ts';

/** What a start asks the machine for. */
export type Claim = Pick<Grant, 'memoryGuarantee' | 'cpuGuarantee'> & { readonly gpus: number };

/** A start that has its room. */
export interface Place {
  /** Ids of the GPUs that are its own until it leaves. */
  readonly gpus: readonly string[];
  /** It has answered, or will not: the next may start. Its room it keeps. May be said more than once. */
  answered(): void;
}

interface Held {
  readonly claim: Claim;
  readonly gpus: readonly string[];
}

interface Waiting {
  readonly key: string;
  readonly claim: Claim;
  readonly ticket: number;
  readonly tell: (place: number) => void;
  readonly admit: (place: Place) => void;
  told: number;
}

/**
 * Who may start when: so many at once as the machine carries, in the order in which they came, each only when
 * what it was promised is there. Nobody is refused for want of room, unless it could never be had.
 *
 * A server holds its room from here until `leave`, also while it sleeps; what a former hub had let in is told
 * with `hold`.
 */
export class StartLine {
  readonly #limits: LineLimits;
  readonly #held = new Map<string, Held>();
  readonly #line: Waiting[] = [];
  #host: { readonly memory: number; readonly cpus: number } | null = null;
  #starting = 0;
  #tickets = 0;

  constructor(limits: LineLimits) {
    if (!(limits.starts >= 1)) throw new RangeError(`${limits.starts} starts at once would be none`);
    this.#limits = limits;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Whoever draws first goes first, also when it comes to the line later: its image had to be fetched. */
  drawTicket(): number {
    this.#tickets += 1;
    return this.#tickets;
  }

  /** The limits read otherwise now: whoever has room by them goes in. */
  limitsChanged(): void {
    this.#next();
  }

  /** Machines came or went: the next ones go in by what there is now. @throws Problem SPAWN-150 */
  async hostChanged(): Promise<void> {
    if (this.#host === null) return;
    this.#host = await this.#limits.host();
    this.#next();
  }

  /** A server that runs already, from before a restart of the hub. */
  hold(key: string, grant: Pick<Grant, 'memoryGuarantee' | 'cpuGuarantee' | 'gpus'>): void {
    const { memoryGuarantee, cpuGuarantee, gpus } = grant;
    this.#held.set(key, { claim: { memoryGuarantee, cpuGuarantee, gpus: gpus.length }, gpus });
  }

  /** The server is gone: its room is free. */
  leave(key: string): void {
    if (this.#held.delete(key)) this.#next();
  }

  /**
   * Waits for room. `tell` hears the place in line, from 1, at once when there is a wait and whenever it changes.
   *
   * @throws Problem SPAWN-140 when the machine could never carry it; the signal's reason when it ends first;
   *   Problem SPAWN-150 when the engine does not say what the machine has.
   */
  async enter(
    key: string,
    claim: Claim,
    ticket: number,
    signal: AbortSignal,
    tell: (place: number) => void,
  ): Promise<Place> {
    signal.throwIfAborted();
    if (claim.memoryGuarantee > 0 || claim.cpuGuarantee > 0) this.#host ??= await this.#limits.host();
    signal.throwIfAborted();
    if (this.#limits.elastic !== true) this.#refuseTheImpossible(claim);
    // The start that this one replaces has let go of everything, or never came so far.
    this.#held.delete(key);
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiting: Waiting = { key, claim, ticket, tell, admit: resolve, told: 0 };
    const behind = this.#line.findIndex((one) => one.ticket > ticket);
    this.#line.splice(behind === -1 ? this.#line.length : behind, 0, waiting);
    const giveUp = () => {
      const place = this.#line.indexOf(waiting);
      if (place === -1) return;
      this.#line.splice(place, 1);
      reject(signal.reason);
      this.#next();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#next();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #next(): void {
    for (;;) {
      const index = nextInLine(
        this.#line.map(({ claim }) => amountsOf(claim)),
        this.#free([...this.#held.values()], this.#starting),
      );
      if (index === null) break;
      for (const waiting of this.#line.splice(index, 1)) this.#admit(waiting);
    }
    for (const [index, waiting] of this.#line.entries()) {
      if (waiting.told === index + 1) continue;
      waiting.told = index + 1;
      waiting.tell(index + 1);
    }
  }

  #admit({ key, claim, admit }: Waiting): void {
    const leased = [...this.#held.values()].flatMap(({ gpus }) => gpus);
    const gpus = leaseGpus(this.#limits.gpus, leased, claim.gpus) ?? [];
    this.#held.set(key, { claim, gpus });
    this.#starting += 1;
    let open = true;
    admit({
      gpus,
      answered: () => {
        if (!open) return;
        open = false;
        this.#starting -= 1;
        this.#next();
      },
    });
  }

  #refuseTheImpossible(claim: Claim): void {
    const [kind] = lacking(amountsOf(claim), this.#free([], 0));
    if (kind === undefined) return;
    throw new Problem('SPAWN-140', { detail: WORDS[kind] ?? kind });
  }

  #free(held: readonly Held[], starting: number): Amounts {
    const { starts, servers, gpus } = this.#limits;
    const host = this.#host ?? { memory: Number.POSITIVE_INFINITY, cpus: Number.POSITIVE_INFINITY };
    const leased = held.flatMap((one) => one.gpus);
    return {
      starts: starts - starting,
      servers: servers - held.length,
      memory: host.memory - sum(held, ({ claim }) => claim.memoryGuarantee),
      cpus: host.cpus - sum(held, ({ claim }) => claim.cpuGuarantee),
      gpus: freeGpus(gpus, leased).length,
    };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  memory: 'memory',
  cpus: 'cores',
  gpus: 'GPUs',
};

function amountsOf({ memoryGuarantee, cpuGuarantee, gpus }: Claim): Amounts {
  return { starts: 1, servers: 1, memory: memoryGuarantee, cpus: cpuGuarantee, gpus };
}

function sum<T>(things: readonly T[], amount: (thing: T) => number): number {
  return things.reduce((total, thing) => total + amount(thing), 0);
}
