// node test/sum-results.ts FOLDER BROKEN: adds up what the test runners wrote there, and says it in one line.
// BROKEN: how many parts ended with an error; one that has no failed test to show for it counts as a failure.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.', broken = '0'] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let partsWithFailures = 0;
for (const file of globSync('results-*.json', { cwd: folder })) {
  const report: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const of = (key: string): number => {
    const value =
      typeof report === 'object' && report !== null ? (report as Record<string, unknown>)[key] : undefined;
    if (typeof value !== 'number') throw new Error(`${file} says nothing of ${key}`);
    return value;
  };
  passed += of('numPassedTests');
  failed += of('numFailedTests');
  if (of('numFailedTests') > 0) partsWithFailures += 1;
}
failed += Math.max(0, Number(broken) - partsWithFailures);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
