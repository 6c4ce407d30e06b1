// `npm run faults`: each fault, injected into the whole running appliance while a class works in it. Writes
// docs/explanation/faults.md. `--only 'hub killed,slow disk'`: these, and the others' rows are those of the run before; `--pairs 6 --seed 3`:
// and so many pairs, drawn by the seed (`all`: every one that makes sense). Exit code 1 when something was lost, did not
// heal in its time, or was answered otherwise than it should be. Takes root, an engine, and loop devices.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_FAULTS, pairsOf } from './all-faults.ts';
import { drawFaults } from './draw-faults.ts';
import { type FaultsRun, mergeRuns, playAll } from './play-all.ts';
import { sayRow, writeTable } from './write-table.ts';

const OUTPUT = join(import.meta.dirname, '../output');
const PAGE = join(import.meta.dirname, '../../docs/explanation/faults.md');
const PICTURES = join(import.meta.dirname, '../../docs/pictures/faults');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    pairs: { type: 'string', default: '0' },
    people: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const chosen =
  values.only === '' ? ALL_FAULTS : ALL_FAULTS.filter(({ name }) => values.only.split(',').includes(name));
const most = values.pairs === 'all' ? Number.POSITIVE_INFINITY : Number(values.pairs);
const pairs = pairsOf(ALL_FAULTS, most, Number(values.seed));
const run = await playAll(
  [...chosen.map((fault) => [fault]), ...pairs],
  Number(values.people),
  Number(values.seed),
  (row) => console.log(sayRow(row)),
);
mkdirSync(OUTPUT, { recursive: true });
const kept = join(OUTPUT, 'faults.json');
const earlier =
  values.only === '' || !existsSync(kept) ? null : (JSON.parse(readFileSync(kept, 'utf8')) as FaultsRun);
const merged = mergeRuns(earlier, run);
writeFileSync(kept, JSON.stringify(merged));
const played = new Set(merged.rows.map(({ names }) => names.join('+')));
if (ALL_FAULTS.every(({ name }) => played.has(name))) writePage(merged);
const bad = run.rows.filter(({ complaints }) => complaints.length > 0).length;
console.log(`${run.rows.length - bad} passed, ${bad} failed`);
process.exitCode = bad === 0 ? 0 : 1;

function writePage(all: FaultsRun): void {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, 'away.svg'), drawFaults(all.rows.filter(({ names }) => names.length === 1)));
  writeFileSync(PAGE, writeTable(all));
}
