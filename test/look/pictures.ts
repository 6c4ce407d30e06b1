// `npm run pictures`: the pictures of README and manual, docs/pictures/*.png, of the same views as `npm run look`.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const FROM = join(ROOT, 'test/output/look');
const TO = join(ROOT, 'docs/pictures/pages');
const DEADLINE_MS = 10 * 60_000;

/** View, colours and width, as `npm run look` names its files. */
const PICTURES = [
  'login-several-light-1280',
  'home-running-light-1280',
  'home-running-dark-375',
  'home-failed-light-1280',
  'spawn-profiles-light-1280',
  'progress-light-1280',
  'tokens-light-1280',
  'admin-light-1280',
  'servers-light-1280',
  'servers-dark-375',
  'usage-machine-dark-1280',
  'stop-servers-light-1280',
];

mkdirSync(TO, { recursive: true });
// By its first word, views are looked at that begin so.
for (const view of new Set(PICTURES.map((name) => name.replace(/-(?:light|dark)-\d+$/, '')))) {
  await run(process.execPath, [join(import.meta.dirname, 'pages.ts'), view], { timeout: DEADLINE_MS });
}
let bytes = 0;
for (const name of PICTURES) {
  copyFileSync(join(FROM, `${name}.png`), join(TO, `${name}.png`));
  bytes += statSync(join(TO, `${name}.png`)).size;
}
console.log(`${PICTURES.length} pictures, ${(bytes / 1024).toFixed(0)} KiB, in docs/pictures/pages`);
