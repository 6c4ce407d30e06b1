// `npm run bench:spawn [-- --rounds 5 --starts 24 --line start]`: a start by the hub beside the engine alone, many at
// once in our line and without one, and the hub's return to many. With the genuine jupyterhub-singleuser of
// `berth-notebook-minimal`; only where hundreds run at once, with a small stand-in. Exit code 1 when a number of the
// issue is not reached.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { preferContainers } from './engine-seconds.ts';
import { say, verdict } from './proxy-figures.ts';
import { takePriority } from './proxy-priority.ts';
import { measureAdoption } from './spawn-adopt.ts';
import { measureStart } from './spawn-start.ts';
import { measureStorm } from './spawn-storm.ts';
import { measureWake } from './spawn-wake.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    starts: { type: 'string', default: '24' },
    servers: { type: 'string', default: '300' },
    records: { type: 'string', default: '2000' },
    /** Empty: what a fresh installation does. */
    limit: { type: 'string', default: '' },
    line: { type: 'string', default: '' },
    image: { type: 'string', default: 'berth-notebook-minimal' },
  },
});
const rounds = Number(values.rounds);

const LINES: Readonly<Record<string, () => Promise<void>>> = {
  start: () => measureStart(values.image, rounds),
  storm: () => measureStorm(values.image, Math.min(rounds, 3), Number(values.starts), values.limit),
  wake: () => measureWake(values.image, rounds),
  adopt: () => measureAdoption(rounds, Number(values.servers), Number(values.records)),
};

takePriority();
preferContainers();
say(`load ${loadavg()[0]?.toFixed(2)} at the start`);
for (const [name, measure] of Object.entries(LINES)) {
  if (values.line !== '' && values.line !== name) continue;
  say(`\n${name}`);
  await measure();
}
process.exitCode = verdict() ? 0 : 1;
