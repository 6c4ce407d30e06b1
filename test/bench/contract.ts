// `npm run bench:contract [-- --rounds 3 --seconds 4]`: our API beside the real JupyterHub 5.2.1 (Debian), the same
// 5,000 users, ours with 500 running servers and 5,000 tokens on top. Needs Docker and wrk. Exit code 1 when a
// number of the issue is not reached.
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { request } from 'undici';
import { startJupyterHub } from '../conformance/real-jupyterhub.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const RATIO = 30;
const P99_MS = 10;
const RSS_MB = 200;

interface Contender {
  readonly url: string;
  readonly user: string;
  readonly admin: string;
}

/** Built first: pages are TSX, which Node does not read. */
async function startOurs(folder: string) {
  const built = join(folder, 'built');
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const config = join(ROOT, 'tsconfig.bench.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { noEmit: false, rootDir: '.', outDir: built, sourceMap: false },
      include: [],
      files: ['test/bench/contract-server.ts'],
    }),
  );
  await run(process.execPath, [compiler, '-p', config], { cwd: ROOT }).finally(() => rmSync(config));
  cpSync(join(ROOT, 'hub/src/http/assets'), join(built, 'hub/src/http/assets'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(built, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(built, 'node_modules'));
  const child = spawn(process.execPath, [join(built, 'test/bench/contract-server.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown>> => JSON.parse(String((await lines.next()).value));
  const { url, user, admin } = (await next()) as unknown as Contender;
  return {
    url,
    user,
    admin,
    rss: async () => {
      child.stdin.write('?\n');
      return Number((await next()).rss);
    },
    close: () => child.stdin.end(),
  };
}

async function seedReal(url: string): Promise<Contender> {
  const root = 'conformance-token-of-root';
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `token ${root}` };
    const reply = await request(`${url}/hub/api${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      headersTimeout: 300_000,
    });
    if (reply.statusCode !== 201) throw new Error(`${path}: ${reply.statusCode} ${await reply.body.text()}`);
    return reply.body.json();
  };
  for (let from = 0; from < 5000; from += 500) {
    await post('/users', { usernames: Array.from({ length: 500 }, (_, n) => `user${from + n}`) });
  }
  const tokenOf = async (name: string) =>
    ((await post(`/users/${name}/tokens`, {})) as { token: string }).token;
  return { url, user: await tokenOf('user7'), admin: await tokenOf('mary') };
}

interface Figure {
  readonly rate: number;
  readonly p99: number;
}

async function load(at: Contender, what: (typeof CALLS)[number], folder: string): Promise<Figure> {
  const script = join(folder, 'call.lua');
  const token = at[what.as];
  writeFileSync(
    script,
    [
      `wrk.method = "${what.method}"`,
      `wrk.headers["Authorization"] = "token ${token}"`,
      ...(what.body === undefined
        ? []
        : [`wrk.body = '${what.body}'`, 'wrk.headers["Content-Type"] = "application/json"']),
      'done = function(s, l, r) io.write(string.format("%.3f %.3f %d\\n", s.requests / (s.duration / 1e6), l:percentile(99) / 1000, s.errors.status)) end',
    ].join('\n'),
  );
  const args = ['-t1', '-c16', `-d${SECONDS}s`, '-s', script, `${at.url}/hub/api${what.path}`];
  const { stdout } = await run('wrk', args, { timeout: 120_000 });
  const [rate = 0, p99 = 0, errors = 0] = (stdout.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (errors > 0) throw new Error(`${what.path}: ${errors} answers were errors`);
  return { rate, p99 };
}

const CALLS = [
  { name: 'GET /user', method: 'GET', path: '/user', as: 'user', body: undefined },
  {
    name: 'POST …/activity',
    method: 'POST',
    path: '/users/user7/activity',
    as: 'user',
    body: '{"last_activity":"2024-01-01T00:00:00Z"}',
  },
  { name: 'GET /users?limit=50', method: 'GET', path: '/users?limit=50', as: 'admin', body: undefined },
] as const;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

// Inside the project, so that what is built finds its packages.
const folder = mkdtempSync(join(ROOT, 'node_modules/.bench-'));
const real = await startJupyterHub();
const ours = await startOurs(folder);
let reached = true;
try {
  const theirs = await seedReal(real.url);
  console.log(
    `load ${loadavg()[0]?.toFixed(2)} at the start; ${ROUNDS} rounds of ${SECONDS} s, 16 connections`,
  );
  for (const what of CALLS) {
    const [mine, other]: [Figure[], Figure[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      mine.push(await load(ours, what, folder));
      other.push(await load(theirs, what, folder));
    }
    const rate = median(mine.map((figure) => figure.rate));
    const slow = median(other.map((figure) => figure.rate));
    const p99 = median(mine.map((figure) => figure.p99));
    const good = rate >= RATIO * slow && p99 < P99_MS;
    reached &&= good;
    console.log(
      `${good ? 'ok  ' : 'MISS'} ${what.name}: ${rate.toFixed(0)}/s, JupyterHub ${slow.toFixed(0)}/s, ${(rate / slow).toFixed(1)} times; p99 ${p99.toFixed(1)} ms`,
    );
  }
  const rss = (await ours.rss()) / 2 ** 20;
  reached &&= rss < RSS_MB;
  console.log(`${rss < RSS_MB ? 'ok  ' : 'MISS'} memory ${rss.toFixed(0)} MiB`);
} finally {
  ours.close();
  await real.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = reached ? 0 : 1;
