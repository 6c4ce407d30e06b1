import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Line } from './lines.ts';
import { suite } from './suite.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
/** Every fault takes a minute or two, and the images have to be built and brought over first. */
const DEADLINE_MS = 90 * 60_000;

/** Smaller than what stands in the manual, so that a proof fits into an evening; `PROOF_WHOLE=1` plays everything. */
const WHOLE = process.env.PROOF_WHOLE === '1';
const LOAD = WHOLE
  ? ['--people', '300', '--minutes', '5', '--more', '5', '--labs', '20']
  : ['--people', '60', '--minutes', '1.5', '--more', '1.5', '--labs', '4'];
const PAIRS = WHOLE ? 'all' : '4';
const SOAK_MINUTES = WHOLE ? '60' : '10';

/** What the issue "Proof" asks of load, faults and the long run, on the whole appliance. Takes root and an engine. */
export const loadLines: readonly Line[] = [
  {
    number: 'L1',
    what: 'what load and faults are measured by: arrivals, quantiles, the ledger, drifts, plots, pairs; the stand-in notebook beside the genuine one',
    show: async () =>
      `${await suite('unit', ['test/load', 'test/faults'])}; ${await suite('integration', ['test/integration/stand-in-notebook'])}`,
  },
  {
    number: 'L2',
    what: 'a class signs in, starts, computes, saves and leaves, with genuine JupyterLabs among it; nothing acknowledged is lost',
    show: () => program('test/load/load.ts', LOAD),
  },
  {
    number: 'L3',
    what: 'the same through nginx with TLS',
    show: () => program('test/load/load.ts', [...LOAD, '--front', '--to', 'load-front.json']),
  },
  {
    number: 'L4',
    what: 'each fault and pairs of them while a class works: what people see, that it heals in time, that nothing is lost',
    show: () => program('test/faults/faults.ts', ['--pairs', PAIRS]),
  },
  {
    number: 'L5',
    what: `${SOAK_MINUTES} minutes of coming and going: memory, descriptors, timers and store stay as they are`,
    show: () => program('test/load/soak.ts', ['--minutes', SOAK_MINUTES]),
  },
];

/** What a program printed. @throws Error with it when the program says that it fell short. */
async function program(path: string, words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [path, ...words], {
    cwd: ROOT,
    timeout: DEADLINE_MS,
    maxBuffer: 64 * 2 ** 20,
  }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    throw new Error(`${error.stdout || error.message}${error.stderr ?? ''}`.slice(-6000));
  });
  return stdout.trim();
}
