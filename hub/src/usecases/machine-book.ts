import type { ContainerEvent, Containers, ContainerView, Machine } from '../domain/containers.ts';
import type { Clock } from '../domain/ports.ts';
import type { Server } from '../domain/server.ts';

type Place = Pick<Machine, 'id' | 'name' | 'state'>;

/** The machines of a cluster as last seen, and which server is on which. In memory: the engine knows it all anew. */
export class MachineBook {
  readonly #clock: Clock;
  #machines: ReadonlyMap<string, Machine> = new Map();
  /** By container. */
  #places: ReadonlyMap<string, Place> = new Map();
  /** Since when a machine takes nothing new, as far as this hub has seen. */
  readonly #closing = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get machines(): readonly Machine[] {
    return [...this.#machines.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** All of them, as the engine tells. */
  noteMachines(machines: readonly Machine[]): void {
    this.#machines = new Map(machines.map((machine) => [machine.id, machine]));
    for (const machine of machines) this.#noteClosing(machine);
    for (const id of this.#closing.keys()) if (!this.#machines.has(id)) this.#closing.delete(id);
  }

  noteEvent(event: ContainerEvent): void {
    if (event.kind !== 'machine') return;
    this.#machines = new Map([...this.#machines, [event.machine.id, event.machine]]);
    this.#noteClosing(event.machine);
  }

  /** All containers of this hub. */
  noteViews(views: readonly ContainerView[]): void {
    this.#places = new Map(views.flatMap(({ id, machine }) => (machine == null ? [] : [[id, machine]])));
  }

  noteView({ id, machine }: ContainerView): void {
    if (machine != null && this.#places.get(id)?.id !== machine.id) {
      this.#places = new Map([...this.#places, [id, machine]]);
    }
  }

  get(id: string): Machine | null {
    return this.#machines.get(id) ?? null;
  }

  /** Where a server runs; null where that is not known. Its state is that of now. */
  machineOf({ containerId }: Pick<Server, 'containerId'>): Place | null {
    const place = containerId === null ? undefined : this.#places.get(containerId);
    return place === undefined ? null : (this.#machines.get(place.id) ?? place);
  }

  /** When this hub first saw that the machine takes nothing new; null while it does. */
  closingSince(id: string): number | null {
    return this.#closing.get(id) ?? null;
  }

  #noteClosing({ id, state }: Machine): void {
    if (state !== 'paused') this.#closing.delete(id);
    else if (!this.#closing.has(id)) this.#closing.set(id, this.#clock.now());
  }
}

/** The engine, with all that it says of machines written down. */
export function withBook(containers: Containers, book: MachineBook): Containers {
  return {
    ...containers,
    async machines() {
      const machines = await containers.machines();
      book.noteMachines(machines);
      return machines;
    },
    async list(network) {
      const views = await containers.list(network);
      book.noteViews(views);
      return views;
    },
    async inspect(idOrName, network) {
      const view = await containers.inspect(idOrName, network);
      if (view !== null) book.noteView(view);
      return view;
    },
  };
}
