// `npm run soak:hour`, or `node test/load/soak.ts --minutes 10 --people 8`: people come, start, work, stop and leave, again
// and again, on the whole appliance; what was measured stands in test/output/soak.json. `--report`: docs/explanation/long-run.md and
// its plots are written from it; `--from FILE --report`: from an earlier run. Exit code 1 when memory, descriptors, the
// event loop's resources or the store of hub and proxy climb, an act fails, or something that was acknowledged is lost.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { soakAppliance } from './soak-appliance.ts';
import { type SoakRun, saySoak, shortOfSoak } from './soak-run.ts';
import { writeLongRun } from './write-long-run.ts';

const OUTPUT = join(import.meta.dirname, '../output');
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    people: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '' },
    report: { type: 'boolean', default: false },
  },
});
const run = values.from === '' ? await soak() : (JSON.parse(readFileSync(values.from, 'utf8')) as SoakRun);
console.log(saySoak(run));
if (values.report) writeLongRun(run);
process.exitCode = shortOfSoak(run).length === 0 ? 0 : 1;

async function soak(): Promise<SoakRun> {
  const done = await soakAppliance(Number(values.minutes), Number(values.people), Number(values.seed));
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, 'soak.json'), JSON.stringify(done));
  return done;
}
