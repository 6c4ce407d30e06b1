import { type Server, serverKey } from '../domain/server.ts';

interface Entry {
  readonly generation: number;
  /** When each kernel was asked last, by its id. */
  asked: ReadonlyMap<string, number>;
  /** One of them did not answer when they were asked last. */
  silent: boolean;
  /** All of them had answered when it was put to sleep. */
  sleepsAsked: boolean;
  /** When it was woken to be asked, whatever a page loses by it; until it was, or bytes went through the proxy since. */
  wokenAt: number | null;
}

/** What the culler remembers of the kernels that it asked; in memory, of servers that are open. */
export class KernelBook {
  readonly #entries = new Map<string, Entry>();

  /** Its page; a new one for each start of the server. */
  of(server: Server): Entry {
    const key = serverKey(server.user, server.name);
    const known = this.#entries.get(key);
    if (known?.generation === server.generation) return known;
    const entry = {
      generation: server.generation,
      asked: new Map<string, number>(),
      silent: false,
      sleepsAsked: false,
      wokenAt: null,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Whether a kernel of it was last found to execute, although Jupyter calls it idle. */
  isSilent(server: Server): boolean {
    return this.of(server).silent;
  }

  /** Whether what sleeps may be stopped as it is: its kernels were asked before, or it has none. */
  sleepsAsked(server: Server): boolean {
    return server.web !== null || this.of(server).sleepsAsked;
  }

  /** Forgets what is not open any more, and of what is not idle any more that it was silent. */
  forget(open: readonly Server[], idle: ReadonlySet<string>): void {
    const states = new Map(open.map((one) => [serverKey(one.user, one.name), one.state]));
    for (const [key, entry] of this.#entries) {
      if (!states.has(key)) this.#entries.delete(key);
      if (!idle.has(key)) entry.silent = false;
      // Whoever is awake may have been put to sleep by hand the next time.
      if (states.get(key) !== 'frozen') entry.sleepsAsked = false;
    }
  }
}
