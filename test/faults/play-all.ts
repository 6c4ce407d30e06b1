import { cpus } from 'node:os';
import { ClassAtWork } from './class-at-work.ts';
import type { Fault } from './fault.ts';
import { FaultsLab } from './faults-lab.ts';
import { type FaultRow, playFault } from './play-fault.ts';

/** Rows of a run take the place of those of an earlier one for the same faults, and the others stay. */
export function mergeRuns(earlier: FaultsRun | null, now: FaultsRun): FaultsRun {
  const name = ({ names }: FaultRow) => names.join('+');
  const again = new Set(now.rows.map(name));
  return { ...now, rows: [...(earlier?.rows ?? []).filter((row) => !again.has(name(row))), ...now.rows] };
}

export interface FaultsRun {
  readonly date: string;
  readonly cores: number;
  readonly people: number;
  readonly engine: string;
  readonly rows: readonly FaultRow[];
}

/** Plays faults one after the other, each of one or two, in one lab with one class. */
export async function playAll(
  faults: readonly (readonly Fault[])[],
  people: number,
  seed: number,
  tell: (row: FaultRow) => void,
): Promise<FaultsRun> {
  const lab = await FaultsLab.open();
  try {
    const work = await ClassAtWork.begin(lab, people, seed);
    const rows: FaultRow[] = [];
    try {
      // Somebody who has a server and does nothing with it: it has to be there all the time, too.
      const { outcome, words } = await work.newcomer();
      if (outcome !== 'started') throw new Error(`the first newcomer: ${outcome}: ${words}`);
      for (const one of faults) {
        const row = await playFault(lab, work, one);
        rows.push(row);
        tell(row);
      }
    } finally {
      await work.end();
    }
    const engine = await lab.docker('version', '--format', '{{.Server.Version}}');
    return { date: new Date().toISOString().slice(0, 10), cores: cpus().length, people, engine, rows };
  } catch (error) {
    const log = await lab.stack.compose('logs', '--no-color', '--tail=30', 'hub').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.slice(-4000)}`);
  } finally {
    await lab.close();
  }
}
