// `npm run load -- --people 30 --minutes 1 --more 2 --labs 2 --seed 1`: a class uses the whole appliance, and what it did
// and met is measured into test/output/load.json. `--front`: through nginx with TLS. `--report`: docs/explanation/performance.md
// and its plots are written from it (`npm run bench:load`, with 300 people); `--from FILE --report`: from an earlier run. Exit
// code 1 when something that was acknowledged is lost, an act failed, or somebody never came to a cell.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadRun } from './class-load.ts';
import { fellShort } from './fell-short.ts';
import { measureLoad } from './measure-load.ts';
import { say } from './say-run.ts';
import { writePerformance } from './write-performance.ts';

const OUTPUT = join(import.meta.dirname, '../output');
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '1' },
    more: { type: 'string', default: '2' },
    labs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    front: { type: 'boolean', default: false },
    to: { type: 'string', default: 'load.json' },
    from: { type: 'string', default: '' },
    report: { type: 'boolean', default: false },
  },
});

const run = values.from === '' ? await measure() : (JSON.parse(readFileSync(values.from, 'utf8')) as LoadRun);
console.log(say(run));
if (values.report) writePerformance(run);
process.exitCode = fellShort(run).length === 0 ? 0 : 1;

async function measure(): Promise<LoadRun> {
  const size = {
    people: Number(values.people),
    minutes: Number(values.minutes),
    more: Number(values.more),
    labs: Number(values.labs),
    seed: Number(values.seed),
  };
  const measured = await measureLoad(size, values.front);
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, values.to), JSON.stringify(measured));
  return measured;
}
