import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');
const PROGRAM = 'dist/proxy/src/ports/main.js';

/**
 * Berth's image as far as forwarders need it: Node, the proxy's sources and its logger on the tests' base image, at the
 * places where the real image has them. Built once for each state of the sources; its name.
 */
export async function forwarderImage(): Promise<string> {
  const sources = globSync(join(ROOT, 'proxy/src/**/*.ts')).filter((path) => !path.endsWith('.test.ts'));
  const hash = createHash('sha256');
  for (const path of sources.sort()) hash.update(relative(ROOT, path)).update(readFileSync(path));
  const name = `berth-test-ports:${hash.digest('hex').slice(0, 16)}`;
  const isThere = await run('docker', ['image', 'inspect', name]).then(
    () => true,
    () => false,
  );
  if (!isThere) await build(name, sources);
  return name;
}

async function build(name: string, sources: readonly string[]): Promise<void> {
  const context = await mkdtemp(join(tmpdir(), 'berth-ports-image-'));
  try {
    for (const path of sources) await copy(context, relative(ROOT, path));
    for (const path of [...packagesOf('pino'), 'package.json', 'node_modules/node/bin/node'])
      await copy(context, path);
    await mkdir(join(context, PROGRAM, '..'), { recursive: true });
    await writeFile(join(context, PROGRAM), "import '../../../../proxy/src/ports/main.ts';\n");
    await writeFile(
      join(context, 'Dockerfile'),
      'FROM debian:trixie-slim\nCOPY node_modules/node/bin/node /usr/local/bin/node\nWORKDIR /opt/berth\nCOPY . .\nRUN rm -rf node_modules/node && chmod -R go=rX .\n',
    );
    await run('docker', ['build', '--label', 'org.berth.test=ports', '--tag', name, context]);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

async function copy(context: string, path: string): Promise<void> {
  await cp(join(ROOT, path), join(context, path), { recursive: true, dereference: true });
}

/** A package's folder and those of all that it needs. */
function packagesOf(name: string, found = new Set<string>()): ReadonlySet<string> {
  const folder = `node_modules/${name}`;
  if (found.has(folder) || !existsSync(join(ROOT, folder))) return found;
  found.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const needed of Object.keys(dependencies)) packagesOf(needed, found);
  return found;
}
