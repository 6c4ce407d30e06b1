import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSealer } from '../../../hub/src/adapters/system/sealer.ts';
import type {
  ContainerEvent,
  ContainerSpec,
  Containers,
  ContainerView,
  Placement,
} from '../../../hub/src/domain/containers.ts';
import { Problem } from '../../../hub/src/domain/problem.ts';
import { BARE_SPEC } from '../../support/bare-spec.ts';

export const IMAGE = 'debian:trixie-slim';
/** Of tests: they wait for conditions, and only a broken engine waits this long. */
const LATE_MS = 60_000;
export const sealer = makeSealer([randomBytes(32)]);

/** An engine with a contract to keep, and what a test must do to it without the hub's adapter. */
export interface ContractHouse {
  readonly containers: Containers;
  /** The adapter of a hub that begins anew on the same engine. */
  again(): Containers;
  /** Of an engine that is not there. */
  away(): Containers;
  /** Something of this name that is not the hub's; whether it is still there. */
  foreign(name: string): Promise<() => Promise<boolean>>;
  readonly instance: string;
  readonly network: string;
  /** The hub's own machine, where volumes are looked for; null on an engine of one machine. */
  readonly home: Placement | null;
  close(): Promise<void>;
}

/** The calls of a test in the words of the contract. */
export class Servers {
  readonly house: ContractHouse;
  readonly events: ContainerEvent[] = [];
  readonly #watching = new AbortController();
  #count = 0;

  constructor(house: ContractHouse) {
    this.house = house;
    house.containers.watch((event) => this.events.push(event), this.#watching.signal);
  }

  get engine(): Containers {
    return this.house.containers;
  }

  spec(more: Partial<ContainerSpec> = {}): ContainerSpec {
    this.#count += 1;
    const name = `contract-${this.house.instance}-${this.#count}`;
    return {
      ...BARE_SPEC,
      name,
      image: IMAGE,
      command: ['sh', '-c', 'echo begun; exec sleep 600'],
      labels: { ...BARE_SPEC.labels, 'org.berth.hub': this.house.instance },
      network: this.house.network,
      memory: 128 * 2 ** 20,
      cpus: 1,
      ...more,
    };
  }

  create(more: Partial<ContainerSpec> = {}): Promise<string> {
    return this.engine.create(this.spec(more), AbortSignal.timeout(LATE_MS));
  }

  begin(id: string): Promise<void> {
    return this.engine.start(id, AbortSignal.timeout(LATE_MS));
  }

  async look(id: string): Promise<ContainerView> {
    const view = await this.engine.inspect(id, this.house.network);
    if (view === null) throw new Error(`${id} is gone`);
    return view;
  }

  /** Its id, when it runs. */
  async run(more: Partial<ContainerSpec> = {}): Promise<string> {
    const id = await this.create(more);
    await this.begin(id);
    await this.until(id, (view) => view.running && view.address !== null);
    return id;
  }

  /** What a program that ends by itself has written. */
  async output(script: string, more: Partial<ContainerSpec> = {}): Promise<readonly string[]> {
    const id = await this.create({ command: ['sh', '-c', script], ...more });
    await this.begin(id);
    await this.until(id, (view) => view.exitCode !== null);
    const lines = await this.engine.logs(id, 200);
    await this.engine.remove(id);
    return lines;
  }

  /** Why it does not run: an engine says so when it is asked to, or a moment later, or its last words do. */
  async refusal(more: Partial<ContainerSpec>): Promise<string> {
    const spec = this.spec(more);
    try {
      const id = await this.engine.create(spec, AbortSignal.timeout(LATE_MS));
      await this.begin(id);
      const ended = (view: ContainerView) => view.refused !== undefined || view.exitCode !== null;
      return (await this.until(id, ended)).refused ?? (await this.engine.logs(id, 20)).join('\n');
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    } finally {
      const left = await this.engine.inspect(spec.name, this.house.network);
      if (left !== null) await this.engine.remove(left.id);
    }
  }

  async until(id: string, holds: (view: ContainerView) => boolean): Promise<ContainerView> {
    let seen: ContainerView | null = null;
    await until(
      async () => {
        seen = await this.look(id);
        return holds(seen);
      },
      () => JSON.stringify(seen),
    );
    return this.look(id);
  }

  /** Waits until the engine has told these of one container, in this order, whatever else it tells. */
  async told(id: string, kinds: readonly ContainerEvent['kind'][]): Promise<readonly ContainerEvent[]> {
    const own = () => this.events.filter((event) => 'id' in event && event.id === id);
    await until(
      async () =>
        isSubsequence(
          kinds,
          own().map(({ kind }) => kind),
        ),
      () => JSON.stringify(own()),
    );
    return own();
  }

  async close(): Promise<void> {
    this.#watching.abort();
    for (const { id } of await this.engine.list(this.house.network)) await this.engine.remove(id);
    await this.house.close();
  }
}

function isSubsequence<T>(few: readonly T[], many: readonly T[]): boolean {
  let at = 0;
  for (const one of many) if (at < few.length && few[at] === one) at += 1;
  return at === few.length;
}

export async function until(holds: () => Promise<boolean>, seen: () => string = () => ''): Promise<void> {
  const late = performance.now() + LATE_MS;
  while (!(await holds())) {
    if (performance.now() > late) throw new Error(`it did not come to be: ${seen()}`);
    await sleep(100);
  }
}
