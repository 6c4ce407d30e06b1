import { join } from 'node:path';
import { must } from '../prove/shell.ts';
import { STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';

const STAND_IN = join(import.meta.dirname, '../stand-ins/notebook');

/** The stand-in notebook as it is now, on this machine's engine. */
export async function buildStandIn(): Promise<void> {
  await must(STAND_IN, ['docker', 'build', '-q', '-t', STAND_IN_NOTEBOOK, '.']);
}
