// `npm run load -- --people 30 --minutes 1 --more 2 --labs 2 --seed 1`: a class uses the whole appliance, and what it did
// and met is measured into test/output/load.json. `--front`: through nginx with TLS. Exit code 1 when something that was
// acknowledged is lost.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLoad } from './measure-load.ts';
import { say } from './say-run.ts';

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
  },
});

const run = await measureLoad(
  {
    people: Number(values.people),
    minutes: Number(values.minutes),
    more: Number(values.more),
    labs: Number(values.labs),
    seed: Number(values.seed),
  },
  values.front,
);
mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, values.to), JSON.stringify(run));
console.log(say(run));
process.exitCode = run.lost.length === 0 ? 0 : 1;
