// The part of `npm run law` that no import tells: what is exported is imported, what has a code is raised.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '../../hub/src/domain/problem.ts';
import { lonelyExports } from './lonely-exports.ts';
import { unraisedCodes } from './unraised-codes.ts';

const root = join(import.meta.dirname, '../..');
const sources = new Map(
  globSync('{hub,proxy,test,notebook-images,docs}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: ['**/node_modules/**', 'test/output/**'],
  }).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);
const product = new Map([...sources].filter(([path]) => /^(hub|proxy)\/src\//.test(path)));
const judged = /^((hub|proxy)\/(src|test)|notebook-images|test\/(support|stand-ins|law))\//;

const faults = [
  ...lonelyExports(sources, (path) => judged.test(path)).map(
    (what) => `exported, but nobody imports it: ${what}`,
  ),
  ...unraisedCodes(Object.keys(PROBLEMS), product).map(
    (code) => `in the catalogue, but nobody raises it: ${code}`,
  ),
];
for (const fault of faults) console.error(fault);
console.log(`${sources.size} files, ${Object.keys(PROBLEMS).length} codes, ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;
