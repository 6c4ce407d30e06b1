import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { request } from 'undici';
import { fillStore } from './contract-data.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const PORT = 17_081;

export interface BenchHub {
  readonly url: string;
  /** Bytes resident now: of the hub's process and nothing else. */
  rss(): number;
  close(): Promise<void>;
}

/**
 * The real hub, as it is built for its image, in a process of its own on a store that {@link fillStore} has filled.
 * Engine and proxy are out of its reach, so that it leaves the servers in its store as they are.
 */
export async function startOurs(): Promise<BenchHub> {
  // Inside the project, so that what is built finds its packages.
  const folder = mkdtempSync(join(ROOT, 'node_modules/.bench-'));
  try {
    const main = await build(folder);
    await fillStore(join(folder, 'data/berth.json'));
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...environment(folder) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${PORT}`;
    await answers(`${url}/hub/api`, () => child.exitCode !== null);
    return {
      url,
      rss: () => residentBytes(child.pid ?? 0),
      async close() {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
        rmSync(folder, { recursive: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function build(folder: string): Promise<string> {
  const built = join(folder, 'built');
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', built], { cwd: ROOT });
  cpSync(join(ROOT, 'hub/src/http/assets'), join(built, 'hub/src/http/assets'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(built, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(built, 'node_modules'));
  return join(built, 'hub/src/main.js');
}

function environment(folder: string): Readonly<Record<string, string>> {
  const secret = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, 'ab'.repeat(32), { mode: 0o600 });
    return path;
  };
  return {
    DATA_DIR: join(folder, 'data'),
    BERTH_ADMIN_SOCKET: join(folder, 'admin/hub.sock'),
    COOKIE_SECRET_FILE: secret('cookie-secret'),
    CONFIGPROXY_AUTH_TOKEN_FILE: secret('proxy-token'),
    CONFIGPROXY_API_URL: 'http://127.0.0.1:9',
    DOCKER_SOCKET: join(folder, 'no-engine.sock'),
    HUB_BIND: `http://127.0.0.1:${PORT - 1}`,
    HUB_API_BIND: `http://127.0.0.1:${PORT}`,
    LOG_LEVEL: 'error',
    // Nobody is culled while we measure.
    CULL_ENABLED: 'false',
  };
}

async function answers(url: string, ended: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !ended()) {
    const status = await request(url, { signal: AbortSignal.timeout(2000) }).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode;
      },
      // Not listening yet.
      () => 0,
    );
    if (status === 200) return;
    await sleep(200);
  }
  throw new Error(`${url} did not come up`);
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
