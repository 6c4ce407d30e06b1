import { type ApiReply, RunningHub } from '../integration/running-hub.ts';
import { buildStandInNotebook, STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import { Dice } from './dice.ts';

/** An answer of the hub may take this long on a busy machine; later than that nobody believes in it. */
const ANSWER_MS = 60_000;

export interface SoakServer {
  readonly user: string;
  readonly name: string;
}

/** A whole hub, proxy and engine that a soak plays with, and what it has seen. */
export class SoakWorld {
  readonly hub: RunningHub;
  readonly servers: readonly SoakServer[];
  readonly dice: Dice;
  /** Lines that were written into people's volumes, and must be there in the end. */
  readonly marks = new Map<string, string[]>();
  /** How often what was done, and how it was answered. */
  readonly counts = new Map<string, number>();
  /** What must not happen. */
  readonly faults: string[] = [];
  /** Counts up when hub or proxy is about to go: who asked in that moment may stay without an answer. */
  #goings = 0;
  #gone = 0;
  #ended = false;

  private constructor(hub: RunningHub, people: readonly string[], dice: Dice) {
    this.hub = hub;
    this.dice = dice;
    this.servers = people.flatMap((user) => ['', 'two'].map((name) => ({ user, name })));
  }

  static async open(seed: number, people: number): Promise<SoakWorld> {
    const hub = await RunningHub.open({
      settings: {
        DOCKER_NOTEBOOK_IMAGE: STAND_IN_NOTEBOOK,
        MEM_LIMIT: '64M',
        NAMED_SERVER_LIMIT_PER_USER: '1',
        CULL_ENABLED: 'false',
        // Without sleep: files are saved by the engine's `exec`, and engine 20.10 hangs for good when a container is
        // paused in the middle of one.
        FREEZE_TIMEOUT: '0',
      },
    });
    const names = Array.from({ length: people }, (_, index) => `p${index}-${hub.dock.word}`);
    try {
      await buildStandInNotebook(hub.dock.docker);
      for (const name of names) await hub.api('POST', `/users/${name}`);
      return new SoakWorld(hub, names, new Dice(seed));
    } catch (error) {
      await hub.close();
      throw error;
    }
  }

  /** Nothing more is done. */
  end(): void {
    this.#ended = true;
  }

  get ended(): boolean {
    return this.#ended;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  fault(what: string): void {
    this.faults.push(what);
    console.log(`  FAULT ${what}`);
  }

  /** Does something during which others may be left without an answer. */
  async goAway(work: () => Promise<void>): Promise<void> {
    this.#goings += 1;
    this.#gone += 1;
    try {
      await work();
    } finally {
      this.#gone -= 1;
    }
  }

  /** What `question` answers, or null when hub or proxy went away meanwhile. Anything else that fails is a fault. */
  async ask<T>(what: string, question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const before = this.#goings;
    try {
      return await Promise.race([question(AbortSignal.timeout(ANSWER_MS)), tooLate()]);
    } catch (error) {
      if (this.#gone === 0 && this.#goings === before) this.fault(`${what}: ${String(error)}`);
      return null;
    }
  }

  /** A call of the API for one server; `allowed` are the statuses that may come. */
  async call(
    method: 'POST' | 'DELETE',
    server: SoakServer,
    allowed: readonly number[],
  ): Promise<ApiReply | null> {
    const what = `${method} ${server.user}/${server.name}`;
    const path = apiPath(server);
    const reply = await this.ask(what, () => this.hub.api(method, path, method === 'POST' ? {} : undefined));
    if (reply === null) return null;
    this.count(`${method === 'POST' ? 'start' : 'stop'} ${reply.status}`);
    if (!allowed.includes(reply.status)) this.fault(`${what}: ${reply.status} ${JSON.stringify(reply.json)}`);
    return reply;
  }
}

function apiPath({ user, name }: SoakServer): string {
  return name === '' ? `/users/${user}/server` : `/users/${user}/servers/${name}`;
}

function tooLate(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS).unref();
  return promise;
}
