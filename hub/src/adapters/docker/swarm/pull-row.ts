import type { Machine } from '../../../domain/containers.ts';
import type { PullReport } from '../../../domain/image-spread.ts';
import type { SwarmTask } from './swarm-shapes.ts';

export interface PullRow {
  readonly report: PullReport;
  /** Nothing more will happen on this machine. */
  readonly over: boolean;
}

const FETCHING = ['preparing', 'ready', 'starting', 'running'];

/**
 * How far a machine is with an image, read off the state of its task of the job. A task that failed had its container
 * made before, so the image is there, whatever the command was.
 */
export function rowOf(machine: Machine, task: SwarmTask | null): PullRow {
  const { id, name } = machine;
  const row = (state: PullReport['state'], detail: string, over: boolean): PullRow => ({
    report: { machine: { id, name }, state, detail },
    over,
  });
  const state = task?.Status.State ?? 'new';
  if (state === 'complete' || state === 'failed' || state === 'running') return row('there', '', true);
  const words = task?.Status.Err ?? '';
  if (state === 'rejected') return row('failed', words, true);
  // Asked only now: a machine that went away after it had the image, has it.
  if (machine.state !== 'ready') return row('skipped', machine.state, true);
  return FETCHING.includes(state) ? row('fetching', words, false) : row('waiting', words, false);
}
