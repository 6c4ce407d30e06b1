import type { Line } from './lines.ts';
import { program } from './program.ts';
import { suite } from './suite.ts';

/** Every pair takes hours; some are drawn for a proof. */
const PAIRS = process.env.PROOF_WHOLE === '1' ? 'all' : '4';
const CLASS = ['--people', '300', '--minutes', '5', '--more', '5', '--labs', '20'];
const SMALL_CLASS = ['--people', '60', '--minutes', '1.5', '--more', '1.5', '--labs', '4'];

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
    what: 'each fault and pairs of them while a class works: what people see, that it heals in time, that nothing is lost',
    show: () => program('test/faults/faults.ts', ['--pairs', PAIRS]),
  },
  {
    number: 'L3',
    what: 'a class of 300 signs in and starts within five minutes, computes, saves and leaves, twenty genuine JupyterLabs among it; nothing fails, nothing acknowledged is lost',
    show: () => program('test/load/load.ts', CLASS),
  },
  {
    number: 'L4',
    what: 'a class of 60 through nginx with TLS',
    show: () => program('test/load/load.ts', [...SMALL_CLASS, '--front', '--to', 'load-front.json']),
  },
  {
    number: 'L5',
    what: 'an hour of coming and going: memory, descriptors, timers and store stay as they are',
    beside: true,
    show: () => program('test/load/soak.ts', ['--minutes', '60']),
  },
];
