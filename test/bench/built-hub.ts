import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const ASSETS = 'hub/src/http/assets';

/** The hub as it is shipped: compiled, not stripped of types at each start. Answers its `main.js`. */
export function builtHub(): string {
  const out = mkdtempSync(join(tmpdir(), 'berth-built-'));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const words = [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', out];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
  cpSync(join(ROOT, ASSETS), join(out, ASSETS), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(out, 'node_modules'));
  writeFileSync(join(out, 'package.json'), '{"type":"module","version":"0.0.0"}');
  return join(out, 'hub/src/main.js');
}
