import type { MachineBook } from './machine-book.ts';
import type { Turns } from './turns.ts';

/** What starts on many machines stand on, beside all else. */
export interface ClusterPorts {
  /** Whether people's files can be reached from every machine. */
  readonly movable: boolean;
  readonly book: MachineBook;
  /** Id of the machine on which the hub's own engine is: files from before there were many machines lie there. */
  readonly ownMachine: () => Promise<string | null>;
  /** By person: who has no files yet must not get them on two machines. */
  readonly turns: Turns;
}
