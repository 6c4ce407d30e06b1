import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Issue "The hub contract": what is shown with genuine software. `make test` runs all of it but 3.0.0, whose
// base image takes a minute to make.
const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const OLD = 'berth-conformance-singleuser-3.0';

async function prepare(): Promise<void> {
  const env = { ...process.env, BASE_IMAGE: 'debian:bookworm-slim' };
  await run('bash', ['compose/setup/engine.sh'], { cwd: ROOT, timeout: 600_000 });
  await run('bash', ['compose/setup/base-image.sh'], { cwd: ROOT, timeout: 600_000, env });
  const folder = join(ROOT, 'test/conformance/singleuser-3.0');
  await run('docker', ['build', '-q', '-t', OLD, folder], { cwd: ROOT, timeout: 900_000 });
}

async function show(
  what: string,
  project: string,
  filters: readonly string[],
  images?: string,
): Promise<boolean> {
  console.log(`\n${what}`);
  const env = images === undefined ? process.env : { ...process.env, CONTRACT_IMAGES: images };
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...filters];
  const [code] = await once(spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }), 'exit');
  return code === 0;
}

await prepare();
const minimal = 'berth-notebook-minimal';
const results = [
  await show(
    'Genuine singleusers: 5.2.1 with JupyterLab, 5.2.1 with the classic notebook, 3.0.0',
    'integration',
    ['test/integration/contract-singleuser'],
    `${minimal}=lab ${minimal}=tree ${OLD}=tree`,
  ),
  await show('One list of requests, to the real JupyterHub 5.2.1 and to ours', 'integration', [
    'test/conformance',
  ]),
  await show("The idle culler's requests, refusals, malformed bodies, tokens", 'unit', ['hub/src/http/api']),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
