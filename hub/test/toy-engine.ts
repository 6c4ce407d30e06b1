import type { ContainerEvent, ContainerSpec, Containers, ContainerView } from '../src/domain/containers.ts';
import type { Notebook, Route, Routes, Sleepers } from '../src/domain/ports.ts';
import { Problem } from '../src/domain/problem.ts';

/** Decides, from a seed, what takes how long and what goes wrong. */
export class Fate {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2654435761 + 1;
  }

  /** From 0 to just below `n`. */
  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    return Math.floor(((this.#state >>> 0) / 2 ** 32) * n);
  }

  happens(chance: number): boolean {
    return this.below(1000) < chance * 1000;
  }

  /** Some turns of the event loop, up to 4 ms. */
  async pause(): Promise<void> {
    const turns = this.below(5);
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (this.happens(0.1)) await new Promise((resolve) => setTimeout(resolve, this.below(4)));
  }
}

interface Toy {
  view: ContainerView;
}

/** An engine in memory that keeps names unique, dawdles, and fails as often as it is told to. */
export class ToyEngine implements Containers {
  readonly containers = new Map<string, Toy>();
  /** Names of volumes; they stay when containers go. */
  readonly volumes = new Set<string>();
  readonly abilities = { pause: true, limit: true, usage: true, save: true, ports: true, volumes: true };
  readonly #fate: Fate;
  readonly #listeners = new Set<(event: ContainerEvent) => void>();
  #next = 1;
  /** How often a call fails for no reason. */
  trouble = 0;

  constructor(fate: Fate) {
    this.#fate = fate;
  }

  async machines() {
    return [];
  }

  async ensureImage(
    _image: string,
    report: (progress: { total: number; done: number; message: string }) => void,
    signal: AbortSignal,
  ) {
    await this.#turn(signal);
    report({ total: 10, done: 5, message: 'Downloading' });
    await this.#turn(signal);
  }

  async refreshImage() {}

  async hasImage(): Promise<boolean> {
    await this.#turn();
    return this.#fate.happens(0.5);
  }

  async host() {
    return { memory: 2 ** 40, cpus: 64 };
  }

  async findVolume(candidates: readonly string[]): Promise<string | null> {
    await this.#turn();
    return candidates.find((name) => this.volumes.has(name)) ?? null;
  }

  async create(spec: ContainerSpec, signal: AbortSignal): Promise<string> {
    await this.#turn(signal);
    const taken = [...this.containers.values()].some(({ view }) => view.name === spec.name);
    if (taken) throw new Problem('SPAWN-141', { container: spec.name });
    const id = `c${this.#next++}`;
    const { name, labels, image } = spec;
    const view = { id, name, labels, image, running: false, paused: false, removing: false, exitCode: null };
    this.containers.set(id, { view: { ...view, outOfMemory: false, address: null, created: 0 } });
    for (const { type, source } of spec.mounts) if (type === 'volume') this.volumes.add(source);
    try {
      await this.#turn(signal);
    } catch (error) {
      this.containers.delete(id);
      throw error;
    }
    return id;
  }

  async start(id: string, signal: AbortSignal): Promise<void> {
    await this.#turn(signal);
    const toy = this.#find(id);
    toy.view = { ...toy.view, running: true, address: `172.18.0.${id.slice(1)}` };
    this.#tell({ kind: 'started', id });
    await this.#turn(signal);
  }

  async inspect(idOrName: string): Promise<ContainerView | null> {
    await this.#turn();
    const byName = [...this.containers.values()].find(({ view }) => view.name === idOrName);
    return (this.containers.get(idOrName) ?? byName)?.view ?? null;
  }

  async pause(id: string): Promise<void> {
    await this.#turn();
    const toy = this.#find(id);
    if (!toy.view.running) throw new Problem('SPAWN-199', { detail: 'it does not run' });
    toy.view = { ...toy.view, paused: true };
    this.#tell({ kind: 'paused', id });
    await this.#turn();
  }

  async unpause(id: string): Promise<void> {
    await this.#turn();
    const toy = this.containers.get(id);
    if (!toy?.view.paused) return;
    toy.view = { ...toy.view, paused: false };
    this.#tell({ kind: 'unpaused', id });
    await this.#turn();
  }

  async stop(id: string): Promise<void> {
    await this.#turn();
    this.die(id, 0);
    await this.#turn();
  }

  async remove(id: string): Promise<void> {
    await this.#turn();
    this.die(id, 137);
    if (this.containers.delete(id)) this.#tell({ kind: 'removed', id });
  }

  async readVariable(): Promise<string | null> {
    await this.#turn();
    return 'token';
  }

  async limit() {
    await this.#turn();
  }

  async readUsage(): Promise<null> {
    await this.#turn();
    return null;
  }

  async logs(): Promise<readonly string[]> {
    await this.#turn();
    return ['last words'];
  }

  async list(): Promise<readonly ContainerView[]> {
    await this.#turn();
    const views = [...this.containers.values()].map(({ view }) => view);
    await this.#fate.pause();
    return views;
  }

  watch(listen: (event: ContainerEvent) => void): void {
    this.#listeners.add(listen);
  }

  async check(): Promise<string | null> {
    return null;
  }

  /** The container's process ends by itself. */
  die(id: string, exitCode: number): void {
    const toy = this.containers.get(id);
    if (!toy?.view.running) return;
    toy.view = { ...toy.view, running: false, paused: false, exitCode, address: null };
    this.#tell({ kind: 'died', id, exitCode });
  }

  #tell(event: ContainerEvent): void {
    // As over a socket: later, and sometimes not at all.
    if (this.#fate.happens(0.1)) return;
    setImmediate(() => {
      for (const listener of this.#listeners) listener(event);
    });
  }

  #find(id: string): Toy {
    const toy = this.containers.get(id);
    if (toy === undefined) throw new Problem('SPAWN-199', { detail: `no such container: ${id}` });
    return toy;
  }

  async #turn(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#fate.pause();
    signal?.throwIfAborted();
    if (this.#fate.happens(this.trouble)) throw new Problem('SPAWN-150', { detail: 'toy trouble' });
  }
}

/** The proxy's table in memory, as moody as the engine. */
export class ToyRoutes implements Routes {
  readonly table = new Map<string, Route>();
  readonly #fate: Fate;
  trouble = 0;

  constructor(fate: Fate) {
    this.#fate = fate;
  }

  async list(): Promise<readonly Route[]> {
    await this.#turn();
    return [...this.table.values()];
  }

  async add(route: Omit<Route, 'lastActivity'>): Promise<void> {
    await this.#turn();
    this.table.set(route.path, { ...route, lastActivity: null });
  }

  async remove(path: string): Promise<void> {
    await this.#turn();
    this.table.delete(path);
  }

  async #turn(): Promise<void> {
    await this.#fate.pause();
    if (this.#fate.happens(this.trouble)) throw new Problem('SPAWN-170', { detail: 'toy trouble' });
  }
}

/** Somebody waits for whatever sleeps, now and then. */
export function toySleepers(fate: Fate, routes: ToyRoutes): Sleepers {
  return {
    canSleep: async () => true,
    async awaited() {
      await fate.pause();
      return [...routes.table.values()].filter(({ asleep }) => asleep === true).map(({ path }) => path);
    },
  };
}

/** Answers after a few questions. */
export function toyNotebook(fate: Fate): Notebook {
  return {
    async answers(_target, _path, signal) {
      await fate.pause();
      return !signal.aborted && fate.happens(0.6);
    },
    isWell: async () => false,
    status: async () => null,
    askKernel: async () => 'refused',
  };
}
