import type { ContainerView } from '../domain/containers.ts';
import type { LeftMachine, Moved, Server } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** How a server lost its machine. */
export interface Left {
  readonly why: LeftMachine;
  /** One sentence for its owner's home page. */
  readonly detail: string;
  /** Name of the machine. */
  readonly from: string;
}

/**
 * How a server that ran lost its machine, or null. One that a machine ended because it is emptied counts: the Swarm
 * ends at once what runs on a machine that drains.
 */
export function leftMachine(view: ContainerView | null): Left | null {
  if (view?.machine == null) return null;
  const { name: from, state } = view.machine;
  if (state === 'away') return { why: 'away', from, detail: `the machine ${from} went away` };
  if (state === 'draining' && !view.running) {
    return { why: 'drained', from, detail: `the machine ${from} was emptied` };
  }
  return null;
}

/** For whoever starts it elsewhere. `before`: when it had lost a machine before. */
export function tellOfMove(
  { facts }: Pick<SpawnPorts, 'facts'>,
  { user, name, options }: Server,
  { why, from }: Left,
  before: Moved | null,
): void {
  facts.tell({ kind: 'left-machine', user, server: name, options, why, from, before });
}
