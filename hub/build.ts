// `npm run build`: TypeScript to dist/, and beside it the files that pages ask for.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const assets = 'hub/src/http/assets';

// A file whose source is gone must not live on in dist/.
rmSync(join(root, 'dist'), { recursive: true, force: true });

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

if (existsSync(join(root, assets))) {
  cpSync(join(root, assets), join(root, 'dist', assets), { recursive: true });
}
